"""What a listing changes: its highlighted lines and the diff after it, computed from the listing before."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from doccheck.base.attributes import value_span
from doccheck.base.problem import REPAIR, Problem
from doccheck.base.text import Edit, first_difference, lines, quoted, unseen
from doccheck.page.fences import Fence
from doccheck.page.kinds import Shows
from doccheck.page.listings import Definition, Piece, listings, pieces
from doccheck.page.model import Page

CONTEXT = 2  # lines that a diff shows around each change


def check_changes(page: Page, earlier: Sequence[Page]) -> Iterator[Problem]:
    """Yield the hl_lines and diff fences of a page that are not what its listings changed."""
    known = {p.name: p for other in earlier for f in listings(other) for p in _definitions(other, f)}
    diff: str | None = None
    for fence in page.fences:
        if fence.kind.shows is Shows.CHANGES:
            yield from _check_diff(page, fence, diff)
            diff = None
        elif "hl_lines" in fence.options or fence.title is not None:
            diff = _diff(page, fence, known)
            yield from _check_highlight(page, fence, known)
            known |= {p.name: p for p in _definitions(page, fence)}


def _definitions(page: Page, fence: Fence) -> list[Piece]:
    return [piece for piece in pieces(page, fence) if isinstance(piece.node, Definition)]


def _check_highlight(page: Page, fence: Fence, known: dict[str, Piece]) -> Iterator[Problem]:
    says = fence.options.get("hl_lines")
    if says is None:
        return
    if fence.title is None:
        remedy = "delete hl_lines, or give the listing a title"
        yield page.problem(fence, "only a listing has lines that are new", remedy)
        return
    right = _ranges(_new_lines(page, fence, known))
    if says == right:
        return
    if not right:
        says = "this listing changes nothing, so it has no line to highlight"
        yield page.problem(fence, says, "delete hl_lines")
        return
    start, end = value_span(page.text[fence.start : fence.body_start], "hl_lines")
    edit = Edit(fence.start + start, fence.start + end, right)
    yield page.problem(fence, f'the page highlights lines "{says}", the new ones are "{right}"', REPAIR, edit=edit)


def _new_lines(page: Page, fence: Fence, known: dict[str, Piece]) -> list[int]:
    """Return the lines of a listing, counted from 1, that differ from the listings before it."""
    found = []
    for piece in _definitions(page, fence):
        old = lines(known[piece.name].source) if piece.name in known else []
        new = lines(piece.source)
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, _, _, start, end in matcher.get_opcodes():
            if tag in ("insert", "replace"):
                first = piece.line - fence.line
                found += [first + i for i in range(start, end) if new[i].strip()]
    return found


def _ranges(lines: list[int]) -> str:
    """Write line numbers as Markdown's fences do: "1-3 5"."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _diff(page: Page, fence: Fence, known: dict[str, Piece]) -> str:
    """Return what a listing changed in the definitions before it, an empty line between two places."""
    hunks: list[str] = []
    for piece in _definitions(page, fence):
        if piece.name in known:
            old, new = lines(known[piece.name].source), lines(piece.source)
            for line in list(difflib.unified_diff(old, new, n=CONTEXT, lineterm=""))[2:]:
                if line.startswith("@@"):
                    hunks.append("")
                else:
                    hunks[-1] += line.rstrip() + "\n"
    return "\n".join(hunks)


def _check_diff(page: Page, fence: Fence, diff: str | None) -> Iterator[Problem]:
    if diff is None:
        yield page.problem(
            fence, "no listing stands before this diff", "put it after the listing whose changes it shows"
        )
    elif diff == "":
        yield page.problem(fence, "the listing before this diff changes nothing", "delete the diff")
    elif diff != fence.source:
        found = first_difference(fence.source.split("\n"), diff.split("\n"))
        assert found is not None
        says, is_so = map(quoted, found.lines)
        edit = Edit(fence.body_start, fence.body_end, fence.indented(diff))
        wrong = f"the page's diff says {says}, the listings differ by {is_so}{unseen(*found.lines)}"
        yield page.problem(fence, wrong, REPAIR, line=fence.line + 1 + found.index, edit=edit)
