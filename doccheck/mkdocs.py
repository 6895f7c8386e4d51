"""The build's face: a wrong page fails `mkdocs build`; `mkdocs serve` shows the failure in the page.

A MkDocs hook. It also shows the code so far where a page has the marker, and says at the foot of each page
how much of it was checked. Words for readers come from the table extra.labels of the configuration.
"""

from __future__ import annotations

import logging
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as SitePage

from doccheck.cache import Cache
from doccheck.check import Book, Verdict
from doccheck.listings import fold, fold_source
from doccheck.page import parse_page
from doccheck.settings import Settings, find_settings
from doccheck.values import Value

log = logging.getLogger("mkdocs.hooks.doccheck")

WORDS = {
    "code_so_far": "The code so far",
    "page_wrong": "This page is wrong",
    "page_checked": "{count} outputs and values of this page were compared with what the code prints (NumPy {numpy}).",
}


class Site:
    """What the hooks share: MkDocs calls them one by one, and once more for each language."""

    def __init__(self) -> None:
        self.serving = False
        self.book: Book | None = None
        self.verdicts: dict[Path, Verdict] = {}

    def check(self, settings: Settings) -> None:
        """Check every page of the site; while serving, run only the programs that changed."""
        self.book = Book(settings)
        pages = sorted(settings.docs.rglob("*.md"))
        cache = Cache(settings.root / ".cache" / "doccheck", settings.code, settings.timeout) if self.serving else None
        self.verdicts = self.book.check(pages, cache=cache)


SITE = Site()


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `build` or `serve`."""
    SITE.serving = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Check all pages before the first is built; a build ends here if one is wrong."""
    settings = find_settings(Path(config.config_file_path).parent)
    if Path(config.docs_dir) != settings.docs:
        return  # a language's own build: its pages were checked with all others
    SITE.check(settings)
    problems = [problem for verdict in SITE.verdicts.values() for problem in verdict.problems]
    checked = sum(verdict.checked for verdict in SITE.verdicts.values())
    if not problems:
        log.info("Verified %d outputs and values on %d pages", checked, len(SITE.verdicts))
        return
    text = "\n".join(map(str, problems))
    if not SITE.serving:
        raise PluginError(f"{len(problems)} places are wrong:\n{text}")
    log.error("%d places are wrong:\n%s", len(problems), text)


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put the code so far in the place of its marker, and each value's expression safely into the HTML."""
    path = Path(page.file.abs_src_path or "")
    if SITE.book is None or path not in SITE.verdicts:
        return markdown
    boxes = iter(_code_so_far(SITE.book, path, _word(config, "code_so_far")))
    pieces, position = [], 0
    for place in parse_page(markdown, path, page.file.src_uri).places():
        if isinstance(place, Value):
            shown = f'<code data-expr="{_entities(place.expr)}">{_entities(place.text)}</code>'
        elif place.kind == "marker":
            shown = next(boxes)
        else:
            continue
        pieces += [markdown[position : place.start], shown]
        position = place.end
    return "".join([*pieces, markdown[position:]])


def _code_so_far(book: Book, path: Path, title: str) -> list[str]:
    """Return the closed boxes that stand for a page's markers, in order."""
    page, folder = book.page(path), book.folder(path)
    earlier = folder[: folder.index(page)]
    return [
        f'<details class="so-far" markdown="1">\n<summary>{escape(title)}</summary>\n\n'
        f"```python\n{fold_source(fold(earlier, page, marker))}```\n\n</details>"
        for marker in page.fences
        if marker.kind == "marker"
    ]


def _entities(text: str) -> str:
    """Escape all punctuation: Markdown would take __name__ or [0](x) for markup, even in an attribute."""
    return "".join(c if c.isalnum() or c in " ." else f"&#{ord(c)};" for c in text)


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Make sure that the reader sees what was checked; say how much that was, or what is wrong."""
    verdict = SITE.verdicts.get(Path(page.file.abs_src_path or ""))
    if verdict is None:
        return html
    problems = [str(problem) for problem in verdict.problems] + _rendered_otherwise(html, verdict)
    if problems and not SITE.serving:
        raise PluginError("\n".join(problems))
    if problems:
        title, text = escape(_word(config, "page_wrong")), escape("\n".join(problems))
        return f'<div class="admonition failure"><p class="admonition-title">{title}</p><pre>{text}</pre></div>\n{html}'
    if not verdict.checked:
        return html
    line = _word(config, "page_checked").format(count=verdict.checked, numpy=np.__version__)
    return f'{html}\n<p class="checked-line">{escape(line)}</p>'


def _word(config: MkDocsConfig, key: str) -> str:
    words: dict[str, str] = config.extra.get("labels") or {}
    return words.get(key, WORDS[key])


def _rendered_otherwise(html: str, verdict: Verdict) -> list[str]:
    """Say where the rendered page has other code blocks or values than the ones that were checked."""
    counter = _Counter()
    counter.feed(html)
    page = verdict.page
    values = sum(value.kind == "value" for value in page.values)
    found = []
    for what, rendered, checked in [
        ("code blocks", counter.blocks, len(page.fences)),
        ("values", counter.values, values),
    ]:
        if rendered != checked:
            found.append(
                f"{page.name}:1: the site shows {rendered} {what}, {checked} were checked; "
                "look for one that is indented wrongly or has no empty line around it"
            )
    return found


class _Counter(HTMLParser):
    """Counts code blocks (all <pre>) and checked values of a rendered page."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = 0
        self.values = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        self.blocks += tag == "pre"
        self.values += tag == "code" and "data-expr" in names
