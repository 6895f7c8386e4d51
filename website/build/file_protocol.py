"""Writes the search index once more as a script: a site that is opened from a folder can load it, but fetch nothing.

The theme looks for this script, and for this name in it. docs/assets/js/from-folder.js does the rest.
"""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from website.context import context_of


def on_post_build(config: MkDocsConfig) -> None:
    """Copy what the search plugin has written, and other hooks have finished."""
    if not context_of(config).is_landing:
        index = Path(config.site_dir, "search", "search_index.json")
        script = f"var __index = {index.read_text(encoding='utf-8')};\n"
        index.with_suffix(".js").write_text(script, encoding="utf-8")
