"""Compare what the examples of a page did with what the page says they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from doccheck.digits import same_text
from doccheck.fences import Fence
from doccheck.kinds import Shows
from doccheck.page import Page
from doccheck.problems import REPAIR, Problem
from doccheck.protocol import Outcome
from doccheck.text import Edit, first_difference, lines, shown
from doccheck.values import Value

# Python adds a guess to some errors, but not every version to the same ones; it is not compared
SUGGESTION = re.compile(r"\. Did you mean: '[^']*'\?(?=\n|$)")


def expected_errors(fences: Iterable[Fence]) -> dict[int, Fence]:
    """Return, by the start of an example, the .error fence that stands before the next example."""
    found: dict[int, Fence] = {}
    code = None
    for fence in fences:
        if fence.kind.is_example:
            code = fence
        elif fence.kind.shows is Shows.RAISED and code is not None:
            found.setdefault(code.start, fence)
    return found


def check_order(page: Page) -> Iterator[Problem]:
    """Yield the output and error fences that no example comes before."""
    of_an_example = {Shows.PRINTED, Shows.RAISED}
    had = set(of_an_example)
    for fence in page.fences:
        what = fence.kind.shows
        if fence.kind.is_example:
            had = set()
        elif what in of_an_example:
            if what in had:
                yield page.problem(fence, f"no example stands before this .{fence.kind.name} fence; delete it")
            had.add(what)


def compare(page: Page, outcomes: dict[int, Outcome], *, exact: bool = True) -> Iterator[Problem]:
    """Yield every place of a page that says something other than what ran; outcomes go by place.

    exact: digits must be equal to the last one; otherwise as far as digits.py asks for.
    """
    errors = expected_errors(page.fences)
    printed: list[tuple[Fence, str]] = []
    for place in page.places():
        outcome = outcomes.get(place.start, Outcome())
        if place.problems and (isinstance(place, Value) or not place.kind.is_example):
            printed = []  # said already, and what seems to stand there may be something else
        elif outcome.lost:
            yield page.problem(place, outcome.lost)
        elif isinstance(place, Value):
            yield from _compare_value(page, place, outcome, exact=exact)
        elif place.kind.runs_python:
            if page.each_shows_its_own:
                yield from _unshown(page, printed, errors)
                printed = []
            printed.append((place, outcome.text))
            yield from _compare_error(page, place, errors.get(place.start), outcome, exact=exact)
        elif place.kind.shows is Shows.COMMANDS:
            yield from _compare_text(page, place, outcome.text, "prints", exact=exact)
        elif place.kind.shows is Shows.PRINTED:
            yield from _compare_output(page, place, "".join(text for _, text in printed), exact=exact)
            printed = []
    yield from _unshown(page, printed, errors)


def _compare_value(page: Page, value: Value, outcome: Outcome, *, exact: bool) -> Iterator[Problem]:
    if outcome.error:
        message = f"{value.expr} cannot be computed here: {outcome.error}"
        message += f"; mend the expression or {page.spelling.example} above"
        yield page.problem(value, message, outcome.traceback)
    elif not same_text(value.text, outcome.text, exact=exact, tolerance=value.tolerance):
        in_table = page.text.rfind("\n|", 0, value.start) > page.text.rfind("\n\n", 0, value.start)
        if not _fits_in_a_line(outcome.text) or (in_table and "|" in outcome.text):
            message = f"{value.expr} is {outcome.text!r}, which inline code cannot show; print it in an example"
            yield page.problem(value, message)
            return
        message = f"the page says {value.text}, {value.expr} is {outcome.text}; {REPAIR}"
        edit = Edit(value.text_start, value.text_end, outcome.text)
        yield Problem(page.name, value.line, message, edits=(edit,), place=value.start)


def _fits_in_a_line(text: str) -> bool:
    return text.isprintable() and "`" not in text and text == text.strip() != ""


def _compare_error(
    page: Page, code: Fence, expected: Fence | None, outcome: Outcome, *, exact: bool
) -> Iterator[Problem]:
    if outcome.warned:
        last, example = lines(outcome.warned.strip())[-1], page.spelling.example
        message = f"{example} writes to stderr, which a reader sees too: {last}; mend it or silence it in {example}"
        yield page.problem(code, message, outcome.warned)
    for name, base in outcome.stale:
        message = f"{name} still derives from the old {base}; put the marker for the code so far after the listing"
        yield page.problem(code, f"{message} of {base}, or list {name} again above this example")
    if expected is None:
        if outcome.error:
            message = f"{page.spelling.example} raises {outcome.error}; mend it, or {page.spelling.error}"
            yield page.problem(code, message, outcome.traceback)
    elif outcome.error is None:
        says = _one_line(expected.source)
        yield page.problem(
            expected, f"the page says {says}, the code raises nothing; delete {page.spelling.output} or mend the code"
        )
    else:
        yield from _compare_text(page, expected, outcome.error + "\n", "raises", exact=exact)


def _compare_output(page: Page, output: Fence, got: str, *, exact: bool) -> Iterator[Problem]:
    if got == "":
        message = f"the page says {_one_line(output.source)}, the code prints nothing; "
        yield page.problem(output, f"{message}delete {page.spelling.output} or print it")
    else:
        yield from _compare_text(page, output, got, "prints", exact=exact)


def _compare_text(page: Page, fence: Fence, got: str, verb: str, *, exact: bool) -> Iterator[Problem]:
    got = got if got.endswith("\n") else got + "\n"
    wanted = fence.source
    if fence.kind.shows is Shows.RAISED:
        wanted, got = SUGGESTION.sub("", wanted), SUGGESTION.sub("", got)
    if odd := sorted({c for c in got if not c.isprintable() and c not in "\n\t"}):
        message = f"the code {verb} the character {odd[0]!r}, which a page cannot show; leave it out of the output"
        yield page.problem(fence, message)
        return
    if (wanted or "\n") == got or same_text(wanted, got, exact=exact, tolerance=fence.tolerance):
        return
    pages, codes = wanted.removesuffix("\n").split("\n"), got.removesuffix("\n").split("\n")
    found = first_difference(pages, codes)
    assert found is not None  # equal texts end above
    says, is_so = found.lines
    line = fence.line + 1 + found.index
    message = f"the page says {shown(says)}, the code {verb} {shown(is_so)}"
    if fence.ticks in got:
        yield Problem(
            page.name, line, f"{message}; give the fence more backticks than the output has", place=fence.start
        )
        return
    differing = sum(a != b for a, b in zip_longest(pages, codes))
    detail = f"differing lines: {differing}; all of it:\n{got}" if differing > 1 else ""
    edit = Edit(fence.body_start, fence.body_end, fence.indented(got))
    yield Problem(page.name, line, f"{message}; {REPAIR}", detail, (edit,), fence.start)


def _unshown(page: Page, printed: list[tuple[Fence, str]], errors: dict[int, Fence]) -> Iterator[Problem]:
    printed = [(fence, text) for fence, text in printed if text]
    if not printed:
        return
    code = printed[0][0]
    last = printed[-1][0]
    text = "".join(text for _, text in printed)
    text = text if text.endswith("\n") else text + "\n"
    body = last.indented(text)
    after = errors.get(last.start, last).end
    ticks = "```"
    while ticks in text:
        ticks += "`"
    new = f"\n{last.prefix.rstrip(' ')}\n{last.prefix}{ticks}text {{ .output }}\n{body}{last.prefix}{ticks}"
    message = (
        f"{page.spelling.example} prints {_one_line(text)} but {page.spelling.no_output}; `pytest docs --fix` adds it"
    )
    yield Problem(page.name, code.line, message, edits=(Edit(after, after, new),), place=code.start)


def _one_line(text: str) -> str:
    rows = lines(text)
    first = shown(rows[0] if rows else None)
    return f"{first} (and {len(rows) - 1} more lines)" if len(rows) > 1 else first
