"""What the cells of a notebook store against what running them shows; repairs store that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from doccheck.base.problem import REPAIR, Problem
from doccheck.base.text import Edit
from doccheck.page.notebook.cells import Cell
from doccheck.page.notebook.drawn import DRAWN, drawn_digest
from doccheck.page.notebook.likeness import difference
from doccheck.page.notebook.model import NotebookPage
from doccheck.page.notebook.outputs import REFUSED, SVG, Output, kinds, picture, refused, with_pictures
from doccheck.run.protocol import Outcome

AGAIN = "`pytest docs --fix` draws it again"


def check_stored(
    page: NotebookPage, problems: Iterable[Problem], outcomes: dict[int, Outcome], *, exact: bool = True
) -> Iterator[Problem]:
    """Yield the problems that comparing the page's text has found, those of an output with a repair for its cell.

    Then where outputs are of other kinds than running shows, such as a picture that no longer is one, and
    where a picture is not of this program, or, on the reference arithmetic (exact), looks otherwise than its own.
    """
    code = {start: cell for start, cell in page.woven.fences.items() if start in outcomes}
    starts = {cell.number: start for start, cell in code.items()}
    found = [_with_repair(page, problem, starts, outcomes, exact) for problem in problems]
    repaired = {edit.start for problem in found for edit in problem.edits if edit.stores}
    for start, cell in code.items():
        if start not in repaired:
            found += _check_kinds(page, start, cell, outcomes[start], exact)
    yield from found
    if not any(problem.edits for problem in found):
        yield from _check_counts(page, starts)


def _with_repair(
    page: NotebookPage, problem: Problem, starts: dict[int, int], outcomes: dict[int, Outcome], exact: bool
) -> Problem:
    cell = page.woven.fences.get(problem.item or 0)
    if not problem.edits or cell is None or page.woven.piece(problem.edits[0].start).cell is not cell:
        return problem
    start = starts[cell.number]
    edits = _repair(page, start, cell, outcomes[start], exact)
    return replace(problem, edits=edits)


def _repair(page: NotebookPage, start: int, cell: Cell, outcome: Outcome, exact: bool) -> tuple[Edit, ...]:
    """Return the edit that stores what a cell has shown; none if it did not run as it should.

    What it shows then must not become what a reader sees.
    """
    if not _is_storable(cell, outcome):
        return ()
    own = _is_drawn_by(page, cell) and not (exact and _drawn_otherwise(cell, outcome))
    outputs = with_pictures(outcome.outputs, cell.outputs) if own else list(outcome.outputs)
    new: dict[str, Any] = {"outputs": outputs, "execution_count": cell.count}
    if any(picture(output) for output in outputs):
        new[DRAWN] = _digest(page, cell, outputs)
    return (Edit(start, start, json.dumps(new), stores=True),)


def _is_storable(cell: Cell, outcome: Outcome) -> bool:
    return not (outcome.lost or (outcome.error and not cell.raises) or refused(outcome.outputs))


def _is_drawn_by(page: NotebookPage, cell: Cell) -> bool:
    """Say whether the pictures that a cell stores are of the program up to it."""
    return not cell.pictures or cell.metadata.get(DRAWN) == _digest(page, cell, cell.outputs)


def _drawn_otherwise(cell: Cell, outcome: Outcome) -> str | None:
    """Return the part of a stored drawing in SVG from which on running the cell draws something else."""
    stored, drawn = (
        [output["data"][SVG] for output in outputs if picture(output) == SVG]
        for outputs in (cell.outputs, outcome.outputs)
    )
    pairs = zip(stored, drawn, strict=False)  # how many there are is another check's question
    return next((part for one, other in pairs if (part := difference(one, other))), None)


def _digest(page: NotebookPage, cell: Cell, outputs: Sequence[Output]) -> str:
    above = [other.source for other in page.cells[: cell.number] if other.kind == "code"]
    return drawn_digest(above, outputs)


def _check_kinds(page: NotebookPage, start: int, cell: Cell, outcome: Outcome, exact: bool) -> Iterator[Problem]:
    stored, shown = kinds(cell.outputs), kinds(outcome.outputs)
    if kind := refused(outcome.outputs):
        yield Problem(page, start, f"the cell shows {kind}, which nothing compares", REFUSED, item=start)
        return
    if stored != shown and _is_storable(cell, outcome):
        says, shows = (", ".join(names) or "nothing" for names in (stored, shown))
        wrong, remedy = f"the cell stores {says}; running it shows {shows}", REPAIR
    elif not _is_drawn_by(page, cell):
        wrong, remedy = "the cell stores a picture of another program", AGAIN
    elif exact and (part := _drawn_otherwise(cell, outcome)):
        wrong, remedy = f"the cell stores a picture that its program draws otherwise, from {part} on", AGAIN
    else:
        return
    edits = _repair(page, start, cell, outcome, exact)
    yield Problem(page, start, wrong, remedy, edits=edits, item=start)


def _check_counts(page: NotebookPage, starts: dict[int, int]) -> Iterator[Problem]:
    """Yield the first cell whose number in the margin is not that of a run from top to bottom."""
    code = [cell for cell in page.cells if cell.kind == "code" and cell.number in starts]
    wrong = [(cell, count) for cell in code for count in _counts(cell) if count != cell.count]
    for cell, count in wrong[:1]:
        says, start = json.dumps(count), starts[cell.number]
        wrong_count = f"the cell's execution count is {says}, in a run from top to bottom it is {cell.count}"
        edits = tuple(_counted(starts[other.number], other) for other in dict.fromkeys(cell for cell, _ in wrong))
        yield Problem(page, start, wrong_count, REPAIR, edits=edits, item=start)


def _counts(cell: Cell) -> Iterator[int | None]:
    yield cell.node["execution_count"]
    for output in cell.outputs:
        if output["output_type"] == "execute_result":
            yield output["execution_count"]


def _counted(start: int, cell: Cell) -> Edit:
    return Edit(start, start, json.dumps({"execution_count": cell.count}), stores=True)
