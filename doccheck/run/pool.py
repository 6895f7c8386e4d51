"""Run pages in child processes, several at once; a program that several pages share runs once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from doccheck.base.settings import Settings
from doccheck.page.fences import expected_errors
from doccheck.page.notebook.outputs import shown_text
from doccheck.run.arithmetic import is_reference, pinned
from doccheck.run.child.checkout import named_in
from doccheck.run.outcome_cache import Ran
from doccheck.run.program import Outcomes, Program
from doccheck.run.protocol import Begun, Console, Ended, Event, Job, Outcome, Step, decode, encode

PERSONAL = ("PYTEST_ADDOPTS", "PYTHONSTARTUP", "PYTHONWARNINGS")  # what somebody likes to see is no part of a page
# one thread and no colours: what a page prints must not depend on who runs it
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "NO_COLOR": "1",
    "PYTHON_COLORS": "0",
    "PYTHONUTF8": "1",
    "COLUMNS": "80",
}


def run_programs(programs: Sequence[Program], settings: Settings, ran: Ran | None = None) -> list[Outcomes]:
    """Run every distinct program once, as many at a time as there are cores; return outcomes in order.

    A program that ran knows of does not run again.
    """
    known = ran or Ran()
    groups: dict[str, list[int]] = {}
    for index, program in enumerate(programs):
        groups.setdefault(program.key, []).append(index)

    def run(indexes: list[int]) -> list[Outcomes]:
        return _run_group([programs[i] for i in indexes], settings, known)

    found: dict[int, Outcomes] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for indexes, outcomes in zip(groups.values(), pool.map(run, groups.values()), strict=True):
            found |= zip(indexes, outcomes, strict=True)
    return [found[index] for index in range(len(programs))]


def _run_group(group: list[Program], settings: Settings, ran: Ran) -> list[Outcomes]:
    """Run a program for all pages that share it; if it has surprises, once for each, so that each has its own lines."""
    first = group[0]
    known = ran.get(first.key)
    if known is None:
        known = _run_alone(first, settings, ran)
        if _has_surprises(first, known):
            return [first.by_start(known), *(p.by_start(_run_alone(p, settings, ran)) for p in group[1:])]
        ran.put(first.key, known, lasting=True)
    return [program.by_start(known) for program in group]


def _run_alone(program: Program, settings: Settings, ran: Ran) -> dict[str, Outcome]:
    """Run a program of one page, unless this very one, with the lines that tracebacks name, has run before."""
    known = ran.get(program.own_key)
    if known is None:
        known = program.by_alias(run_program(program, settings))
        ran.put(program.own_key, known, lasting=False)
    return known


def _has_surprises(program: Program, known: dict[str, Outcome]) -> bool:
    expected = expected_errors(program.page.fences)
    for start, outcome in program.by_start(known).items():
        if outcome.lost or outcome.warned or (outcome.error and start not in expected):
            return True
    return False


def run_program(program: Program, settings: Settings) -> Outcomes:
    """Run one program in a child process, in a folder that is thrown away, for settings.timeout seconds at most."""
    timeout, example = settings.timeout, program.page.spelling.example
    if not program.steps:
        return {}
    given = encode(_job(program, settings)).encode()
    with tempfile.TemporaryDirectory(prefix="doccheck-", ignore_cleanup_errors=True) as around:
        folder = Path(around, "page")  # what the page does not see lies beside it
        folder.mkdir()
        child = subprocess.Popen(
            [sys.executable, "-W", "default", "-m", "doccheck.run.child"],
            cwd=folder,
            env=_environment(settings.root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            events, errors = child.communicate(given, timeout)
            ending = f"{example} ends Python itself (exit code {child.returncode}); a page must run to its end"
        except subprocess.TimeoutExpired:
            _kill(child)
            events, errors = child.communicate()
            ending = f"{example} is still running after {timeout:g} seconds; a page must come to its end"
        finally:
            _kill(child)
    return _outcomes(program, events.decode(), ending, errors.decode("utf-8", "replace"))


def _job(program: Program, settings: Settings) -> Job:
    page, root = program.page, str(settings.root.resolve())
    steps = tuple(_with_checkout(step, settings.checkout) for step in program.steps)
    return Job(page.name, page.text, program.sources, steps, root=root, hidden=(root, sys.prefix))


def _with_checkout(step: Step, checkout: str | None) -> Step:
    if isinstance(step, Console) and named_in(step.commands, checkout):
        return replace(step, checkout=checkout)
    return step


def _environment(root: Path) -> dict[str, str]:
    home = Path(__file__).resolve().parents[2]
    path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH"), str(home)]))
    kept = {name: value for name, value in os.environ.items() if name not in PERSONAL}
    return {**kept, **ENVIRONMENT, **pinned(kept), "PYTHONPATH": path}


@cache
def exact_digits() -> bool:
    """Say whether pages run on the reference arithmetic here, so that every digit must agree."""
    return is_reference(sys.executable, tuple(_environment(Path.cwd()).items()))


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and whatever it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()


def _outcomes(program: Program, report: str, ending: str, errors: str) -> Outcomes:
    outcomes: Outcomes = {}
    begun: int | None = None
    for event in _events(report):
        if isinstance(event, Begun):
            begun = event.start
        elif isinstance(event, Ended):
            outcomes[event.start] = _with_text(event.outcome)
            begun = None
        else:
            return outcomes
    if begun is None and not outcomes and program.steps:
        begun, ending = program.steps[0].start, f"the page's process did not start: {errors.strip()[-500:]}"
    for step in program.steps:
        if step.start not in outcomes:
            reason = ending if step.start == begun else "not run: an example above ended the page's process"
            outcomes[step.start] = Outcome(lost=reason)
    return outcomes


def _events(report: str) -> Iterator[Event]:
    """Yield what a page's process tells, up to where it was cut off in the middle of a word."""
    for line in report.split("\n")[:-1]:
        yield decode(line)


def _with_text(outcome: Outcome) -> Outcome:
    """Return what a cell did with all of its text, which stands in its outputs."""
    return replace(outcome, text=shown_text(outcome.outputs)) if outcome.outputs else outcome
