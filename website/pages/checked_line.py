"""Adds to doccheck's line at the foot of a page where the reader learns how that is done."""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.context import context_of

LINE = re.compile(r'<p class="checked-line">[^<]*')


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put a link behind the line; none on the page to which it would lead."""
    target = files.get_file_from_path("checked.md")
    if target is None or target is page.file:
        return html
    words = context_of(config).words
    link = f' <a href="{target.url_relative_to(page.file)}">{words["page_checked_how"]}</a>'
    return LINE.sub(lambda found: found[0] + link, html)
