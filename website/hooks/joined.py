"""Joins the style sheets that mkdocs.yml lists into one file, and the scripts into another.

Apart they are easier to read, but a first visit would wait for a dozen small files before it shows anything.
"""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

JOINED = {"extra_css": "assets/css/site.css", "extra_javascript": "assets/js/site.js"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let a language's pages load the joined files; what a plugin adds of its own stays apart."""
    if "lang" in config.extra:
        for option, joined in JOINED.items():
            names = [str(name) for name in config[option]]
            config.extra[joined] = [name for name in names if _source(config, name).is_file()]
            config[option] = [*(name for name in names if name not in config.extra[joined]), joined]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the joined files into the site in place of their parts, which languages.py has put there."""
    for joined in JOINED.values():
        if names := config.extra.get(joined):
            text = "\n".join(_source(config, name).read_text(encoding="utf-8") for name in names)
            files.append(File.generated(config, joined, content=text))
            for name in names:
                files.remove(files.src_uris[name])
    return files


def _source(config: MkDocsConfig, name: str) -> Path:
    return Path(config.docs_dir).parent / name
