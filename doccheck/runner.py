"""The child process that runs one page: reads its job from stdin, writes one JSON line for each event.

A process of its own, so that nothing a page does (an endless loop, os._exit, a changed print option) can
touch another page's verdict. What examples print is caught at the level of file descriptors, so that the
output of a child process or of C code counts too.
"""

from __future__ import annotations

import contextlib
import json
import linecache
import os
import sys
import traceback
import types
import warnings
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.region import Lexeme

from doccheck.console import run_commands
from doccheck.outputs import shown_text
from doccheck.streams import Catcher

if TYPE_CHECKING:
    from doccheck.shell import Shell

OUTPUT_LIMIT = 4 * 1024 * 1024  # bytes that a page may print, and any file it may write
RUN = PythonEvaluator()


def run_page(job: dict[str, Any], report: IO[str]) -> None:
    """Run the steps of a job in one namespace, whose __name__ is "__main__", and report each."""
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    document = Document(job["text"], job["path"])
    document.namespace = main.__dict__
    streams = Catcher(1, "stdout"), Catcher(2, "stderr")
    shell = _shell(main, streams[0]) if job["notebook"] else None
    for step in job["steps"]:
        region = Region(step["start"], step["end"], parsed=step, evaluator=_evaluate)
        document.add(region)
    listed: set[str] = set()
    for example in document.examples():
        step = example.region.parsed
        _tell(report, {"begin": step["start"]})
        if step["kind"] == "value" and hasattr(os, "fork"):
            _evaluate_apart(example, report)
            for stream in streams:
                stream.new_text()
            continue
        listed.update(step.get("defines", []))
        outcome = _cell_outcome(shell, step["parts"][0]) if shell and "parts" in step else _outcome(example)
        # afterwards, for what runs may define the classes anew: the code so far does
        stale = [] if "defines" in step else _stale_bases(listed, document.namespace)
        printed, warned = (stream.new_text() for stream in streams)
        _tell(report, {"end": step["start"], "stale": stale, "printed": printed, "warned": warned, **outcome})


def _shell(main: types.ModuleType, stdout: Catcher) -> Shell:
    from doccheck.shell import Shell  # late: only notebooks need IPython

    return Shell.instance(main, stdout.new_text, Path.cwd().parent / "ipython")


def _cell_outcome(shell: Shell, cell: dict[str, Any]) -> dict[str, Any]:
    """Run a cell; what it writes to stderr, such as the bar of a progress, is no part of a notebook page."""
    outputs, error = shell.run(cell["source"], cell["path"])
    outcome: dict[str, Any] = {"outputs": outputs, "printed": shown_text(outputs), "warned": ""}
    if error is None:
        return outcome
    _hide_ourselves(error)
    lines = traceback.format_exception(error)
    return {**outcome, "error": outputs[-1]["traceback"][0], "traceback": "".join(lines)}


def _evaluate_apart(example: Example, report: IO[str]) -> None:
    """Evaluate a value in a copy of this process: a.pop() in a sentence must not change what the page prints."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that a page has threads: the copy runs none of them
        child = os.fork()
    if child == 0:
        _tell(report, {"end": example.region.start, "printed": "", "warned": "", **_outcome(example)})
        os._exit(0)
    os.waitpid(child, 0)


def _outcome(example: Example) -> dict[str, Any]:
    try:
        example.evaluate()
    except BaseException as error:  # a page may raise anything, SystemExit too
        _hide_ourselves(error)
        lines = traceback.format_exception(error)
        return {"error": _last_line(error), "traceback": "".join(lines)}
    step = example.region.parsed
    return {"value": step.get("value")}


def _last_line(error: BaseException) -> str:
    """Return the type and message of an exception, without its notes."""
    lines = traceback.format_exception_only(error)
    return lines[-1 if isinstance(error, SyntaxError) else 0].rstrip("\n")


def _stale_bases(listed: set[str], namespace: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the classes that still derive from an older class of a name that a listing defined anew."""
    stale = []
    for name, thing in namespace.items():
        if isinstance(thing, type) and thing.__module__ == "__main__":
            old = [base.__name__ for base in thing.__mro__[1:] if namespace.get(base.__name__, base) is not base]
            stale += [(name, base) for base in old if base in listed]
    return stale


def _hide_ourselves(error: BaseException) -> None:
    """Cut our own frames and Sybil's off a traceback, so that it begins on the page."""
    tb = error.__traceback__
    while tb is not None and not linecache.cache.get(tb.tb_frame.f_code.co_filename):
        tb = tb.tb_next
    error.__traceback__ = tb


def _evaluate(example: Example) -> None:
    step = example.region.parsed
    if step["kind"] == "value":
        # a copy, so that an expression cannot give a name another meaning
        step["value"] = str(eval(compile(step["source"], "<data-expr>", "eval"), dict(example.namespace)))
        return
    if step["kind"] == "console":
        Path(step["file"]).write_text(step["script"], "utf-8")
        step["value"] = _run_console(step)
        return
    for part in step["parts"]:
        piece = Example(
            example.document, part["line"], 1, Region(0, 0, Lexeme(part["source"], 0, 0)), example.namespace
        )
        piece.path = part["path"]
        RUN(piece)


def _run_console(step: dict[str, Any]) -> str:
    environment = dict(os.environ)
    if step["checkout"]:
        from doccheck.checkout import lay_out  # late: few pages install anything

        environment = lay_out(Path(step["root"]), step["checkout"])
    return run_commands(step["commands"], [str(Path.cwd()), *step["folders"]], environment)


def _tell(report: IO[str], event: dict[str, Any]) -> None:
    report.write(json.dumps(event) + "\n")
    report.flush()


def _limit_files() -> None:
    with contextlib.suppress(ImportError):  # not on Windows; there only the page's time is limited
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_LIMIT, OUTPUT_LIMIT))


def main() -> None:
    """Run the job on stdin in the current folder."""
    job = json.load(sys.stdin)
    for path, text in job["sources"].items():
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")  # stdout itself becomes the page's
    sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    sys.argv = [job["path"]]
    sys.path[:0] = [str(Path.cwd())]
    _limit_files()
    run_page(job, report)
    _tell(report, {"finished": True})
    report.flush()
    os._exit(0)  # threads and exit handlers of the page must not keep us


if __name__ == "__main__":
    main()
