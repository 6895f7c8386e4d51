"""What the cells of a notebook store against what running them shows; repairs store that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from doccheck.cells import Cell
from doccheck.notebook_page import NotebookPage
from doccheck.outputs import REFUSED, kinds, refused, with_pictures, written
from doccheck.places import Place
from doccheck.problems import REPAIR, Problem
from doccheck.protocol import Outcome
from doccheck.text import Edit


def check_stored(page: NotebookPage, problems: Iterable[Problem], outcomes: dict[int, Outcome]) -> Iterator[Problem]:
    """Yield the problems that comparing the page's text has found, those of an output with a repair for the file.

    Then where outputs are of other kinds than running shows, such as a picture that no longer is one.
    """
    cells = {start: cell for start, cell in page.woven.fences.items() if start in outcomes}
    ran = {cell.number: outcomes[start] for start, cell in cells.items()}
    found = [_with_repair(page, problem, ran) for problem in problems]
    wrong = {page.woven.fences[p.place].number for p in found if p.edits and p.place in page.woven.fences}
    for start, cell in cells.items():
        if cell.number not in wrong:
            found += _check_kinds(page, start, outcomes[start])
    yield from found
    if not any(problem.edits for problem in found):
        yield from _check_counts(page)


def _with_repair(page: NotebookPage, problem: Problem, ran: dict[int, Outcome]) -> Problem:
    cell = page.woven.fences.get(problem.place or 0)
    if not problem.edits or cell is None:
        return problem
    outcome = ran[cell.number]
    edits = (_rewritten(page, cell, outcome),) if _is_storable(cell, outcome) else ()
    return replace(problem, edits=edits)


def _is_storable(cell: Cell, outcome: Outcome) -> bool:
    """Say whether a cell ran as it should: what it shows otherwise must not become what a reader sees."""
    return not (outcome.lost or (outcome.error and not cell.raises) or refused(outcome.outputs))


def _rewritten(page: NotebookPage, cell: Cell, outcome: Outcome) -> Edit:
    """Return the edit that stores what a cell has shown, indented as the file is."""
    place = cell.place.at("outputs")
    line = page.raw[page.raw.rfind("\n", 0, place.start) + 1 : place.start]
    column = len(line) - len(line.lstrip(" "))  # of a key in an object in a list in an object
    outputs = with_pictures(outcome.outputs, cell.outputs)
    text = written(outputs, indent=column // 3, column=column, ascii_only=page.raw.isascii())
    return Edit(place.start, place.end, text, exact=True)


def _check_kinds(page: NotebookPage, start: int, outcome: Outcome) -> Iterator[Problem]:
    cell = page.woven.fences[start]
    stored, shown = kinds(cell.outputs), kinds(outcome.outputs)
    if kind := refused(outcome.outputs):
        yield Problem(page.name, page.line(start), f"the cell shows {kind}, {REFUSED}", place=start)
    elif stored != shown and _is_storable(cell, outcome):
        says, shows = (", ".join(names) or "nothing" for names in (stored, shown))
        message = f"the cell stores {says}; running it shows {shows}; {REPAIR}"
        edits = (_rewritten(page, cell, outcome),)
        yield Problem(page.name, page.line(start), message, edits=edits, place=start)


def _check_counts(page: NotebookPage) -> Iterator[Problem]:
    """Yield the first cell whose number in the margin is not that of a run from top to bottom."""
    starts = {cell.number: start for start, cell in reversed(page.woven.fences.items())}
    code = [cell for cell in page.cells if cell.kind == "code"]
    wrong = [(cell, place) for cell in code for place in _counters(cell) if place.inside != cell.count]
    for cell, place in wrong[:1]:
        says, start = json.dumps(place.inside), starts[cell.number]
        message = f"the cell's execution count is {says}, in a run from top to bottom it is {cell.count}; {REPAIR}"
        edits = tuple(Edit(p.start, p.end, str(c.count), exact=True) for c, p in wrong)
        yield Problem(page.name, page.line(start), message, edits=edits, place=start)


def _counters(cell: Cell) -> Iterator[Place]:
    yield cell.place.at("execution_count")
    for output in cell.place.at("outputs").inside:
        if output.at("output_type").inside == "execute_result":
            yield output.at("execution_count")
