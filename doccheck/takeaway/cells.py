"""A page to run where it is read: its code, what it shows and its values, as pytest runs and compares them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from doccheck.page.exercises import Exercise, find_exercises
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Runs, Shows
from doccheck.page.model import Page
from doccheck.page.values import Value
from doccheck.run.program import make_program
from doccheck.run.protocol import Attempt, Cell, Code, Step

Block = dict[str, Any]


def cells(page: Page, earlier: Sequence[Page]) -> list[Block]:
    """Return the blocks and values of a page in order, each as a table for JSON; earlier are the pages before it.

    Code comes from the very steps that pytest runs. A fence that readers see is b0, b1, … and a value v0, v1, ….
    """
    return list(_Cells(page, earlier).blocks())


class _Cells:
    def __init__(self, page: Page, earlier: Sequence[Page]) -> None:
        self._page = page
        self._steps = {step.start: step for step in make_program(page, earlier).steps}
        shown = [fence for fence in page.fences if not fence.hidden]
        self._names = {fence.start: f"b{number}" for number, fence in enumerate(shown)}
        self._exercises = find_exercises(page)
        self._errors = {error.start: start for start, error in expected_errors(page.fences).items()}
        self._printed: list[str] = []  # the examples whose output has not been shown yet

    def blocks(self) -> Iterator[Block]:
        values = 0
        for place in self._page.items():
            if isinstance(place, Value):
                yield _value(place, f"v{values}")
                values += 1
            elif not place.hidden:
                yield {"id": self._names[place.start], **self._fence(place)}

    def _fence(self, fence: Fence) -> Block:
        kind = fence.kind
        if kind.runs_python:
            return self._code(fence)
        if kind.runs is Runs.START:
            return self._exercise(fence)
        if kind.runs is Runs.CHECK:
            return {"kind": "check", "source": fence.source}
        if kind.shows is Shows.PRINTED:
            of, self._printed = self._printed, []
            return {"kind": "output", "text": fence.source, "of": of, **_tolerance(fence.options.get("tol"))}
        if kind.shows is Shows.RAISED:
            of = [self._names[self._errors[fence.start]]]
            return {"kind": "error", "text": fence.source, "of": of, **_tolerance(fence.options.get("tol"))}
        return {"kind": "other"}

    def _code(self, fence: Fence) -> Block:
        name = self._names[fence.start]
        self._printed = [name] if self._page.outputs_per_cell else [*self._printed, name]
        step = self._steps[fence.start]
        block: Block = {"kind": "code", "source": _source(step), "editable": not fence.kind.is_code_so_far}
        block |= {"runs": fence.in_browser, "title": fence.title}
        if isinstance(step, Cell):
            block["cell"] = True
        if any(fence in exercise.solution for exercise in self._exercises):
            block["solution"] = True
        return block

    def _exercise(self, fence: Fence) -> Block:
        number = next(n for n, exercise in enumerate(self._exercises) if exercise.start is fence)
        exercise = self._exercises[number]
        return {
            "kind": "exercise",
            "source": self._start(exercise),
            "check": self._names[exercise.check.start] if exercise.check else None,
            "name": f"{self._page.path.stem}-exercise" + (f"-{number + 1}" if number else ""),
        }

    def _start(self, exercise: Exercise) -> str:
        step = self._steps.get(exercise.start.start)
        return step.parts[0].source if isinstance(step, Attempt) else exercise.start.source


def _source(step: Step) -> str:
    """Return what a step runs as one text; the code so far has a part for each definition."""
    if isinstance(step, Cell):
        return step.part.source
    assert isinstance(step, Code)  # what runs as Python is one of the two
    if len(step.parts) == 1:
        return step.parts[0].source
    return "\n\n\n".join(part.source.rstrip("\n") for part in step.parts) + "\n"


def _value(value: Value, name: str) -> Block:
    return {"id": name, "kind": "value", "expr": value.expr, "text": value.text, **_tolerance(value.tol)}


def _tolerance(written: str | None) -> Block:
    return {} if written is None else {"tol": written}
