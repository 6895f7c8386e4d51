"""Draws the figures while the site is built and sets them into the pages, where they take the page's colours.

A page says `![what it shows](../figures/NAME.svg)`; figures/FOLDER/NAME.py has a function `draw()` that
returns a figures.pencil.Drawing, or `frames()` that returns several; a numbered list right below then says what each
of them shows. Its numbers are computed there, never typed.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from figures.registry import frames, names, svg
from website.context import context_of

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)")
# A figure of several frames, and the list right below it that says what each of them shows.
FRAMES = re.compile(r"<p>\s*(<img[^>]*>)\s*</p>\s*<ol>(.*?)</ol>", re.S)
ITEM = re.compile(r"<li>(.*?)</li>", re.S)
INLINE = re.compile(r"<p>\s*(<img[^>]*>)\s*</p>|(<img[^>]*>)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let each figure exist as a file, so that MkDocs can check the links to it."""
    if not context_of(config).is_landing:
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
    labels = context_of(config).words
    try:
        html = FRAMES.sub(
            lambda match: _in_turn(match[1], ITEM.findall(match[2]), labels) or match[0], page.content or ""
        )
        page.content = INLINE.sub(lambda match: _inlined(match[1] or match[2]) or match[0], html)
    except ValueError as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from None
    return context


def _of_ours(image: str) -> tuple[str, str] | None:
    """The name of the figure that an <img> stands for, and its text; None for any other image."""
    source = re.search(r'src="[^"]*figures/(\w+)\.svg"', image)
    alt = re.search(r'alt="([^"]*)"', image)
    return (source[1], alt[1]) if source and alt else None


def _inlined(image: str) -> str | None:
    """The drawing in place of an <img>."""
    if (found := _of_ours(image)) is None:
        return None
    name, alt = found
    if len(frames(name)) > 1:
        _check_count(name, 0)
    drawing = svg(name).replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
    return f'<figure class="figure">{drawing}</figure>'


def _in_turn(image: str, items: list[str], labels: dict[str, str]) -> str | None:
    """The frames in place of an <img>, each with what the list says of it; None for a figure with one picture.

    All stand in a row; docs/assets/js/frames.js shows one at a time, where there are scripts.
    """
    found = _of_ours(image)
    if found is None or len(frames(found[0])) == 1:
        return None
    name, alt = found
    _check_count(name, len(items))
    shown = []
    for i, (drawing, words) in enumerate(zip(frames(name), items, strict=True)):
        first = ' aria-current="step"' if i == 0 else ""
        words = re.sub(r"</?p>", "", words).strip()
        drawing = drawing.replace("<svg ", '<svg aria-hidden="true" ', 1)  # its words stand below it
        shown.append(f"<li{first}>{drawing}<p>{words}</p></li>")
    before, after = (_button(labels[f"frame_{way}"], sign) for way, sign in (("before", "‹"), ("after", "›")))
    turn = f'<div class="frames-turn">{before}<output>1 / {len(shown)}</output>{after}</div>'
    return f'<figure class="figure frames" role="group" aria-label="{alt}"><ol>{"".join(shown)}</ol>{turn}</figure>'


def _button(words: str, sign: str) -> str:
    return f'<button type="button" title="{escape(words)}" aria-label="{escape(words)}">{sign}</button>'


def _check_count(name: str, items: int) -> None:
    """Refuse a figure of several frames without an item for each. Raises ValueError."""
    if (count := len(frames(name))) != items:
        raise ValueError(
            f"the figure {name} has {count} frames, the numbered list right below it {items} items; "
            "write one for each frame, which says what it shows"
        )
