"""The child process that runs one page: reads its job from a file, writes one line for each event.

A process of its own, so that nothing a page does (an endless loop, os._exit, a changed print option) can
touch another page's verdict. What examples print is caught at the level of file descriptors, so that the
output of a child process or of C code counts too. After the last step Python ends as it does after a script,
so what threads, exit handlers and finalizers print is seen as well.
"""

from __future__ import annotations

import contextlib
import faulthandler
import linecache
import os
import sys
import traceback
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sybil import Document, Example, Region

from doccheck.base.text import lines
from doccheck.run.child import apart
from doccheck.run.child.capture import Catcher
from doccheck.run.child.evaluators import (
    EvaluateCell,
    EvaluateCode,
    EvaluateConsole,
    Parser,
    evaluate_attempt,
    evaluate_expression,
    evaluate_lookup,
    parser,
)
from doccheck.run.child.guard import guard
from doccheck.run.child.harmless import evaluate_here
from doccheck.run.protocol import (
    JOB,
    REPORT,
    STDERR,
    STDOUT,
    THREADS,
    Attempt,
    Begun,
    Cell,
    Code,
    Console,
    Ended,
    Event,
    Expression,
    Finished,
    Job,
    Lookup,
    Outcome,
    Part,
    PutOff,
    Step,
    decode,
    encode,
)

PATIENCE = 10.0  # seconds for Python to end after the last step
OUTPUT_LIMIT = 4 * 1024 * 1024  # bytes that a page may print, and any file it may write


class PageRun:
    """One page's steps, run in one namespace, whose __name__ is "__main__"; each is reported.

    around holds the folder in which the page runs, and what it does not see.
    """

    def __init__(self, job: Job, around: Path, moved: Mapping[str, int]) -> None:
        self._around = around
        self._alone = job.alone
        main = types.ModuleType("__main__")
        if job.script is not None:
            main.__file__ = str(Path.cwd() / job.script)
        sys.modules["__main__"] = main
        self._stdout = Catcher(1, "stdout", around / STDOUT)
        self._stderr = Catcher(2, "stderr", around / STDERR)
        self._document = Document(job.text, job.path)
        self._document.namespace = main.__dict__
        regions = [region for parse in parsers(job, self._stdout, moved) for region in parse(self._document)]
        # last first, for Sybil puts what begins at the same place before what it has there
        for region in sorted(regions, key=_order, reverse=True):
            self._document.add(region)
        self._listed: set[str] = set()

    def run(self) -> None:
        """Run all steps, in the order of the page."""
        for example in self._document.examples():
            step = example.region.parsed.step
            self._tell(Begun(step.start))
            if not step.apart or step.start == self._alone:
                outcome: Outcome | None = self._run_here(example)
            elif apart.POSSIBLE:
                outcome = self._run_apart(example)
            else:
                outcome = _run_harmless(example)
            self._tell(PutOff(step.start) if outcome is None else Ended(step.start, outcome))
        self._stdout.flush()
        self._stderr.flush()
        self._tell(Finished(self._stdout.seen, self._stderr.seen))

    def _run_apart(self, example: Example) -> Outcome:
        """Run a step in a copy of this process: a.pop() in a sentence must not change what the page prints."""
        step = example.region.parsed.step
        self._stdout.flush()
        self._stderr.flush()

        def run() -> str:
            # what the page's threads print meanwhile goes on into the page's own files
            self._stdout.divert(self._around / f"{STDOUT}-{step.start}")
            self._stderr.divert(self._around / f"{STDERR}-{step.start}")
            return encode(self._run_here(example))

        line, why = apart.run_apart(run, step.seconds)
        outcome: Outcome = Outcome(lost=why) if line is None else decode(line)
        return outcome

    def _run_here(self, example: Example) -> Outcome:
        step = example.region.parsed.step
        if isinstance(step, Code):
            self._listed.update(step.defines or ())
        outcome = _evaluated(example)
        if isinstance(step, Expression | Lookup | Attempt):
            return outcome
        # afterwards, for what runs may define the classes anew: the code so far does
        if not isinstance(step, Code) or step.defines is None:
            outcome = replace(outcome, stale=tuple(_stale_bases(self._listed, example.namespace)))
        printed, warned = self._stdout.new_text(), self._stderr.new_text()
        if isinstance(step, Cell):
            return outcome  # what it prints is among its outputs; stderr, a progress bar, is no part of the page
        return replace(outcome, text=outcome.text or printed, warned=warned)

    def _tell(self, event: Event) -> None:
        with unlimited(), (self._around / REPORT).open("a", encoding="utf-8") as report:
            report.write(encode(event) + "\n")


def _order(region: Region) -> tuple[int, bool, int]:
    step = region.parsed.step
    return step.place, not step.apart, step.start


def parsers(job: Job, stdout: Catcher, moved: Mapping[str, int]) -> Iterable[Parser]:
    """Return a parser for each kind of step that a job may have."""
    return (
        parser(Code, job.steps, EvaluateCode(moved)),
        parser(Cell, job.steps, EvaluateCell(stdout.new_text)),
        parser(Expression, job.steps, evaluate_expression),
        parser(Lookup, job.steps, evaluate_lookup),
        parser(Attempt, job.steps, evaluate_attempt),
        parser(Console, job.steps, EvaluateConsole(job)),
    )


def _evaluated(example: Example) -> Outcome:
    """Run one step and return what it shows, or its error; what it prints is caught elsewhere."""
    running = example.region.parsed
    try:
        example.evaluate()
    except BaseException as error:  # a page may raise anything, SystemExit too
        _hide_ourselves(error)
        outputs = running.outputs
        said = outputs[-1]["traceback"][0] if outputs else _last_line(error)
        return Outcome(error=said, traceback="".join(traceback.format_exception(error)), outputs=outputs)
    return running.outcome or Outcome(text=running.shown or "", outputs=running.outputs)


def _run_harmless(example: Example) -> Outcome | None:
    """Return what a step did where it can be run without changing anything; None where it must run elsewhere."""
    step = example.region.parsed.step
    if isinstance(step, Lookup):
        return _evaluated(example)
    if not isinstance(step, Expression):
        return None
    try:
        return Outcome(text=evaluate_here(step.source, example.namespace))
    except BaseException:  # an error may be one of the expression, but its traceback is better without us
        return None


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


def limit_files() -> None:
    """Let no file grow beyond bounds that this process writes to: an endless loop may print."""
    with contextlib.suppress(ImportError):  # not on Windows; there only the page's time is limited
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_LIMIT, most))


@contextlib.contextmanager
def unlimited() -> Iterator[None]:
    """Lift the limit for the report, which may hold many pictures."""
    try:
        import resource
    except ImportError:
        yield
        return
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        yield
    finally:
        limit_files()


def _parts(step: Step) -> tuple[Part, ...]:
    if isinstance(step, Code):
        return step.parts
    if isinstance(step, Cell):
        return (step.part,)
    if isinstance(step, Attempt):
        return (*step.parts, step.check)
    return ()


def _code(job: Job) -> tuple[dict[str, str], dict[str, int]]:
    """Return the code of a job by the names under which it is compiled, each part on its own lines.

    So tracebacks and inspect find it. A class is looked for in the script's file: that begins with the page's lines,
    and has the code of other pages behind them. The second table says how far.
    """
    rows: dict[str, list[str]] = {job.path: []}
    for step in job.steps:
        for part in _parts(step):
            source = lines(part.source)
            own = rows.setdefault(part.path, [])
            own += [""] * (part.line + len(source) - len(own))
            own[part.line : part.line + len(source)] = source
    texts = {path: "".join(f"{row}\n" for row in own) for path, own in rows.items()}
    moved: dict[str, int] = {}
    if job.script is not None:
        script: list[str] = []
        for path, own in rows.items():
            moved[path] = len(script)
            script += own
        texts[str(Path.cwd() / job.script)] = "".join(f"{row}\n" for row in script)
    return texts, moved


def main() -> None:
    """Run the job in the folder around the current one."""
    around = Path.cwd().parent
    job: Job = decode((around / JOB).read_text("utf-8"))
    texts, moved = _code(job)
    for path, text in texts.items():
        linecache.cache[path] = (len(text), None, lines(text, keepends=True), path)
    sys.argv = [job.script or job.path]
    sys.path[:0] = [str(Path.cwd())]
    os.umask(0o022)
    limit_files()
    guard(job.root, around)
    PageRun(job, around, moved).run()
    # a thread that is still running keeps Python from ending, as it would after a script, but not for ever
    threads = os.open(around / THREADS, os.O_WRONLY | os.O_CREAT)
    faulthandler.dump_traceback_later(PATIENCE, exit=True, file=threads)


if __name__ == "__main__":
    main()
