"""What of a page runs with the reader's package, and what of it is about something else."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from doccheck.base.names import free_names
from doccheck.base.same_program import parses
from doccheck.mine.reading import OwnCode, files_with
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Shows
from doccheck.page.listings import Definition, Piece, fold_pages, listings, pieces
from doccheck.page.model import Page
from doccheck.page.values import Value
from doccheck.run.program import Program, make_program
from doccheck.run.protocol import Attempt, Code, Console, Step

BEFORE = "it shows what the code did before this page's listings"
OURS = "it is about the pages' own package"
LOADING = "OwnCodeError: "
ANSWERED = "your answer to the exercise changes what it shows"


def statements(source: str) -> list[ast.stmt]:
    """Return the statements of a source; none where it is not valid Python."""
    return ast.parse(source).body if parses(source) else []


def _put(lines: list[str], node: ast.stmt, source: str) -> None:
    """Put a source in the place of a statement, on its first line."""
    last = node.end_lineno or node.lineno
    lines[node.lineno - 1 : last] = [source, *[""] * (last - node.lineno)]


class Plan:
    """What of a page runs with her code, and what of it is not asked of her, with the reason.

    sources: of examples, with her names for ours. wanted: the listed names that the page speaks of. cut: where the
    last listing ends that changes what was there before; above it, the page may show what the old code did.
    """

    def __init__(self, page: Page, earlier: Sequence[Page], own: OwnCode) -> None:
        self.page, self.earlier, self.own = page, earlier, own
        folded = fold_pages([*earlier, page])
        self.program = {piece.name: piece for piece in folded if isinstance(piece.node, Definition)}
        self.foreign = {Path(piece.file).parts[0] for piece in self.program.values()}
        self.homes = {piece.file for piece in self.program.values()}
        self.listed_here = {piece.name for fence in listings(page) for piece in pieces(page, fence)}
        self.left_out: dict[int, str] = {}
        self.sources: dict[int, str] = {}
        self.wanted = {name for name in self.listed_here if name in self.program}
        self.cut = self._last_change()
        self._leave_out()

    def _leave_out(self) -> None:
        """Find what is about our package: it does not run."""
        errors = expected_errors(self.page.fences)
        ours = False  # whether an example since the last output is
        for place in self.page.items():
            if isinstance(place, Value):
                self.wanted |= free_names(place.expr) & self.program.keys()
            elif place.kind.is_of_exercise:
                continue
            elif place.kind.is_example and place.title is None:
                source = self._with_hers(place.source)
                if source is None:
                    ours = True
                    self.left_out[place.start] = OURS
                    if place.start in errors:
                        self.left_out[errors[place.start].start] = OURS
                else:
                    self.sources[place.start] = source
                    self.wanted |= (free_names(place.source) | self._imported(place.source)) & self.program.keys()
            elif place.kind.shows is Shows.PRINTED:
                if ours:
                    self.left_out[place.start] = OURS
                ours = False
            elif place.kind.shows is Shows.COMMANDS:
                self.left_out[place.start] = OURS

    def _last_change(self) -> int:
        known, cut = {piece.name for piece in fold_pages(self.earlier)}, 0
        for fence in listings(self.page):
            names = {piece.name for piece in pieces(self.page, fence) if isinstance(piece.node, Definition)}
            if names & known:
                cut = fence.end
            known |= names
        return cut

    def _with_hers(self, source: str) -> str | None:
        """Return an example that takes her names for ours; None where it is about our package itself."""
        lines = source.split("\n")
        for node in statements(source):
            if isinstance(node, ast.Import) and any(a.name.partition(".")[0] in self.foreign for a in node.names):
                return None
            built = self._built(node)
            if built is not None:
                stand_in = f"__own__.stand_in({self._path}, {built!r})"
                _put(lines, node, f"{self.take([])}; {stand_in}; {ast.unparse(node)}")
            if not isinstance(node, ast.ImportFrom) or (node.module or "").partition(".")[0] not in self.foreign:
                continue
            names = {alias.name: alias.asname or alias.name for alias in node.names}
            if names.keys() <= self.program.keys():
                taken = "; ".join(f"{new} = __hers__[{old!r}]" for old, new in names.items())
                _put(lines, node, f"{self.take(names)}; {taken}")
            elif any(home.startswith((node.module or "").replace(".", "/")) for home in self.homes):
                return None
        return "\n".join(lines)

    def _built(self, node: ast.stmt) -> str | None:
        """Return the name of a package that is imported here and is none but the page's: hers stands in for it."""
        if isinstance(node, ast.Import):
            name = node.names[0].name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            name = node.module or ""
        else:
            return None
        name = name.partition(".")[0]
        if name in self.foreign or name in sys.stdlib_module_names:
            return None
        found = importlib.util.find_spec(name)
        here = str(self.own.path.resolve())
        return name if found is None or here in (found.submodule_search_locations or ()) else None

    def _imported(self, source: str) -> set[str]:
        found: set[str] = set()
        for node in statements(source):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in self.foreign:
                found |= {alias.name for alias in node.names}
        return found

    @property
    def _path(self) -> str:
        return repr(str(self.own.path.resolve()))

    def take(self, names: Iterable[str]) -> str:
        """Return the statement that puts her things into the table __hers__, on one line."""
        known = [name for name in names if name in self.own.defined]
        files = files_with(self.own, self.program)
        arguments = f"{self._path}, {known!r}, {list(self.own.foreign)!r}, {files!r}"
        return f"from doccheck.run.child import own_code as __own__; __hers__ = __own__.take({arguments})"

    def _piece(self, piece: Piece) -> str:
        """Return what runs in the place of a listing's piece."""
        if not isinstance(piece.node, Definition):
            return piece.source + "\n"
        if piece.name not in self.own.defined:
            return ""
        return f"{self.take([piece.name])}; {piece.name} = __hers__[{piece.name!r}]\n"

    def runs(self, attempts: Iterable[Attempt] = ()) -> Program:
        """Return what runs: the page's examples with her names, and her answers to its exercises."""
        program = make_program(self.page, self.earlier, imported=self._piece)
        steps: list[Step] = []
        for step in program.steps:
            if isinstance(step, Attempt | Console) or self.left_out.get(step.start) == OURS:
                continue
            if isinstance(step, Code) and step.start in self.sources:
                step = replace(step, parts=(replace(step.parts[0], source=self.sources[step.start]),))
            steps.append(step)
        return replace(program, steps=[*steps, *attempts])

    def imports(self) -> dict[str, str]:
        """Return the statements by which the pages import what is not theirs, by the name that each one binds."""
        found: dict[str, str] = {}
        for page in [*self.earlier, self.page]:
            for fence in page.fences:
                if not fence.kind.runs_python or fence.kind.is_code_so_far:
                    continue
                for node in statements(fence.source):
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        found |= self._bound_by(node)
        return found

    def _bound_by(self, node: ast.Import | ast.ImportFrom) -> dict[str, str]:
        module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        top = module.partition(".")[0]
        if top in self.foreign or top == "__future__" or importlib.util.find_spec(top) is None:
            return {}
        return {(alias.asname or alias.name).partition(".")[0]: ast.unparse(node) for alias in node.names}


def of_examples(page: Page) -> Iterable[Fence]:
    """Return the examples of a page that are no listings."""
    return (fence for fence in page.fences if fence.kind.is_example and fence.title is None)
