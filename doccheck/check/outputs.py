"""Compare what the examples of a page did with what the page says they do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from doccheck.base.problem import REPAIR, Problem
from doccheck.base.text import (
    SUGGESTION,
    Edit,
    counted,
    first_difference,
    gist,
    lines,
    named,
    shown,
    unseen,
    with_address,
)
from doccheck.check.tolerance import same_text
from doccheck.page.commands import faults
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Shows
from doccheck.page.model import Page
from doccheck.page.optional import needs
from doccheck.page.values import Value
from doccheck.run.protocol import Outcome

FLEETING = "whose address is another in every run"
SAY = "let the code say what a reader is to see of it"


def check_order(page: Page) -> Iterator[Problem]:
    """Yield the output and error fences that no example comes before."""
    of_an_example = {Shows.PRINTED, Shows.RAISED}
    had = set(of_an_example)
    for fence in page.fences:
        what = fence.kind.shows
        if fence.kind.is_example:
            had = set()
        elif fence.kind.is_of_exercise:
            had = set(of_an_example)
        elif what in of_an_example and not fence.hidden:
            if what in had:
                yield page.problem(fence, f"no example stands before this .{fence.kind.name} fence", "delete it")
            had.add(what)


def compare(page: Page, outcomes: dict[int, Outcome], *, exact: bool = True) -> Iterator[Problem]:
    """Yield every place of a page that says something other than what ran; outcomes go by place.

    exact: digits must be equal to the last one; otherwise as far as tolerance.py asks for.
    """
    errors = expected_errors(page.fences)
    printed: list[tuple[Fence, str]] = []
    for place in page.items():
        outcome = outcomes.get(place.start, Outcome())
        for says, remedy in outcome.left:
            yield page.problem(place, says, remedy)
        if place.problems and (isinstance(place, Value) or not place.kind.is_example):
            printed = []  # said already, and what seems to stand there may be something else
        elif outcome.lost:
            yield page.problem(place, outcome.lost)
        elif isinstance(place, Value):
            yield from _compare_value(page, place, outcome, exact=exact)
        elif place.kind.runs_python:
            if page.outputs_per_cell:
                yield from _unshown(page, printed, errors)
                printed = []
            printed.append((place, outcome.text))
            yield from _compare_error(page, place, errors.get(place.start), outcome, exact=exact)
        elif place.kind.shows is Shows.COMMANDS:
            yield from _compare_commands(page, place, outcome, exact=exact)
        elif place.kind.shows is Shows.PRINTED:
            yield from _compare_output(page, place, "".join(text for _, text in printed), exact=exact)
            printed = []
    yield from _unshown(page, printed, errors)


def _compare_commands(page: Page, console: Fence, outcome: Outcome, *, exact: bool) -> Iterator[Problem]:
    if any(faults(console.source, page.text, needs(console))):
        return  # said already
    if outcome.error:
        says = f"the commands cannot run: {outcome.error}"
        yield page.problem(console, says, "fix them or the example above", detail=outcome.traceback)
    else:
        yield from _compare_text(page, console, outcome.text, "prints", exact=exact)


def _compare_value(page: Page, value: Value, outcome: Outcome, *, exact: bool) -> Iterator[Problem]:
    if outcome.error:
        remedy = f"fix the expression or {page.spelling.example} above"
        says = f"{value.expr} cannot be computed here: {outcome.error}"
        yield page.problem(value, says, remedy, detail=outcome.traceback)
    elif not same_text(value.text, outcome.text, exact=exact, tolerance=value.tolerance):
        if gone := with_address(outcome.text):
            yield page.problem(value, f"{value.expr} is {gone}, {FLEETING}", SAY)
            return
        in_table = page.text.rfind("\n|", 0, value.start) > page.text.rfind("\n\n", 0, value.start)
        if not _fits_in_a_line(outcome.text) or (in_table and "|" in outcome.text):
            says = f"{value.expr} is {outcome.text!r}, which inline code cannot show"
            yield page.problem(value, says, "print it in an example")
            return
        edit = Edit(value.text_start, value.text_end, outcome.text)
        yield page.problem(
            value,
            f"the page says {value.text}, {value.expr} is {outcome.text}{unseen(value.text, outcome.text)}",
            REPAIR,
            edit=edit,
        )


def _fits_in_a_line(text: str) -> bool:
    return text.isprintable() and "`" not in text and text == text.strip() != ""


def _compare_error(
    page: Page, code: Fence, expected: Fence | None, outcome: Outcome, *, exact: bool
) -> Iterator[Problem]:
    if outcome.warned:
        example = page.spelling.example
        says = f"{example} writes to stderr, which a reader sees too: {gist(outcome.warned)}"
        yield page.problem(code, says, f"fix it or silence it in {example}", detail=outcome.warned)
    for name, base in outcome.stale:
        remedy = (
            f"put the marker for the code so far after the listing of {base}, or list {name} again above this example"
        )
        yield page.problem(code, f"{name} still derives from the old {base}", remedy)
    if expected is None:
        if outcome.error:
            says = f"{page.spelling.example} raises {outcome.error}"
            yield page.problem(code, says, f"fix it, or {page.spelling.error}", detail=outcome.traceback)
    elif outcome.error is None:
        says = f"the page says {_one_line(expected.source)}, the code raises nothing"
        yield page.problem(expected, says, f"delete {page.spelling.output} or fix the code")
    else:
        yield from _compare_text(page, expected, outcome.error + "\n", "raises", exact=exact)


def _compare_output(page: Page, output: Fence, got: str, *, exact: bool) -> Iterator[Problem]:
    if got == "":
        says = f"the page says {_one_line(output.source)}, the code prints nothing"
        yield page.problem(output, says, f"delete {page.spelling.output} or print it")
    else:
        yield from _compare_text(page, output, got, "prints", exact=exact)


def _compare_text(page: Page, fence: Fence, got: str, verb: str, *, exact: bool) -> Iterator[Problem]:
    got = got if got.endswith("\n") else got + "\n"
    wanted = fence.source
    if fence.kind.shows is Shows.RAISED:
        wanted, got = SUGGESTION.sub("", wanted), SUGGESTION.sub("", got)
    if odd := sorted({c for c in got if not c.isprintable() and c not in "\n\t"}):
        says = f"the code {verb} the character {named(odd[0])}, which a page cannot show"
        yield page.problem(fence, says, "leave it out of the output")
        return
    if gone := with_address(got):
        yield page.problem(fence, f"the code {verb} {gone}, {FLEETING}", SAY)
        return
    if (wanted or "\n") == got or same_text(wanted, got, exact=exact, tolerance=fence.tolerance):
        return
    pages, codes = wanted.removesuffix("\n").split("\n"), got.removesuffix("\n").split("\n")
    found = first_difference(pages, codes)
    assert found is not None  # equal texts end above
    says_line, is_so = found.lines
    line = fence.line + 1 + found.index
    says = f"the page says {shown(says_line)}, the code {verb} {shown(is_so)}{unseen(says_line, is_so)}"
    if fence.ticks in got:
        yield page.problem(fence, says, "give the fence more backticks than the output has", line=line)
        return
    differing = sum(a != b for a, b in zip_longest(pages, codes))
    detail = f"differing lines: {differing}; all of it:\n{got}" if differing > 1 else ""
    edit = Edit(fence.body_start, fence.body_end, fence.indented(got))
    yield page.problem(fence, says, REPAIR, line=line, detail=detail, edit=edit)


def _unshown(page: Page, printed: list[tuple[Fence, str]], errors: dict[int, Fence]) -> Iterator[Problem]:
    printed = [(fence, text) for fence, text in printed if text]
    if not printed:
        return
    code = printed[0][0]
    last = printed[-1][0]
    text = "".join(text for _, text in printed)
    if gone := with_address(text):
        yield page.problem(code, f"{page.spelling.example} prints {gone}, {FLEETING}", SAY)
        return
    text = text if text.endswith("\n") else text + "\n"
    body = last.indented(text)
    after = errors.get(last.start, last).end
    ticks = "```"
    while ticks in text:
        ticks += "`"
    new = f"\n{last.prefix.rstrip(' ')}\n{last.prefix}{ticks}text {{ .output }}\n{body}{last.prefix}{ticks}"
    says = f"{page.spelling.example} prints {_one_line(text)} but {page.spelling.no_output}"
    yield page.problem(code, says, "`pytest docs --fix` adds it", edit=Edit(after, after, new))


def _one_line(text: str) -> str:
    rows = lines(text)
    first = shown(rows[0] if rows else None)
    return f"{first} (and {counted(len(rows) - 1, 'more line')})" if len(rows) > 1 else first
