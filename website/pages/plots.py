"""Shows a lab's plots in the page's own colours, and tells the browser how large they are, so that nothing jumps.

A plot that matplotlib has drawn as SVG stands in the page twice, for the light and for the dark: the same file, which
at the address with #dark has its other colours. The notebook keeps what Jupyter shows.
"""

import posixpath
import re
import struct
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.context import context_of
from website.play.plot_colours import FIGURE, with_names, with_values

COLOURS = "assets/css/colour.css"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
PLOT = re.compile(r'<img (?P<rest>[^>]*?src="(?P<target>(?![^"]*figures/)[^":]*\.(?:png|svg))"[^>]*>)')
SVG_SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)pt" height="([\d.]+)pt"')
POINT = 96 / 72  # pixels


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Draw the plots that notebooks hold in the page's colours."""
    site = context_of(config)
    if not site.is_landing:
        day, night = page_colours(site.docs)
        for file in files:
            if file.src_uri.endswith(".svg") and FIGURE in (svg := file.content_string):
                file.content_string = with_values(with_names(svg), day, night)
    return files


def page_colours(docs: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of the site by their names, by day and at night."""
    light, _, dark = (docs / COLOURS).read_text(encoding="utf-8").partition('[data-md-color-scheme="slate"]')
    day = dict(COLOUR.findall(light))
    return day, day | dict(COLOUR.findall(dark))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give each plot of the page its width and height, and let it stand there for the dark, too."""
    return PLOT.sub(lambda found: _plot(found["rest"], found["target"], page, files), html)


def _plot(rest: str, target: str, page: Page, files: Files) -> str:
    # a page's addresses are relative to its own, and files are found by theirs
    uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.dest_uri), target))
    data = next(file for file in files if file.dest_uri == uri).content_bytes
    written = f'loading="lazy" {_size(data)}{rest}'
    if FIGURE.encode() not in data:
        return f'<img class="plot" {written}'
    dark = written.replace(f'src="{target}"', f'src="{target}#dark"')
    return f'<img class="plot by-day" {written}<img class="plot at-night" {dark}'


def _size(data: bytes) -> str:
    """The attributes for a picture's size, with a space behind; none for an SVG that states it in other units."""
    if data.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", data[16:24])
    elif found := SVG_SIZE.search(data.decode("utf-8")):
        width, height = (round(float(side) * POINT) for side in found.groups())
    else:
        return ""
    return f'width="{width}" height="{height}" '
