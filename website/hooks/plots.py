"""Tells the browser how large a lab's plots are, so that the text below them does not jump when they arrive."""

import posixpath
import re
import struct

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

PLOT = re.compile(r'<img (?=[^>]*src="([^":]*\.png)")')


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give each PNG picture of the page its width and height."""
    # a page's addresses are relative to its own, and files are found by theirs
    return PLOT.sub(lambda found: f'<img class="plot" loading="lazy" {_size(found[1], page, files)} ', html)


def _size(target: str, page: Page, files: Files) -> str:
    uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.dest_uri), target))
    file = next(file for file in files if file.dest_uri == uri)
    width, height = struct.unpack(">II", file.content_bytes[16:24])
    return f'width="{width}" height="{height}"'
