"""What a site takes away from its reader or adds unseen: attributes, boxes that never end, formulas in white."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doccheck.base.attributes import find_lists, list_at
from doccheck.base.problem import Problem
from doccheck.base.text import blank
from doccheck.page.model import Page
from doccheck.page.prose import maths

REFERENCE = re.compile(r"^[ ]{0,3}(?P<label>\[[^\]\n]+\]):[ \t]*\S[^\n]*$", re.M)
SCHEME = re.compile(r"\]\(\s*<?(?P<scheme>[a-z][a-z0-9+.-]*):", re.I)
SCHEMES = {"http", "https", "mailto"}
BOX = re.compile(r"<(?P<end>/?)(?P<name>div|details|summary|span|a)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
HIDES = re.compile(
    r"\\(?:[hv]?phantom|(?:text|page)?color|f?colorbox|html[A-Z]\w*|style|class|cssId|href|url|require|def|gdef"
    r"|(?:re|provide)?newcommand|let|[lrc]lap|math[lrc]lap|smash|tiny|includegraphics|hidden|transparent)(?![a-zA-Z])"
)


REFUSED = (  # what it is, what of it a message says, and what to do
    (re.compile(r"<(?:!(?!--)|\?)[^>\n]*"), "no browser shows {}", "delete it"),
    (
        re.compile(r"<\w[^<>]*\bmarkdown\s*=\s*[\"']?(?![\"']?(?:1|block|span)\b)[^<>]*>", re.I),
        "what is in {} is no Markdown",
        'write markdown="1"',
    ),
    (re.compile(r"^[ \t>]*\{:?[^{}\n]*\}[ \t]*$", re.M), "nothing checks what {} does to its paragraph", "delete it"),
    (re.compile(r"^#{1,6}[^#\s][^\n]*", re.M), "{} is a heading to the site alone", "put a space behind the #"),
    (
        re.compile(r"\\\(.*?\\\)|^[ \t>]*\\\[|\\begin\{", re.M),
        "{} begins a formula that nothing checks",
        "write it between $ signs",
    ),
)


def check_unseen(page: Page) -> Iterator[Problem]:
    """Yield what is written on a page and is not what its reader sees."""
    text = blank(page.body, [match.span() for match in maths(page.body)])
    for reference in REFERENCE.finditer(text):
        if text.count(reference["label"]) < 2:
            says = f"no link uses {reference['label']}, so nobody sees this line"
            yield page.problem_at(reference.start(), says, "delete it")
    for link in SCHEME.finditer(text):
        if link["scheme"].lower() not in SCHEMES:
            says = f"nothing checks what a link to {link['scheme']}: does"
            yield page.problem_at(link.start(), says, f"write an address with {', '.join(sorted(SCHEMES))}")
    for pattern, says, remedy in REFUSED:
        for found in pattern.finditer(text):
            yield page.problem_at(found.start(), says.format(repr(found[0].strip()[:40])), remedy)
    for start, _ in find_lists(text):
        attributes = list_at(text, text.index("{", start))
        if attributes is not None and attributes[0].unread:
            says = f"nothing checks what {attributes[0].unread!r} does here"
            yield page.problem_at(start, says, "write classes and an id only")
    for line, formula in page.formulas:
        hides = HIDES.search(formula)
        if hides:
            yield page.problem_in_line(line, f"nothing checks what {hides[0]} does in a formula", "write it without")
    yield from _boxes(page, text)


def _boxes(page: Page, text: str) -> Iterator[Problem]:
    """Yield the boxes that never end, which swallow what follows, and the ends of none."""
    still_open: list[tuple[str, int]] = []
    for tag in BOX.finditer(text):
        name = tag["name"].lower()
        if not tag["end"]:
            still_open.append((name, tag.start()))
        elif still_open and still_open[-1][0] == name:
            still_open.pop()
        else:
            yield page.problem_at(tag.start(), f"</{name}> ends no box that is open here", "fix the tags")
            return
    for name, start in still_open[:1]:
        yield page.problem_at(start, f"this <{name}> never ends, and takes in what follows", f"write </{name}>")
