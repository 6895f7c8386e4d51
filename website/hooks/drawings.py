"""Draws the figures while the site is built and sets them into the pages, where they take the page's colours.

A page says `![what it shows](../figures/NAME.svg)`; figures/FOLDER/NAME.py has a function `draw()` that
returns a figures.pencil.Drawing. Its numbers are computed there, never typed.
"""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from figures.registry import names, svg

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)")
INLINE = re.compile(r"<p>\s*(<img[^>]*>)\s*</p>|(<img[^>]*>)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let each figure exist as a file, so that MkDocs can check the links to it."""
    if "lang" in config.extra:
        for name in names():
            files.append(File.generated(config, f"figures/{name}.svg", content=svg(name)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Refuse an image without words for those who cannot see it, and a figure that nobody drew."""
    faults = []
    for alt, target in IMAGE.findall(markdown):
        name = Path(target).stem
        if not alt.strip():
            faults.append(f"{page.file.src_uri}: the image {target} has no alt text; say what it shows")
        if "figures/" in target and name not in names():
            faults.append(f"{page.file.src_uri}: no figure {name}; figures/ has {', '.join(names())}")
    if faults:
        raise PluginError("\n".join(faults))
    return markdown


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Replace each figure's <img> by the drawing: after the search index was made, which wants no labels of axes."""
    page.content = INLINE.sub(lambda match: _inlined(match[1] or match[2]) or match[0], page.content or "")
    return context


def _inlined(image: str) -> str | None:
    """The drawing in place of an <img> of ours; None for any other image."""
    source = re.search(r'src="[^"]*figures/(\w+)\.svg"', image)
    alt = re.search(r'alt="([^"]*)"', image)
    if source is None or alt is None:
        return None
    drawing = svg(source[1]).replace("<svg ", f'<svg role="img" aria-label="{alt[1]}" ', 1)
    return f'<figure class="figure">{drawing}</figure>'
