"""What a page must not do, told from its text alone: code that nobody runs, numbers that nobody checks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doccheck.blocks import check_order
from doccheck.fences import Fence
from doccheck.listings import check_listings
from doccheck.page import Page
from doccheck.problems import Problem
from doccheck.prose import NUMBER, code_numbers, decimals, numbers, remarked_decimals
from doccheck.text import blank, lines
from doccheck.values import Value

CONTAINER = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===[+!]?|///|[-*+]|\d+[.)]|\[\^[^\]]+\]:)(?:[ \t]|$)")
INDENTED = re.compile(r"^(?P<indent> {4,}| {0,3}\t[ \t]*)\S", re.M)
CODE_TAG = re.compile(
    r"<(?P<tag>pre|code|samp|kbd|tt|xmp|listing|plaintext|script|style|textarea|iframe|object|embed)\b", re.I
)
NEAR_FENCE = re.compile(
    r"^[ \t>]*(?:(?:`{1,2}|´{3}|｀{3}|ˋ{3}|'{3}|”{3}|~~|\\`{1,3})(?:python|py|text|console|diff)\b[^`\n]*"
    r"|>>>[ ][^\n]+|In \[\d*\]:[^\n]*)$",
    re.M,
)
SETEXT = re.compile(r"^[^\s#>|`~-][^\n]*\n(?:=+|-{2,})[ \t]*$", re.M)
FORMULA_DECIMAL = re.compile(r"(?<![\d.])\d*\.\d+", re.A)
ATTRIBUTE_WORD = re.compile(r"data-expr|\{[ ]*\.quoted")
HIDDEN = re.compile(r"`{3}|~{3}|data-expr")


def check_rules(page: Page, *, needs_ids: bool) -> Iterator[Problem]:
    """Yield what the text of a page alone shows to be wrong; needs_ids: every heading must have an id."""
    places: list[Fence | Value] = [*page.fences, *page.values]
    for place in places:
        for message in place.problems:
            yield page.problem(place, message)
    yield from check_order(page)
    yield from check_listings(page)
    yield from _check_hidden(page)
    yield from _check_indents(page)
    yield from _check_markup(page)
    yield from _check_numbers(page)
    yield from _check_headings(page, needs_ids=needs_ids)


def _check_hidden(page: Page) -> Iterator[Problem]:
    for comment in page.comments:
        if not comment.text.endswith("-->"):
            yield Problem(page.name, comment.line, "this comment is never closed; end it with -->")
        elif HIDDEN.search(comment.text):
            yield Problem(page.name, comment.line, "nothing checks code inside an HTML comment; delete the comment")
        elif "code so far" in comment.text.lower():
            message = "this is no marker; write exactly <!-- code so far --> on a line of its own"
            yield Problem(page.name, comment.line, message)
        elif not comment.alone and "\n\n" in comment.text:
            yield Problem(page.name, comment.line, "Markdown shows this comment as text; put it on lines of its own")


def _check_indents(page: Page) -> Iterator[Problem]:
    """Indented text is code to Markdown unless a list, a box or a tab above holds it."""
    rows = lines(blank(page.text, page.hidden()))
    for number, line in enumerate(rows):
        if INDENTED.match(line) and (number == 0 or not rows[number - 1].strip()) and not _held(rows, number):
            yield Problem(
                page.name, number + 1, "indented text is code that nobody runs; write a fence, or unindent it"
            )
    rows = lines(page.text)
    for fence in page.fences:
        indent = fence.prefix.expandtabs(4)
        if indent.strip(" ") or not indent:
            continue
        if len(indent) % 4 or not _held(rows, fence.line - 1):
            yield page.problem(fence, "this fence is indented but stands in no list, box or tab; unindent it")


def _held(rows: list[str], number: int) -> bool:
    """Say whether a less indented list item, box or tab above holds the line at this index."""
    width = _width(rows[number])
    for line in reversed(rows[:number]):
        if line.strip() and _width(line) < width:
            if CONTAINER.match(line) and width - _width(line) < 8:
                return True
            width = _width(line)
            if width == 0:
                return False
    return False


def _width(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def _check_markup(page: Page) -> Iterator[Problem]:
    for match in CODE_TAG.finditer(page.plain):
        yield Problem(page.name, page.line(match.start()), f"nothing checks code in <{match['tag']}>; write a fence")
    for match in NEAR_FENCE.finditer(page.plain):
        shown = match[0].strip()
        yield Problem(
            page.name, page.line(match.start()), f"{shown!r} opens no fence; a fence begins with three backticks"
        )
    for match in ATTRIBUTE_WORD.finditer(page.plain):
        message = f"{match[0]!r} belongs to nothing here; write it {page.spelling.value_place} inline code: "
        yield Problem(page.name, page.line(match.start()), message + page.spelling.value.format("…"))
    for line, src, alt in page.images:
        if not alt:
            remedy = page.spelling.alt.format(src)
            yield Problem(page.name, line, f"the picture {src} has no alternative text; {remedy}")


def _check_numbers(page: Page) -> Iterator[Problem]:
    spelling = page.spelling
    for line, number in decimals(page.prose):
        remedy = f"write {spelling.value.format(number)}, or {spelling.quoted}"
        message = f"{number} stands in a sentence unchecked; {remedy}"
        yield Problem(page.name, line, message)
    shown = _shown_numbers(page)
    for line, formula in page.formulas:
        for number in FORMULA_DECIMAL.findall(re.sub(r"\{([.,])\}", r"\1", formula)):
            if number not in shown:
                message = f"{number} stands in a formula, but in no code or output of this page; compute it there"
                yield Problem(page.name, line, message)
    for value in page.values:
        if not value.marked and not value.problems:
            for number in NUMBER.findall(value.text):
                if number not in shown:
                    message = f"{number} in `{value.text}` stands in no code or output of this page; compute it there"
                    remedy = f"write {spelling.quoted} {spelling.quoted_place} it if it comes from elsewhere"
                    yield page.problem(value, f"{message}, or {remedy}")
    for fence in page.fences:
        for line, number in remarked_decimals(fence.source) if fence.kind.is_example else []:
            if number not in shown:
                message = f"{number} in a comment stands in no code or output of this page; print it instead"
                yield Problem(page.name, fence.line + line, message, place=fence.start)


def _shown_numbers(page: Page) -> set[str]:
    """Return the numbers of a page that running it confirms: of code, outputs and values."""
    found = set().union(*(numbers(v.text) for v in page.values if v.marked))
    for fence in page.fences:
        found |= code_numbers(fence.source) if fence.kind.is_example else numbers(fence.source)
    return found


def _check_headings(page: Page, *, needs_ids: bool) -> Iterator[Problem]:
    for match in SETEXT.finditer(page.body):
        yield Problem(page.name, page.line(match.start()), "write this heading with # at its beginning")
    seen: set[str] = set()
    for heading in page.headings:
        if heading.id is None and needs_ids:
            message = (
                f"the heading {heading.text!r} has no id; write {page.spelling.heading_id}, the same in every language"
            )
            yield Problem(page.name, heading.line, message)
        elif heading.id in seen:
            yield Problem(page.name, heading.line, f"the id {heading.id!r} is taken by a heading above; choose another")
        if heading.id:
            seen.add(heading.id)
