"""While serving, a page whose Markdown is as it was is not rendered again, so that an edit shows sooner."""

from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.side_by_side import Messages

KEPT = ("content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors")

_serving = False
_known: dict[str, tuple[Any, dict[str, Any]]] = {}  # by file: what the HTML depends on, and what came of it


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `build` or `serve`."""
    global _serving
    _serving = command == "serve"


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Put the remembering renderer in the place of the page's own."""
    if _serving:
        vars(page)["render"] = partial(_render, page)
    return page


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    depends_on = (page.markdown, sorted(files.src_uris))
    before, result = _known.get(page.file.src_path + config.docs_dir, (None, {}))
    if before != depends_on:
        with Messages() as messages:
            Page.render(page, config, files)
        result = {name: vars(page)[name] for name in KEPT}
        if not messages.records:  # what is warned of should be seen again
            _known[page.file.src_path + config.docs_dir] = depends_on, result
    vars(page).update(result)
