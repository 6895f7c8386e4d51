"""Runs a page with the reader's package in the place of its listings, and says where it shows something else."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from doccheck.base.names import free_names
from doccheck.base.problem import Problem
from doccheck.base.same_program import parses
from doccheck.base.settings import Settings
from doccheck.check.outputs import compare
from doccheck.mine.reading import OwnCode, faults_of
from doccheck.page.exercises import Exercise, find_exercises
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Shows
from doccheck.page.listings import Definition, Piece, fold_pages, listings, pieces
from doccheck.page.model import Page
from doccheck.page.values import Value
from doccheck.run.pool import run_program
from doccheck.run.program import Outcomes, Program, make_program
from doccheck.run.protocol import Attempt, Code, Console, Part, Step

BEFORE = "it shows what the code did before this page's listings"
NOTHING = "nothing was compared; see the first message"
OURS = "it is about the pages' own package"


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
    program = {piece.name: piece for piece in fold_pages([*earlier, page]) if isinstance(piece.node, Definition)}
    if own.faults:
        return _without_comparing(page, own.faults)
    if not program:
        found.left_out = _all(page, "no listing comes before or on this page")
        return found
    for piece in program.values():
        if piece.name in own.defined:
            found.problems += [page.problem_of_file(fault) for fault in faults_of(own, piece)]
    missing = {name: piece for name, piece in program.items() if name not in own.defined}
    plan = _Plan(page, earlier, own, program)
    found.left_out = plan.left_out
    for name, piece in missing.items():
        where = f"{piece.page.name}:{piece.line}"
        if name in own.guarded:
            says = f"{own.guarded[name]}: {name} is under if __name__ == …, where an import does not see it"
            found.problems.append(page.problem_of_file(says, "move it to the margin"))
        elif name in plan.wanted:
            says = f"{own.name} has no {name} yet, which this page needs"
            found.problems.append(page.problem_of_file(says, f"{where} lists it"))
        else:
            found.notes.append(f"{own.name} has no {name} yet ({where}); this page does not need it")
    if found.problems:
        found.left_out = _all(page, NOTHING)
        return found
    exercises = dict(_exercises(plan, found.notes))
    outcomes = run_program(_program(plan, earlier, exercises.values()), settings)
    loading = [one.error for one in outcomes.values() if one.error and "OwnCodeError: " in one.error]
    if loading:
        return _without_comparing(page, [loading[0].partition("OwnCodeError: ")[2]])
    found.problems = [problem for problem in plan.compared(outcomes) if problem.item not in found.left_out]
    return found


def _without_comparing(page: Page, faults: Iterable[str]) -> Judgement:
    problems = [page.problem_of_file(fault) for fault in faults]
    return Judgement(page, problems, _all(page, NOTHING))


def _all(page: Page, reason: str) -> dict[int, str]:
    return {place.start: reason for place in page.items()}


def _program(plan: _Plan, earlier: Sequence[Page], attempts: Iterable[Attempt]) -> Program:
    """Return what runs: the page's examples with her names, and her answers to its exercises."""
    program = make_program(plan.page, earlier, imported=plan.piece)
    steps: list[Step] = []
    for step in program.steps:
        if isinstance(step, Attempt | Console):
            continue
        if plan.left_out.get(step.start) == OURS:
            continue
        if isinstance(step, Code) and step.start in plan.sources:
            step = replace(step, parts=(replace(step.parts[0], source=plan.sources[step.start]),))
        steps.append(step)
    return replace(program, steps=[*steps, *attempts])


def _exercises(plan: _Plan, notes: list[str]) -> Iterator[tuple[int, Attempt]]:
    """Yield what checks her answers, by the place of the check; what she has not written is noted."""
    page, own = plan.page, plan.own
    for exercise in find_exercises(page):
        check = exercise.check
        if check is None or not exercise.is_whole:
            continue
        start = _statements(exercise.start.source)
        names = [node.name for node in start if isinstance(node, Definition)]
        names = names if len(names) == len(start) else []  # what it does besides would be done to all of her package
        if not names or not all(name in own.defined for name in names):
            where = page.where(exercise.start.start)
            wanted = f"write {', '.join(names)} into it to have it checked" if names else "check it with its own file"
            notes.append(f"the exercise of {where} is not in {own.name}; {wanted}")
            plan.left_out[check.start] = f"the exercise is not in {own.name}"
            continue
        taken = "; ".join(f"{name} = __hers__[{name!r}]" for name in names)
        answer = Part("<your answer>", 0, f"{plan.take(names)}; {taken}\n")
        name, line = page.code_place(check)
        at = exercise.start.start
        asked = Part(name, line, check.source)
        yield check.start, Attempt(start=check.start, at=at, apart=True, parts=(answer,), check=asked)


class _Plan:
    """What of a page runs with her code, and what of it is compared."""

    def __init__(self, page: Page, earlier: Sequence[Page], own: OwnCode, program: dict[str, Piece]) -> None:
        self.page, self.own, self.program = page, own, program
        self.inherited = {piece.name for piece in fold_pages(earlier)}
        self.foreign = {Path(piece.file).parts[0] for piece in program.values()}
        self.homes = {piece.file for piece in program.values()}
        self.listed_here = {piece.name for fence in listings(page) for piece in pieces(page, fence)}
        self.left_out: dict[int, str] = {}
        self.sources: dict[int, str] = {}  # of examples, with her names for ours
        self.wanted = {name for name in self.listed_here if name in program}
        self._leave_out()

    def _leave_out(self) -> None:
        errors, cut = expected_errors(self.page.fences), self._last_change()
        ours = False  # an example above is about our package: what comes after it may be about what that has made
        group: str | None = None  # why an output of the examples since the last one is not compared
        for place in self.page.items():
            if isinstance(place, Fence) and place.kind.is_of_exercise:
                continue
            reason: str | None = OURS if ours else BEFORE if place.start < cut else None
            if isinstance(place, Value):
                self.wanted |= set() if ours else free_names(place.expr) & self.program.keys()
            elif place.kind.is_example and place.title is None:
                source = None if ours else self._with_hers(place.source)
                if source is None:
                    ours, reason = True, OURS
                else:
                    self.sources[place.start] = source
                    self.wanted |= (free_names(place.source) | self._imported(place.source)) & self.program.keys()
                group = group or reason
                if reason and place.start in errors:
                    self.left_out[errors[place.start].start] = reason
            elif place.kind.shows is Shows.PRINTED:
                reason, group = group or reason, None
            elif place.kind.shows is Shows.COMMANDS:
                reason = OURS
            if reason and place.start not in self.left_out:
                self.left_out[place.start] = reason

    def _last_change(self) -> int:
        """Return where the last listing ends that changes what was there before: above it, the page shows old code."""
        known, cut = set(self.inherited), 0
        for fence in listings(self.page):
            names = {piece.name for piece in pieces(self.page, fence) if isinstance(piece.node, Definition)}
            if names & known:
                cut = fence.end
            known |= names
        return cut

    def _with_hers(self, source: str) -> str | None:
        """Return an example that takes her names for ours; None where it is about our package itself."""
        lines = source.split("\n")
        for node in _statements(source):
            if isinstance(node, ast.Import) and any(a.name.partition(".")[0] in self.foreign for a in node.names):
                return None
            if not isinstance(node, ast.ImportFrom) or (node.module or "").partition(".")[0] not in self.foreign:
                continue
            names = {alias.name: alias.asname or alias.name for alias in node.names}
            if names.keys() <= self.program.keys():
                taken = "; ".join(f"{new} = __hers__[{old!r}]" for old, new in names.items())
                lines[node.lineno - 1] = f"{self.take(names)}; {taken}"
                for number in range(node.lineno, node.end_lineno or node.lineno):
                    lines[number] = ""
            elif any(home.startswith((node.module or "").replace(".", "/")) for home in self.homes):
                return None
        return "\n".join(lines)

    def _imported(self, source: str) -> set[str]:
        found: set[str] = set()
        for node in _statements(source):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in self.foreign:
                found |= {alias.name for alias in node.names}
        return found

    def take(self, names: Iterable[str]) -> str:
        """Return the statement that puts her things into the table __hers__, on one line."""
        known = [name for name in names if name in self.own.defined]
        arguments = f"{str(self.own.path.resolve())!r}, {known!r}, {list(self.own.foreign)!r}"
        return f"from doccheck.run.child import own_code as __own__; __hers__ = __own__.take({arguments})"

    def piece(self, piece: Piece) -> str:
        """Return what runs in the place of a listing's piece."""
        if not isinstance(piece.node, Definition):
            return piece.source + "\n"
        if piece.name not in self.own.defined:
            return ""
        return f"{self.take([piece.name])}; {piece.name} = __hers__[{piece.name!r}]\n"

    def compared(self, outcomes: Outcomes) -> Iterator[Problem]:
        """Yield where her code shows something else than the page."""
        for problem in compare(self.page, outcomes, exact=False):
            if _same_type(self.page, outcomes, problem):
                continue
            says = problem.says.replace("the code ", "your code ")
            remedy = self._see(problem.item)
            yield replace(problem, says=f"with {self.own.name}, {says}", remedy=remedy, edits=())
        for exercise in find_exercises(self.page):
            yield from self._compare_exercise(exercise, outcomes)

    def _compare_exercise(self, exercise: Exercise, outcomes: Outcomes) -> Iterator[Problem]:
        check = exercise.check
        if check is None or check.start not in outcomes or not exercise.is_whole:
            return
        outcome = outcomes[check.start]
        if outcome.error is not None:
            says = f"with {self.own.name}, the exercise's check says: {outcome.error.removeprefix('AssertionError: ')}"
            yield self.page.problem(check, says, self._see(check.start))

    def _see(self, item: int | None) -> str:
        """Return the section that a place stands in, and the slips that the page tells of."""
        line = self.page.line(item or 0)
        above = [heading.id for heading in self.page.headings if heading.line < line and heading.id]
        see = f"see #{above[-1]}" if above else "see the page"
        slips = [heading.id for heading in self.page.headings if heading.id and heading.level == 3]
        slips = [name for name in slips if "pitfall" in name and name not in above[-1:]]
        return f"{see}, and the slips in #{', #'.join(slips)}" if slips else see


def _same_type(page: Page, outcomes: Outcomes, problem: Problem) -> bool:
    """Say whether her code raises what the page says, in words of her own."""
    for start, fence in expected_errors(page.fences).items():
        if fence.start == problem.item and start in outcomes and (error := outcomes[start].error):
            return error.partition(":")[0] == fence.source.strip().partition(":")[0]
    return False


def _statements(source: str) -> list[ast.stmt]:
    return ast.parse(source).body if parses(source) else []
