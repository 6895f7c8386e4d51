"""Sybil in the process that runs a page: a parser finds the steps of one kind, an evaluator runs one of them.

Sybil keeps the steps in the order of the page, gives them one namespace, and compiles code so that tracebacks
have the page's lines.
"""

from __future__ import annotations
import __future__

import ast
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.region import Lexeme

from doccheck.run.child import apart
from doccheck.run.child.console import run_commands
from doccheck.run.child.harmless import look_here
from doccheck.run.protocol import Attempt, Console, Job, Outcome, Part, Step

Parser = Callable[[Document], Iterator[Region]]
Evaluator = Callable[[Example], None]


@dataclass
class Running:
    """A step while it runs. Sybil's evaluators return nothing, so what a step shows is kept beside it.

    shown: its value or what its commands print; None where it shows only what it prints itself. outputs: what
    a notebook stores. outcome: what an attempt has come to.
    """

    step: Any
    shown: str | None = None
    outputs: tuple[dict[str, Any], ...] = ()
    outcome: Outcome | None = None


def parser(kind: type[Step], steps: Iterable[Step], evaluator: Evaluator) -> Parser:
    """Return a parser for the steps of a kind. Their regions are empty, so several may stand at one place."""

    def parse(document: Document) -> Iterator[Region]:
        for step in steps:
            if isinstance(step, kind):
                yield Region(step.place, step.place, parsed=Running(step), evaluator=evaluator)

    return parse


class EvaluateCode:
    """Runs statements in the page's namespace, as if all of the page's were one script.

    moved: how many lines behind those of its own page the code of each stands in the script's file.
    """

    def __init__(self, moved: Mapping[str, int] | None = None) -> None:
        self._moved = moved or {}
        self._execute = PythonEvaluator()
        self._begun = False  # whether anything has run that must stand behind imports from __future__

    def __call__(self, example: Example) -> None:
        for part in example.region.parsed.step.parts:
            self._read_future(part)
            region = Region(0, 0, Lexeme(part.source, 0, 0))
            piece = Example(example.document, part.line, 1, region, example.namespace)
            piece.path = part.path
            self._execute(piece)
            self._move_classes(part, example.namespace)

    def _move_classes(self, part: Part, namespace: Mapping[str, Any]) -> None:
        """Let inspect find classes of other pages in the script's file: from Python 3.13 on they say their line."""
        rows = self._moved.get(part.path, 0)
        for statement in ast.parse(part.source).body if rows else ():
            if isinstance(statement, ast.ClassDef):
                defined: Any = namespace.get(statement.name)
                if "__firstlineno__" in getattr(defined, "__dict__", ()):
                    defined.__firstlineno__ += rows

    def _read_future(self, part: Part) -> None:
        """Let an import from __future__ hold for the rest of the page; refuse it where a script would."""
        try:
            statements = ast.parse(part.source).body
        except (SyntaxError, ValueError):
            return  # running it says so
        for statement in statements:
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                if self._begun:
                    place = (part.path, part.line + statement.lineno, statement.col_offset + 1, None)
                    raise SyntaxError("from __future__ imports must occur at the beginning of the file", place)
                for alias in statement.names:
                    self._execute.flags |= getattr(__future__, alias.name).compiler_flag
            elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                self._begun = True


def evaluate_expression(example: Example) -> None:
    """Evaluate an expression in a copy of the namespace, so that it cannot give a name another meaning."""
    running = example.region.parsed
    code = compile(running.step.source, "<data-expr>", "eval")
    running.shown = str(eval(code, dict(example.namespace)))


def evaluate_lookup(example: Example) -> None:
    """Follow dotted names whose first part the page has; keep those that lead nowhere."""
    from doccheck.run.child.lookup import find_missing  # late: not every page mentions names

    running = example.region.parsed
    look = getattr if apart.POSSIBLE else look_here
    running.outcome = Outcome(missing=tuple(find_missing(running.step.names, example.namespace, look)))


def evaluate_attempt(example: Example) -> None:
    """Run code and its check, and keep what stops it; what is not the check's own assertion is raised."""
    from doccheck.base.assertions import TELL, telling  # late: few pages have exercises

    running = example.region.parsed
    step: Attempt = running.step
    namespace = example.namespace
    for part in step.parts:
        _execute(ast.parse(part.source), part, namespace)
    told: list[tuple[int, dict[str, str], str]] = []
    called: set[str] = set()

    def tell(number: int, said: dict[str, str], message: str) -> str:
        told.append((number, said, message))
        return message

    def listen(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_globals is namespace:
            called.add(frame.f_code.co_qualname)

    namespace[TELL] = tell
    sys.setprofile(listen)
    try:
        _execute(telling(step.check.source), step.check, namespace)
    except AssertionError as error:
        sys.setprofile(None)
        own = [one for one in told if error.args and error.args[0] is one[2]]
        if not own:
            raise  # it comes from what the check calls
        number, said, message = own[-1]
        said_now = tuple(said.items())
        running.outcome = Outcome(error=f"AssertionError: {message}", stopped=number, said=said_now)
    else:
        running.outcome = Outcome(called=tuple(sorted(called)))
    finally:
        sys.setprofile(None)


def _execute(tree: ast.Module, part: Part, namespace: dict[str, Any]) -> None:
    ast.increment_lineno(tree, part.line)
    exec(compile(tree, part.path, "exec", dont_inherit=True), namespace)


class EvaluateCell:
    """Runs cells in IPython, which is not started before the first."""

    def __init__(self, printed: Callable[[], str]) -> None:
        self._printed = printed
        self._shell: Any = None

    def __call__(self, example: Example) -> None:
        running = example.region.parsed
        if self._shell is None:
            self._shell = self._start()
        outputs, error = self._shell.run(running.step.part.source, running.step.part.path)
        running.outputs = tuple(outputs)
        if error is not None:
            raise error

    def _start(self) -> Any:
        from doccheck.run.child.ipython_shell import Shell  # late: only notebooks need IPython

        return Shell.instance(sys.modules["__main__"], self._printed, Path.cwd().parent / "ipython")


class EvaluateConsole:
    """Runs the commands of console fences."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, example: Example) -> None:
        running = example.region.parsed
        step: Console = running.step
        Path(step.file).write_text(step.script, "utf-8")
        environment = dict(os.environ)
        if step.checkout is not None:
            from doccheck.run.child.checkout import lay_out  # late: few pages install anything

            environment = lay_out(Path(self._job.root), step.checkout)
        running.shown = run_commands(
            step.commands, [str(Path.cwd()), str(Path.cwd().parent), *self._job.hidden], environment
        )
