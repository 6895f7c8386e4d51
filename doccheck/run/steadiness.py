"""Whether pages print the same in every run: each Python orders sets of strings in another way.

A page is checked with one fixed order, so a wrong page is wrong in every run. That its output depends on the order is
found by running it under others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doccheck.base.problem import Problem
from doccheck.base.settings import Settings
from doccheck.base.text import first_difference, lines, shown
from doccheck.run.pool import run_programs
from doccheck.run.program import Program
from doccheck.run.protocol import Outcome

SEEDS = ("1", "2")


def check_steadiness(programs: Sequence[Program], settings: Settings) -> Iterator[Problem]:
    """Yield what programs print or raise otherwise from run to run. No repair is offered: it would not last."""
    first, second = (run_programs(programs, settings, seed=seed) for seed in SEEDS)
    for program, outcomes, others in zip(programs, first, second, strict=True):
        for item in program.page.items():
            if item.start in outcomes:
                says = _difference(outcomes[item.start], others[item.start])
                if says is not None:
                    remedy = "sort it; the order of a set changes from run to run, and so does what nobody has seeded"
                    yield program.page.problem(item, says, remedy)


def _difference(first: Outcome, second: Outcome) -> str | None:
    """Say which line two runs give otherwise, None where they give the same."""
    for one, other in ((first.text, second.text), (first.error or "", second.error or "")):
        found = first_difference(lines(one), lines(other))
        if found is not None:
            before, after = map(shown, found.lines)
            return f"this gives {before} in one run and {after} in another"
    return None
