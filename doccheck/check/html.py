"""What the reader sees against what was checked: the same code blocks, the same values, no number besides.

Our reading of Markdown and the renderer's differ at the edges. So the page's HTML has the last word, in the
site's build and under pytest alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import PurePosixPath

import markdown
from pymdownx.superfences import fence_code_format, highlight_validator

from doccheck.base.problem import Problem
from doccheck.base.text import Edit, apply, lines, times
from doccheck.check.raw_markup import NOT_READ, check_raw_markup
from doccheck.page.fences import Fence
from doccheck.page.kinds import Runs
from doccheck.page.listings import fold, fold_source
from doccheck.page.model import Page, parse_page
from doccheck.page.prose import ADDRESS, FRONT_MATTER, READ_ATTRIBUTES, decimals
from doccheck.page.values import Value

# Those of a site that follows doccheck's page contract; a site's own list may be longer.
EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.arithmatex",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
]
CONFIGS = {
    "pymdownx.arithmatex": {"generic": True},
    # what is read back are the words of the code, not its colours, which take more time than all the rest
    "pymdownx.superfences": {
        "custom_fences": [{"name": "*", "class": "", "format": fence_code_format, "validator": highlight_validator}]
    },
}
BRACKET = re.compile(r"[\[\]]")
UNREAD = {"script", "style", "code", "pre", "math"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong"}
INLINE |= {"code", "sub", "sup", "u", "wbr", "font", "time", "data", "output", "var", "dfn"}


def code_so_far(page: Page, earlier: Sequence[Page], title: str) -> list[str]:
    """Return the closed boxes that stand for a page's markers, in order."""
    return [
        f'<details class="so-far" markdown="1">\n<summary>{title}</summary>\n\n'
        f"```python\n{fold_source(fold(earlier, page, marker))}```\n\n</details>"
        for marker in page.fences
        if marker.kind.is_code_so_far
    ]


def for_renderer(text: str, page: Page, boxes: Sequence[str], check_title: str) -> str:
    """Return Markdown with boxes in the place of markers, and each value as HTML that the keyboard finds.

    A check goes into a closed box with this title, and the comments of wrong answers go.
    """
    left = iter(boxes)
    edits = []
    kept = page.text.endswith(text)  # all but the front matter; then the page as it was parsed tells the places
    source, cut = (
        (page, len(page.text) - len(text)) if kept else (parse_page(text, page.path, page.name, page.libraries), 0)
    )
    for place in (place for place in source.items() if place.start >= cut):
        if isinstance(place, Value):
            shown = f'<code tabindex="0" data-expr="{_entities(place.expr)}">{_entities(place.text)}</code>'
        elif place.hidden:
            continue  # all of its comment goes
        elif place.kind.is_code_so_far:
            shown = next(left)
        elif place.kind.runs is Runs.CHECK:
            fence = source.text[place.start : place.end]
            shown = f'<details class="check" markdown="1">\n<summary>{check_title}</summary>\n\n{fence}\n\n</details>'
        else:
            continue
        edits.append(Edit(place.start - cut, place.end - cut, shown))
    answers = [comment for comment in source.comments if comment.holds_answers and comment.start >= cut]
    edits += [Edit(comment.start - cut, comment.end - cut, "") for comment in answers]
    return apply(text, edits)


def _entities(text: str) -> str:
    """Escape all punctuation: Markdown would take __name__ or [0](x) for markup, even in an attribute."""
    return "".join(c if c.isalnum() or c in " ." else f"&#{ord(c)};" for c in text)


def render(page: Page, earlier: Sequence[Page]) -> str:
    """Return a page's HTML as a site would have it."""
    body = FRONT_MATTER.sub("", page.text)
    return _markdown()(for_renderer(body, page, code_so_far(page, earlier, ""), ""))


@cache
def _markdown() -> Callable[[str], str]:
    converter = markdown.Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS)
    return lambda text: str(converter.reset().convert(text))


def check_rendered(html: str, page: Page, earlier: Sequence[Page]) -> Iterator[Problem]:
    """Yield where the HTML of a page shows other code, other values or more numbers than were checked."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    shown, wanted = reader.blocks, list(_blocks(page, earlier))
    for index in range(max(len(shown), len(wanted))):
        block = shown[index] if index < len(shown) else None
        fence, text = wanted[index] if index < len(wanted) else (None, None)
        if block is None or text is None or block.rstrip("\n") != text.rstrip("\n"):
            yield _other_code(page, fence, block)
            break
    yield from _check_values(reader.values, page)
    text = "".join(reader.text)
    yield from check_raw_markup(text, page)
    written = [PurePosixPath(src).name for _, src, _ in page.images]
    if reader.pictures != written:
        says = f"the reader sees the pictures {reader.pictures}, the page has {written}"
        yield page.problem_in_line(page.images[0][0] if page.images else 1, says, "fix the markup")
    for number in {number for _, number in decimals(ADDRESS.sub(" ", text))}:
        says = f"the reader sees {number}, which nothing checks"
        yield page.problem_at(_offset_of(page, number), says, "fix the markup")


def _check_values(seen: Counter[tuple[str, str]], page: Page) -> Iterator[Problem]:
    """Yield the values that the reader sees more or less often than they stand on the page."""
    written = Counter((value.expr, value.text) for value in page.values if value.compared)
    for key in sorted(seen.keys() | written.keys()):
        if seen[key] == written[key]:
            continue
        expr, text = key
        first = next((value.start for value in page.values if (value.expr, value.text) == key), 0)
        says = f"`{text}` ({expr}) stands on the page {times(written[key])}, the reader sees it {times(seen[key])}"
        yield page.problem_at(first, says, "look at the markup around it")


def _blocks(page: Page, earlier: Sequence[Page]) -> Iterator[tuple[Fence, str]]:
    for fence in (fence for fence in page.fences if not fence.hidden):
        if fence.kind.is_code_so_far:
            yield fence, fold_source(fold(earlier, page, fence)).expandtabs(4)  # a tab is told where it stands
        else:
            yield fence, fence.source


def _other_code(page: Page, fence: Fence | None, block: str | None) -> Problem:
    first = next(iter(lines((block or "").strip())), "")
    if fence is None:
        says = f"the reader sees a code block that was not checked: {first!r}"
        return page.problem_at(_offset_of(page, first.strip()), says, "write it as a fence, or unindent it")
    sees = "no code block" if block is None else f"one that begins {first!r}"
    remedy = "look at its indent and at the empty lines around it"
    return page.problem(fence, f"in this fence's place the reader sees {sees}", remedy)


def _offset_of(page: Page, text: str) -> int:
    return max(0, page.text.find(text))


class _Reader(HTMLParser):
    """Collects from HTML what a reader sees: code blocks, checked values, and running text."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.values: Counter[tuple[str, str]] = Counter()
        self.text: list[str] = []
        self.pictures: list[str] = []
        self._value = ""
        self._open: list[tuple[str, str | None, bool]] = []  # tag, expression of a value, whether it is not read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # brackets in an attribute are no link that does not end
        for name in READ_ATTRIBUTES:
            if said := given.get(name):
                self.text.append(f"\n{BRACKET.sub(' ', said)}\n")
        if tag not in INLINE:
            self.text.append("\n")
        if tag == "pre":
            self.blocks.append("")
        if tag == "img":
            self.pictures.append(PurePosixPath(given.get("src") or "").name)  # a site may have moved it
        unread = tag in UNREAD or "arithmatex" in (given.get("class") or "")
        self._value = ""
        if tag not in VOID:
            self._open.append((tag, given.get("data-expr"), unread))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, expr, _ = self._open.pop()
            if name == "code" and expr is not None:
                self.values[expr, self._value] += 1
            if name == tag:
                break
        if tag not in INLINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        tags = [name for name, _, _ in self._open]
        if "pre" in tags:
            self.blocks[-1] += data
        elif self._open and self._open[-1][1] is not None:
            self._value += data
            self.text.append(NOT_READ)
        elif not any(unread for _, _, unread in self._open):
            self.text.append(data)
        else:
            self.text.append(NOT_READ)
