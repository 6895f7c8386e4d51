"""Joins the style sheets that mkdocs.yml lists into one file, the scripts into another, and the search's worker.

Apart they are easier to read, but a first visit would wait for ten style sheets before it shows anything; and from a
folder, without a server, a worker could not load its parts.
"""

from collections.abc import Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from website.context import context_of

JOINED = {"extra_css": "assets/css/site.css", "extra_javascript": "assets/js/site.js"}
WORKER = "assets/js/search-worker.js"
WORKER_PARTS = tuple(f"assets/js/search-{part}.js" for part in ("text", "guess", "query", "asked", "rank", "worker"))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let a language's pages load the joined files; what a plugin adds of its own stays apart."""
    site = context_of(config)
    if not site.is_landing:
        for option, joined in JOINED.items():
            names = [str(name) for name in config[option]]
            site.bundled[joined] = [name for name in names if (site.docs / name).is_file()]
            config[option] = [*(name for name in names if name not in site.bundled[joined]), joined]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the joined files into the site in place of their parts, which languages.py has put there."""
    site = context_of(config)
    if not site.is_landing:
        for joined, parts in site.bundled.items():
            _join(files, config, parts, joined)
        _join(files, config, WORKER_PARTS, WORKER)
    return files


def _join(files: Files, config: MkDocsConfig, parts: Sequence[str], joined: str) -> None:
    found = [files.src_uris[part] for part in parts]
    text = "\n".join(part.content_string for part in found)
    for part in found:
        files.remove(part)
    files.append(File.generated(config, joined, content=text))
