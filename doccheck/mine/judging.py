"""Runs a page with the reader's package in the place of its listings, and says where it shows something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from doccheck.base.problem import Problem
from doccheck.base.settings import Settings
from doccheck.check.outputs import compare
from doccheck.mine.advice import remedy, see
from doccheck.mine.answers import attempts
from doccheck.mine.plan import LOADING, Plan
from doccheck.mine.reading import OwnCode, faults_of
from doccheck.mine.reference import leave_out
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Shows
from doccheck.page.model import Page
from doccheck.page.values import Value
from doccheck.run.pool import run_program
from doccheck.run.program import Outcomes
from doccheck.run.protocol import Outcome

NOTHING = "nothing was compared; see the first message"


@dataclass
class Judgement:
    """What was found on a page, and what was left out, with the reason, by the place of a fence or value."""

    page: Page
    problems: list[Problem] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def compared(self) -> int:
        """The number of outputs, errors and values that were compared."""
        return sum(place.compared and place.start not in self.left_out for place in self.page.items())


def judge(own: OwnCode, page: Page, earlier: Sequence[Page], settings: Settings) -> Judgement:
    """Return the judgement on her code by one page; earlier are the pages before it in its program."""
    found = Judgement(page)
    if own.faults:
        return _without_comparing(page, own.faults)
    plan = Plan(page, earlier, own)
    if not plan.program:
        found.left_out = _all(page, "no listing comes before or on this page")
        return found
    found.left_out = plan.left_out
    found.problems = [page.problem_of_file(says, what) for says, what in _before_running(plan, found.notes)]
    if found.problems:
        found.left_out = _all(page, NOTHING)
        return found
    faults: list[str] = []
    asked = list(attempts(plan, found.notes, faults))
    outcomes = run_program(plan.runs(asked), settings)
    loading = [one for one in outcomes.values() if one.error and LOADING in one.error]
    if loading:
        says = str(loading[0].error).partition(LOADING)[2]
        return _without_comparing(page, [says], remedy(plan, says.rpartition(" ends with ")[2], ""))
    fault = leave_out(plan, settings)
    if fault is not None:
        return _without_comparing(page, [fault])
    found.problems = [page.problem_of_file(fault) for fault in faults]
    found.problems += [problem for problem in _compared(plan, outcomes) if problem.item not in found.left_out]
    return found


def _without_comparing(page: Page, faults: Iterable[str], what: str = "") -> Judgement:
    problems = [page.problem_of_file(fault, what) for fault in faults]
    return Judgement(page, problems, _all(page, NOTHING))


def _all(page: Page, reason: str) -> dict[int, str]:
    return {place.start: reason for place in page.items()}


def _before_running(plan: Plan, notes: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what is empty or missing, and what to do; what the page does not need is noted."""
    own = plan.own
    for name, piece in plan.program.items():
        where = f"{piece.page.name}:{piece.line}"
        if name in own.defined:
            for fault in faults_of(own, piece):
                yield fault, ""
        elif name in own.hidden:
            yield own.hidden[name]
        elif name in plan.wanted:
            yield f"{own.name} has no {name} yet, which this page needs", f"{where} lists it"
        else:
            notes.append(f"{own.name} has no {name} yet ({where}); this page does not need it")


def _compared(plan: Plan, outcomes: Outcomes) -> Iterator[Problem]:
    """Yield where her code shows something else than the page."""
    page, own = plan.page, plan.own
    stopped = set(_stopped(page, outcomes))
    lost = False  # whether the run has come to an end before the page's
    for problem in compare(page, outcomes, exact=False):
        outcome = outcomes.get(problem.item or 0, Outcome())
        if problem.item in stopped or _same_type(page, outcomes, problem) or (lost and outcome.lost):
            continue
        lost = lost or bool(outcome.lost)
        says = problem.says.replace("the code ", "your code ")
        what = [remedy(plan, outcome.error, outcome.traceback), see(plan, problem.item, outcomes)]
        yield replace(problem, says=f"with {own.name}, {says}", remedy="; ".join(filter(None, what)), edits=())
    for exercise in find_exercises(page):
        check = exercise.check
        outcome = outcomes.get(check.start, Outcome()) if check is not None else Outcome()
        if check is not None and (outcome.error or outcome.lost):
            yield page.problem(check, f"with {own.name}, {_said(outcome)}", _about_exercise(plan, check, outcomes))


def _stopped(page: Page, outcomes: Outcomes) -> Iterator[int]:
    """Yield the outputs and values that are not there because an error came first: that is what to say."""
    errors, raised, broken = expected_errors(page.fences), False, False
    for place in page.items():
        outcome = outcomes.get(place.start, Outcome())
        if isinstance(place, Value):
            if broken and outcome.error is not None:
                yield place.start
        elif place.kind.runs_python:
            unexpected = outcome.error is not None and place.start not in errors
            raised = raised or unexpected or bool(outcome.lost)
            broken = broken or raised
        elif place.kind.shows is Shows.PRINTED:
            if raised:
                yield place.start
            raised = False


def _said(outcome: Outcome) -> str:
    if outcome.stopped is not None:
        return f"the exercise's check says: {str(outcome.error).removeprefix('AssertionError: ')}"
    return f"your answer to the exercise raises {outcome.error}" if outcome.error else f"the exercise: {outcome.lost}"


def _about_exercise(plan: Plan, check: Fence, outcomes: Outcomes) -> str:
    outcome = outcomes[check.start]
    what = remedy(plan, outcome.error, outcome.traceback) if outcome.stopped is None else ""
    return "; ".join(filter(None, [what, see(plan, check.start, outcomes)]))


def _same_type(page: Page, outcomes: Outcomes, problem: Problem) -> bool:
    """Say whether her code raises what the page says, in words of her own."""
    for start, fence in expected_errors(page.fences).items():
        if fence.start == problem.item and start in outcomes and (error := outcomes[start].error):
            return error.partition(":")[0] == fence.source.strip().partition(":")[0]
    return False
