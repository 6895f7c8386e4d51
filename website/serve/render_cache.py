"""While serving, a page that is as it was is neither rendered again nor read again for the search.

These two take longer than all the rest of a build. Everything else is done for every page, so that each hook and
plugin sees all pages of the site.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs_autorefs import AutorefsPlugin

from website.context import context_of

Anchor = tuple[tuple[Any, ...], dict[str, Any]]
RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Put a renderer that remembers in the place of the page's own."""
    if context_of(config).memory:
        vars(page)["render"] = partial(_render, page)
    return page


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    autorefs: Any = config.plugins.get("autorefs")  # not every project has it

    def rendered() -> tuple[dict[str, Any], dict[str, dict[str, str]], list[Anchor]]:
        with _noted_anchors(autorefs) as noted:
            Page.render(page, config, files)
        # a File knows its page, and so the whole site
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        return {name: vars(page)[name] for name in RENDERED}, links, noted

    result, links, noted = context_of(config).recall(
        ("HTML", page.file.src_uri, page.markdown, sorted(files.src_uris)), rendered
    )
    vars(page).update(result)
    page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in links.items()}
    for arguments, options in noted:
        autorefs.register_anchor(page, *arguments, **options)  # what is known already stays as it is


@contextmanager
def _noted_anchors(autorefs: AutorefsPlugin | None) -> Iterator[list[Anchor]]:
    """Note what a page tells autorefs while it is rendered: by which other names mkdocstrings links its entries."""
    noted: list[Anchor] = []
    if autorefs is None:
        yield noted
        return

    def note(page: Page, *arguments: Any, **options: Any) -> None:
        noted.append((arguments, options))
        AutorefsPlugin.register_anchor(autorefs, page, *arguments, **options)

    vars(autorefs)["register_anchor"] = note
    try:
        yield noted
    finally:
        del vars(autorefs)["register_anchor"]


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Put an indexer that remembers in the place of the search plugin's."""
    if context_of(config).memory and (search := config.plugins.get("material/search")):
        index: Any = search.search_index
        index.add_entry_from_context = partial(_add_entries, index, config)
    return env


def _add_entries(index: Any, config: MkDocsConfig, page: Page) -> None:
    def entries() -> list[dict[str, Any]]:
        alone = type(index)(**index.config)
        alone.add_entry_from_context(page)
        return list(alone.entries)

    index.entries += context_of(config).recall(("search", page.url, page.title, page.meta, page.content), entries)
