"""Slips that make all that follows them look wrong: fences that do not end, front matter and code that cannot be read.

They are told first, and alone: what only follows from one of them is counted, and nobody is sent there.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

import yaml

from doccheck.base.problem import Problem
from doccheck.base.text import lines
from doccheck.page.fences import Comment, Fence, expected_errors
from doccheck.page.model import Page
from doccheck.page.prose import FRONT_MATTER

OPENED = re.compile(r"---[ \t]*(\n|$)")


def check_file(page: Page) -> Iterator[Problem]:
    """Yield why a file cannot be read as a page."""
    if page.unreadable:
        yield from page.faults
    elif not page.text.strip():
        yield page.problem_of_file("nothing is on this page", "write it, or delete it in every language")


def check_blocks(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with the fences of a page, up to the first behind which nothing is what it seems."""
    unclosed = {block.start: block for block in page.unclosed}
    blocks: list[Fence | Comment] = [*page.fences, *(comment for comment in page.comments if not comment.is_closed)]
    for block in sorted(blocks, key=lambda block: block.start):
        if isinstance(block, Fence):
            for fault in block.problems:
                yield page.problem(block, *fault)
        if block.start in unclosed:
            if isinstance(block, Fence):
                remedy = f"close it with {block.ticks} on a line of its own"
                yield page.problem(block, "this fence is never closed", remedy)
            else:
                yield page.problem_at(block.start, "this comment is never closed", "end it with -->")
            return
        if isinstance(block, Fence) and block.derails:
            return


def check_front_matter(page: Page) -> Iterator[Problem]:
    """Yield where the YAML at the head of a page cannot be read."""
    match = FRONT_MATTER.match(page.text)
    if match is None:
        if OPENED.match(page.text):
            says = "what this line begins is no front matter: no line with --- alone ends it"
            yield page.problem_in_line(1, says, "write --- on a line of its own behind it, or delete this line")
        return
    remedy = "fix it; a text with a colon or a quote in it stands in quotes"
    try:
        data = yaml.safe_load(match["body"])
    except yaml.YAMLError as error:
        # a quote that never ends shows at the end only; where it begins is the line to fix
        mark = getattr(error, "problem_mark", None)
        if mark is not None and mark.index >= len(match["body"]):
            mark = getattr(error, "context_mark", None) or mark
        line = mark.line + 2 if mark else 1
        why = getattr(error, "problem", None) or str(error)
        yield page.problem_in_line(line, f"the front matter is not valid YAML: {why}", remedy)
        return
    except (ValueError, RecursionError) as error:  # a day that no calendar has; brackets in brackets
        why = str(error)
        yield page.problem_in_line(_line_of(match["body"]), f"the front matter is not valid YAML: {why}", remedy)
        return
    if data is not None and not isinstance(data, dict):
        yield page.problem_in_line(2, "the front matter is not a table of keys and values", remedy)


def _line_of(body: str) -> int:
    """Return the line of the first of a front matter's entries that cannot be read by itself."""
    for index, row in enumerate(lines(body)):
        try:
            yaml.safe_load(row)
        except yaml.YAMLError:
            continue  # it needs its neighbours
        except (ValueError, RecursionError):
            return index + 2
    return 2


def check_syntax(page: Page) -> Iterator[Problem]:
    """Yield the examples that are no Python; one whose page shows a SyntaxError is meant so."""
    errors = expected_errors(page.fences)
    for fence in page.fences:
        if (fence.kind.meant.is_example or fence.kind.is_of_exercise) and fence.start not in errors:
            error = syntax_error(fence.source)
            if error is not None:
                number = min(error.lineno or 1, fence.source.count("\n") or 1)
                line = fence.source.split("\n")[number - 1].strip()
                says = f"{page.spelling.this_example} is not valid Python: {error.msg} in {line!r}"
                yield page.problem(fence, says, page.spelling.no_python, line=fence.line + number)


def syntax_error(source: str) -> SyntaxError | None:
    """Return why a source cannot be compiled; None where it can."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            compile(source, "<example>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return SyntaxError(str(error) or type(error).__name__)
    return None
