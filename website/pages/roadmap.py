"""Writes the map on the home page: the pages of each stage, and of its steps also those to come.

The home page says `<!-- map: stage1 -->` where the list of the folder stage1/ belongs. What is there is taken from
the pages that are being built, so the map cannot be wrong; what is to come, from course.toml.
"""

import re
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from website.context import context_of
from website.course import Part
from website.pages.titles import plain_title
from website.paper.booklet import PLACE

MARKER = re.compile(r"<!-- map: (stage\d) -->")


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Put the lists in: now that every page has its title, and after the search index, which finds the pages."""
    html = page.content or ""
    if page.is_homepage and MARKER.search(html):
        course = context_of(config).course
        page.content = MARKER.sub(lambda found: _list(course.map_part(found[1]), page, config, nav), html)
        _refuse_gaps(page, nav)
    return context


def _refuse_gaps(home: Page, nav: Navigation) -> None:
    written = [page for page in nav.pages if page is not home and not page.file.generated_by]
    for page in written:
        if f'href="{page.file.url_relative_to(home.file)}"' not in (home.content or ""):
            raise PluginError(f"{home.file.src_uri} does not lead to {page.file.src_uri}; link it there")


def _list(stage: Part, home: Page, config: MkDocsConfig, nav: Navigation) -> str:
    """How many of a stage's steps are there, and a list of these, the steps to come and its other pages."""
    steps = stage.steps
    site = context_of(config)
    pages = {page.file.src_uri: page for page in nav.pages if page.file.src_uri.startswith(f"{stage.folder}/")}
    there, items = 0, []
    for step in steps:
        title = step.titles[site.lang]
        if page := pages.pop(step.file, None):
            there += 1
            _refuse_title(page, site.words["map_step"].format(number=step.step, title=title))
        items.append(_item(title, page, home, f'value="{step.step}"'))
    items += [_item(plain_title(page), page, home, 'class="other"') for page in pages.values()]
    key = "map_all" if there == len(steps) else "map_some" if there else "map_none"
    state = site.words[key].format(all=len(steps), there=there)
    shown = f'<p class="map-state">{escape(state)}</p><ol class="map">{"".join(items)}</ol>'
    return f"{shown}{_booklet(stage, site.words)}" if there else shown


def _booklet(stage: Part, words: dict[str, str]) -> str:
    return f'<p class="map-paper"><a href="{stage.folder}/{PLACE}/">{escape(words["paper_map"])}</a></p>'


def _refuse_title(page: Page, wanted: str) -> None:
    if plain_title(page) != wanted:
        raise PluginError(f"{page.file.src_uri} has the title {plain_title(page)!r}, course.toml {wanted!r}")


def _item(title: str, page: Page | None, home: Page, attribute: str) -> str:
    shown = escape(title)
    if page:
        shown = f'<a href="{page.file.url_relative_to(home.file)}">{shown}</a>'
    return f"<li {attribute}>{shown}</li>"
