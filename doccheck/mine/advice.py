"""What a reader can do about a difference: the section or the pitfall that speaks of it, and what is missing where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from doccheck.base.names import bound_names
from doccheck.mine.plan import Plan, of_examples, statements
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Shows
from doccheck.page.listings import Definition
from doccheck.page.values import Value
from doccheck.run.child.own_code import EXERCISES
from doccheck.run.program import Outcomes

PITFALL = re.compile(r'<div\b[^>]*\bclass="pitfall"[^>]*>.*?</div>', re.DOTALL)
UNKNOWN = re.compile(r"NameError: name '(\w+)' is not defined")
LACKS = re.compile(r"AttributeError: (?:'(\w+)' object|type object '(\w+)') has no attribute '(\w+)'")
FRAME = re.compile(r'^  File "([^"]+)", line (\d+)', re.MULTILINE)


def see(plan: Plan, item: int | None, outcomes: Outcomes) -> str:
    """Return where to read: the one pitfall that shows what her code shows, or else the section."""
    page = plan.page
    pitfalls = _pitfalls_with(plan, _shown(plan, outcomes).get(item or 0, ""))
    if len(pitfalls) == 1:
        return f"see #{pitfalls[0]}, which shows the same"
    section = page.heading_id(page.line(item or 0))
    return f"see #{section}" if section else "see the page"


def _pitfalls_with(plan: Plan, shown: str) -> list[str]:
    """Return the ids of the pitfalls that show a text as an output or an error."""
    page, found = plan.page, []
    for match in PITFALL.finditer(page.plain) if shown else ():
        fences = [fence for fence in page.fences if match.start() < fence.start < match.end()]
        texts = [fence.source.strip() for fence in fences if fence.kind.shows in (Shows.PRINTED, Shows.RAISED)]
        ids = [h.id for h in page.headings if match.start() <= page.start_of(h.line) < match.end() and h.id]
        if shown in texts and ids:
            found.append(ids[0])
    return found


def _shown(plan: Plan, outcomes: Outcomes) -> dict[int, str]:
    """Return what her code has shown, by the place where the page shows it."""
    errors, printed, found = expected_errors(plan.page.fences), "", {}
    for place in plan.page.items():
        if isinstance(place, Value):
            continue
        outcome = outcomes.get(place.start)
        if place.kind.runs_python and outcome is not None:
            printed += outcome.text
            for shows in [place, errors.get(place.start)] if outcome.error else []:
                if isinstance(shows, Fence):
                    found[shows.start] = str(outcome.error)
        elif place.kind.shows is Shows.PRINTED:
            found[place.start], printed = printed.strip(), ""
    return found


def remedy(plan: Plan, error: str | None, traceback: str) -> str:
    """Return what to do about an error that the page does not have: where it is raised, and what is missing there."""
    at, beside = _place(plan, traceback)
    lacks = LACKS.match(error or "")
    if lacks is not None and (listed := _listed(plan, lacks[1] or lacks[2], lacks[3])):
        return f"{listed} lists {lacks[1] or lacks[2]}.{lacks[3]}"
    unknown = UNKNOWN.match(error or "")
    if unknown is None:
        return f"look at {at}{beside}" if at else ""
    name = unknown[1]
    here = f"{at} uses {name}" if at else f"{name} is used"
    imported = plan.imports().get(name)
    if imported is not None:
        return f"{here}: write {imported} at the top of that file"
    if name in plan.program:
        piece = plan.program[name]
        if name in plan.own.defined:
            return f"{here}: import it there from {plan.own.defined[name][-1].file}"
        return f"{here}: {piece.page.name}:{piece.line} lists it"
    for where in _examples_with(plan, name):
        folder = f"{plan.own.name}/{EXERCISES}/{plan.page.path.stem}.py"
        elsewhere = f", or move your answer into {folder}, which has the page's names" if plan.own.path.is_dir() else ""
        return f"{here}, which the page defines in {where}: type that too{elsewhere}"
    return here


def _place(plan: Plan, traceback: str) -> tuple[str, str]:
    """Return the last line of her code in a traceback, and what it is in; "" where there is none."""
    for file, line in reversed(FRAME.findall(traceback)):
        for answer in plan.own.answers.values():
            if file == answer.file:
                return f"{file}:{line}", ""
        root = str(plan.own.path.resolve())
        if file.startswith(root):
            shown = f"{plan.own.name}{file.removeprefix(root)}".replace("\\", "/")
            return f"{shown}:{line}", _beside(plan, shown, int(line))
    return "", ""


def _beside(plan: Plan, file: str, line: int) -> str:
    """Return what a line of hers belongs to, and where a page lists that."""
    for name, places in plan.own.defined.items():
        node = places[-1].node
        if places[-1].file != file or not node.lineno <= line <= (node.end_lineno or 0) or name not in plan.program:
            continue
        for method in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(method, ast.FunctionDef) and method.lineno <= line <= (method.end_lineno or 0):
                listed = _listed(plan, name, method.name)
                if listed:
                    return f" in {name}.{method.name}, which {listed} lists"
        piece = plan.program[name]
        return f" in {name}, which {piece.page.name}:{piece.line} lists"
    return ""


def _listed(plan: Plan, name: str, method: str) -> str:
    """Return where a page lists a method of a class."""
    piece = plan.program.get(name)
    if piece is None or not isinstance(piece.node, ast.ClassDef):
        return ""
    for node in piece.node.body:
        if isinstance(node, Definition) and node.name == method:
            return f"{piece.page.name}:{piece.line + node.lineno - piece.node.lineno}"
    return ""


def _examples_with(plan: Plan, name: str) -> Iterator[str]:
    for fence in of_examples(plan.page):
        for node in statements(fence.source):
            if name in bound_names(node):
                yield plan.page.where(fence.start)
