"""The process that runs the examples of docstrings: python -m doccheck.run.child.docstrings JOB REPORT.

JOB holds what has run before each docstring and, for each file, the name of its module and its docstrings, each with an
offset and its text; REPORT gets for each example the docstring's offset, the example's line in it, and what it printed
or raised.
"""

from __future__ import annotations

import doctest
import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any


class Recorder(doctest.DocTestRunner):
    """Keeps what each example gives, whatever it should."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.got: list[tuple[int, str]] = []

    def report_success(self, out: object, test: object, example: doctest.Example, got: str) -> None:
        """Keep what an example gave; of an error that it should raise, what it should show."""
        self.got.append((example.lineno, example.want if example.exc_msg is not None else got))

    def report_failure(self, out: object, test: object, example: doctest.Example, got: str) -> None:
        """Keep what an example gave; of an error, its last line."""
        self.got.append((example.lineno, got if example.exc_msg is None else got.strip().rpartition("\n")[2] + "\n"))

    def report_unexpected_exception(
        self,
        out: object,
        test: object,
        example: doctest.Example,
        exc_info: tuple[type[BaseException], BaseException, TracebackType],
    ) -> None:
        """Keep the error of an example that should raise none."""
        self.got.append((example.lineno, f"{exc_info[0].__name__}: {exc_info[1]}\n"))


def names_of(module: str, begin: str) -> dict[str, Any]:
    """Return what examples in a module know: what begin defines and the module's own names; without begin, all."""
    known = vars(importlib.import_module(module))
    if not begin:
        return known
    namespace: dict[str, Any] = {}
    exec(begin, namespace)  # as a reader types it
    own = {name: it for name, it in known.items() if getattr(it, "__module__", None) == module}
    return namespace | own


def record(module: str, docstrings: list[tuple[int, str]], begin: str) -> list[tuple[int, int, str]]:
    """Return what the examples of a module's docstrings give, after what begins each."""
    namespace = names_of(module, begin)
    parser, found = doctest.DocTestParser(), []
    silent: Callable[[str], Any] = lambda text: None  # noqa: E731
    for at, text in docstrings:
        recorder = Recorder()
        recorder.run(parser.get_doctest(text, dict(namespace), module, module, 0), out=silent)
        found += [(at, line, got) for line, got in recorder.got]
    return found


def main() -> None:
    """Run the job in the first file named on the command line, and report into the second."""
    job, report = map(Path, sys.argv[1:])
    begin, modules = json.loads(job.read_text("utf-8"))
    found = [record(module, docstrings, begin) for module, docstrings in modules]
    report.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
