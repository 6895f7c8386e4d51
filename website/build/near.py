"""Writes down which pages a language has, for the page that is shown where an address leads to nothing."""

import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from website.context import context_of
from website.pages.titles import plain_title

FILE = "pages.json"  # docs/assets/js/landing.js asks for it


def on_post_build(config: MkDocsConfig) -> None:
    """Write the address and the title of each page, in the order in which they are read."""
    site = context_of(config)
    if not site.is_landing:
        pages = [[page.url, plain_title(page)] for page in site.search.pages]
        Path(config.site_dir, FILE).write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")
