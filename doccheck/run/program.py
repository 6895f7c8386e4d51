"""What a page runs: its examples, the code so far and its values, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from doccheck.base.assertions import demands
from doccheck.base.same_program import syntax_tree
from doccheck.page.commands import commands
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import Fence
from doccheck.page.kinds import Runs
from doccheck.page.listings import Definition, Piece, fold, pieces
from doccheck.page.mentions import mentions, place_of
from doccheck.page.model import NOTEBOOK, Page
from doccheck.page.programs import growing
from doccheck.page.prose import ends_quietly
from doccheck.page.values import Value
from doccheck.run.protocol import Attempt, Cell, Code, Console, Expression, Lookup, Outcome, Part, Step

Outcomes = dict[int, Outcome]
Import = Callable[[Piece], str]


@dataclass
class Program:
    """A page's steps, ready to run.

    key is equal for pages whose examples and values are the same; own_key only where they also stand on the same
    lines of the same page. aliases names each step by what it runs.
    """

    page: Page
    steps: list[Step]
    key: str
    aliases: dict[int, str]

    @property
    def own_key(self) -> str:
        """What a run of this very page depends on, with the lines that its tracebacks name."""
        return json.dumps([self.page.name, self.key, [_lines(step) for step in self.steps]])

    def by_start(self, known: dict[str, Outcome]) -> Outcomes:
        """Return outcomes under the places of this page."""
        return {start: known[alias] for start, alias in self.aliases.items()}

    def by_alias(self, outcomes: Outcomes) -> dict[str, Outcome]:
        """Return outcomes under names that are the same on every page that shares this program."""
        return {self.aliases[start]: outcome for start, outcome in outcomes.items() if start in self.aliases}


def make_program(
    page: Page, earlier: Sequence[Page], *, imported: Import | None = None, others: Sequence[Page] = ()
) -> Program:
    """Return what a page runs; earlier are the pages before it, for the code so far.

    imported: returns the source that runs in the place of a listing's piece. others: the same page in other languages;
    the names that their sentences mention are looked up, too, so that one run does for all.
    """
    program = Program(page, [], "", {})
    keys, gap = [], 0
    for place in page.items():
        step: Step
        if isinstance(place, Value):
            step = Expression(start=place.start, source=place.expr, apart=True)
            key = f"{gap} {place.expr}"
        elif place.kind.runs is Runs.COMMANDS:
            gap += 1
            step = _console(page, place, earlier)
            key = f"{gap} {list(step.commands)} {step.file}"
        elif place.kind.runs_python:
            gap += 1
            parts = _parts(page, place, earlier, imported=imported)
            step = _code(page, place, parts, imported=imported is not None)
            trees = [syntax_tree(part.source) for part in parts]
            key = f"{gap} {trees} {place.title} {page.outputs_per_cell and ends_quietly(place.source)}"
        else:
            continue
        keys.append(key)
        program.aliases[place.start] = key
        program.steps.append(step)
    for apart, key in [*_attempts(page), *(_lookups(page, others) if imported is None else ())]:
        keys.append(key)
        program.aliases[apart.start] = key
        program.steps.append(apart)
    program.key = json.dumps([page.path.suffix, *sorted(keys)])
    return program


def _attempts(page: Page) -> Iterator[tuple[Attempt, str]]:
    """Yield what runs for the exercises of a page: start and wrong answers in the start's place, the check again
    behind the solution.
    """
    for number, exercise in enumerate(find_exercises(page)):
        if not exercise.is_whole or exercise.check is None:
            continue
        check, demanded = _part(page, exercise.check), demands(exercise.check.source)
        for count, answer in enumerate([exercise.start, *exercise.wrong]):
            parts = (_part(page, answer),)
            at = exercise.start.start
            key = f"exercise {number} answer {count} {syntax_tree(answer.source)} {demanded}"
            yield Attempt(start=answer.start, at=at, apart=True, parts=parts, check=check), key
        key = f"exercise {number} solution {demanded}"
        yield Attempt(start=exercise.check.start, at=exercise.end, apart=True, parts=(), check=check), key


def _lookups(page: Page, others: Sequence[Page]) -> Iterator[tuple[Lookup, str]]:
    """Yield a step for each gap between fences in which sentences mention dotted names, and one for all at the end."""
    found = mentions(page)
    for other in others:
        for gap, names in mentions(other).items() if len(other.fences) == len(page.fences) else ():
            found[gap] = found.get(gap, set()) | names
    if found and page.fences:
        found[len(page.fences)] = set().union(*found.values())
    for gap, names in sorted(found.items()):
        if gap:
            step = Lookup(start=place_of(page.fences[gap - 1]), apart=True, names=tuple(sorted(names)))
            yield step, f"names {gap} {step.names}"


def _part(page: Page, fence: Fence) -> Part:
    name, line = page.code_place(fence)
    return Part(name, line, fence.source)


def _lines(step: Step) -> list[tuple[str, int]]:
    return [(part.path, part.line) for part in step.parts] if isinstance(step, Code) else []


def _code(page: Page, place: Fence, parts: tuple[Part, ...], *, imported: bool) -> Cell | Code:
    """Return the step for a fence or marker that runs as Python."""
    if page.path.suffix == NOTEBOOK and place.kind.is_example:
        return Cell(start=place.start, part=parts[0])
    defines = None
    if place.title is not None and not imported:
        defines = tuple(p.name for p in pieces(page, place) if isinstance(p.node, Definition))
    return Code(start=place.start, parts=parts, defines=defines)


def _console(page: Page, place: Fence, earlier: Sequence[Page]) -> Console:
    """Return the step for a console fence, which finds the page's script up to there by the page's name."""
    lines = tuple(line for _, line in commands(place.source))
    above = [text for fence, text in growing(page, earlier) if fence.start < place.start]
    script = above[-1] if above else ""
    return Console(start=place.start, commands=lines, file=f"{page.path.stem}.py", script=script)


def _parts(page: Page, place: Fence, earlier: Sequence[Page], *, imported: Import | None) -> tuple[Part, ...]:
    """Return the pieces of source that a fence or marker runs, each with the page and line it comes from."""
    found = fold(earlier, page, place) if place.kind.is_code_so_far else pieces(page, place) if place.title else []
    if imported is not None and found:
        source = "".join(imported(piece) for piece in found)
        return (Part(page.name, place.line, source),)
    if place.kind.is_code_so_far:
        return tuple(Part(p.page.name, p.line - 1, p.source) for p in found)
    return (_part(page, place),)


def from_package(homes: Mapping[str, str]) -> Import:
    """Return how to take what listings define from the files of their titles, or from those that homes names."""

    def source(piece: Piece) -> str:
        if not isinstance(piece.node, Definition):
            return piece.source + "\n"
        file = homes.get(piece.name, piece.file)
        return f"from {file.removesuffix('.py').replace('/', '.')} import {piece.name}\n"

    return source
