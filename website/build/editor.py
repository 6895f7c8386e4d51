"""Brings what the buttons of runnable code load at the first press: their words, and the editor, if it was made.

`make editor` bundles editor/editor.js with CodeMirror from npm. Without it code is edited in a plain field.
"""

import json
import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from website.context import context_of

EDITOR = Path(".cache", "editor", "editor.js")
PLACE = "assets/js/play"
KEYS = "run_"  # how the words of the buttons begin in labels.yml
OTHERS = ("exercise_passed", "output")

log = logging.getLogger("mkdocs.website.editor")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the words and the editor beside the scripts that load them."""
    site = context_of(config)
    if site.is_landing:
        return files
    made = Path(config.config_file_path).parent / EDITOR
    words = {key.removeprefix(KEYS): text for key, text in site.words.items() if key.startswith(KEYS)}
    words |= {key: site.words[key] for key in OTHERS}
    known = json.dumps(words | {"rich": made.is_file()}, ensure_ascii=False)
    files.append(File.generated(config, f"{PLACE}/words.json", content=known))
    if made.is_file():
        files.append(File.generated(config, f"{PLACE}/editor.js", abs_src_path=str(made)))
    else:
        log.info("There is no editor: code is edited in a plain field. make editor brings one")
    return files
