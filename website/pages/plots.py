"""Tells the browser how large a lab's plots are, so that the text below them does not jump when they arrive."""

import posixpath
import re
import struct

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

PLOT = re.compile(r'<img (?=[^>]*src="((?![^"]*figures/)[^":]*\.(?:png|svg))")')
SVG_SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)pt" height="([\d.]+)pt"')
POINT = 96 / 72  # pixels


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give each plot of the page its width and height."""
    # a page's addresses are relative to its own, and files are found by theirs
    return PLOT.sub(lambda found: f'<img class="plot" loading="lazy" {_size(found[1], page, files)}', html)


def _size(target: str, page: Page, files: Files) -> str:
    """The attributes for a picture's size, with a space behind; none for an SVG that states it in other units."""
    uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.dest_uri), target))
    data = next(file for file in files if file.dest_uri == uri).content_bytes
    if target.endswith(".png"):
        width, height = struct.unpack(">II", data[16:24])
    elif found := SVG_SIZE.search(data.decode("utf-8")):
        width, height = (round(float(side) * POINT) for side in found.groups())
    else:
        return ""
    return f'width="{width}" height="{height}" '
