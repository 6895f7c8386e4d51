"""Run pages in child processes, several at once; a program that several pages share runs once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from doccheck.base.problem import Fault
from doccheck.base.settings import Settings
from doccheck.base.text import gist
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import expected_errors
from doccheck.page.model import NOTEBOOK
from doccheck.page.notebook.outputs import shown_text
from doccheck.run.child.checkout import named_in
from doccheck.run.environment import SEED
from doccheck.run.outcome_cache import Ran
from doccheck.run.process import Report, run_job
from doccheck.run.program import Outcomes, Program
from doccheck.run.protocol import Attempt, Begun, Console, Ended, Finished, Job, Outcome, PutOff, Step
from doccheck.run.unchanged import changed, state


def run_programs(
    programs: Sequence[Program], settings: Settings, ran: Ran | None = None, seed: str = SEED
) -> list[Outcomes]:
    """Run every distinct program once, as many at a time as there are cores; return outcomes in order.

    A program that ran knows of does not run again. seed: of the hashes of strings, by which sets are ordered.
    """
    known = ran or Ran()
    groups: dict[str, list[int]] = {}
    for index, program in enumerate(programs):
        groups.setdefault(program.key, []).append(index)

    def run(indexes: list[int]) -> list[Outcomes]:
        return _run_group([programs[i] for i in indexes], settings, known, seed)

    found: dict[int, Outcomes] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for indexes, outcomes in zip(groups.values(), pool.map(run, groups.values()), strict=True):
            found |= zip(indexes, outcomes, strict=True)
    return [found[index] for index in range(len(programs))]


def _run_group(group: list[Program], settings: Settings, ran: Ran, seed: str) -> list[Outcomes]:
    """Run a program for all pages that share it; if it has surprises, once for each, so that each has its own lines."""
    first = group[0]
    known = ran.get(first.key)
    if known is None:
        known = _run_alone(first, settings, ran, seed)
        if _has_surprises(first, known):
            return [first.by_start(known), *(p.by_start(_run_alone(p, settings, ran, seed)) for p in group[1:])]
        ran.put(first.key, known, lasting=True)
    return [program.by_start(known) for program in group]


def _run_alone(program: Program, settings: Settings, ran: Ran, seed: str) -> dict[str, Outcome]:
    """Run a program of one page, unless this very one, with the lines that tracebacks name, has run before."""
    known = ran.get(program.own_key)
    if known is None:
        known = program.by_alias(run_program(program, settings, seed))
        ran.put(program.own_key, known, lasting=False)
    return known


def _has_surprises(program: Program, known: dict[str, Outcome]) -> bool:
    expected = set(expected_errors(program.page.fences))
    for exercise in find_exercises(program.page):
        expected |= exercise.errors.keys()
    for start, outcome in program.by_start(known).items():
        if outcome.lost or outcome.warned or outcome.left:
            return True
        if outcome.error and outcome.stopped is None and start not in expected:
            return True
    return False


def run_program(program: Program, settings: Settings, seed: str = SEED) -> Outcomes:
    """Run one program in a child process, in a folder that is thrown away, for settings.timeout seconds at most."""
    if not program.steps:
        return {}
    before = state(settings)
    report = run_job(_job(program, settings), settings.root, settings.timeout, seed)
    put_off = {event.start for event in report.events if isinstance(event, PutOff)}
    steps = [step for step in program.steps if step.start not in put_off]
    outcomes = _outcomes(steps, report, program, settings)
    for step in program.steps:
        if step.start in put_off:
            other = run_job(_job(program, settings, alone=step), settings.root, settings.timeout, seed)
            outcomes |= _outcomes([step], other, program, settings)
    for fault in _left(report):
        outcomes = _with_left(outcomes, _last(program), fault)
    for file in changed(before, state(settings)):
        fault = Fault(f"{file} changed while this page ran", "let the page write into its own folder, or run again")
        outcomes = _with_left(outcomes, _last(program), fault)
    return outcomes


def _job(program: Program, settings: Settings, alone: Step | None = None) -> Job:
    """Return the job of a page; with alone, that of a process for one step that runs apart.

    In such a process all that the page does above runs once more; it takes the place of a copy of the page's process
    where a system cannot make one.
    """
    steps = program.steps
    if alone is not None:
        above = [step for step in steps if not step.apart and step.place < alone.place]
        steps = [*above, alone]
    page, root = program.page, os.path.realpath(settings.root)
    found = tuple(_completed(step, settings) for step in steps)
    number = None if alone is None else alone.start
    script = None if page.path.suffix == NOTEBOOK else f"{page.path.stem}.py"
    return Job(page.name, page.text, script, found, root=root, hidden=(root, sys.prefix), alone=number)


def _completed(step: Step, settings: Settings) -> Step:
    """Return a step with what the settings say of it."""
    if isinstance(step, Console) and named_in(step.commands, settings.checkout):
        return replace(step, checkout=settings.checkout)
    if isinstance(step, Attempt):
        return replace(step, seconds=settings.timeout / 4)  # a page has time for one that never ends
    return step


def _outcomes(steps: Sequence[Step], report: Report, program: Program, settings: Settings) -> Outcomes:
    """Return what each of some steps did, or why it did nothing."""
    ended: Outcomes = {}
    begun = None if report.events or not steps else steps[0].start
    for event in report.events:
        if isinstance(event, Begun):
            begun = event.start
        elif isinstance(event, Ended):
            ended[event.start] = _with_text(event.outcome)
            begun = None
    outcomes: Outcomes = {}
    for step in steps:
        reason = "not run: an example above ended the page's process"
        if step.start == begun:
            reason = _ending(report, program.page.spelling.example, settings.timeout)
        outcomes[step.start] = ended.get(step.start, Outcome(lost=reason))
    return outcomes


def _ending(report: Report, example: str, timeout: float) -> str:
    """Say why a step that has begun has not ended."""
    if not report.events:
        return f"the page's process did not start: {report.errors.strip()[-500:]}"
    if report.code is None:
        return f"{example} is still running after {timeout:g} seconds; a page must come to its end"
    return f"{example} ends Python itself (exit code {report.code}); a page must run to its end"


def _left(report: Report) -> Iterator[Fault]:
    """Yield what a page does after its last step, where no reader sees it, and what it leaves behind."""
    wait = "let an example wait for"
    if report.printed.strip():
        yield Fault(f"after its last example the page prints {_first_line(report.printed)}", f"{wait} it")
    if report.warned.strip():
        yield Fault(f"after its last example the page writes to stderr: {gist(report.warned)}", "fix it")
    finished = bool(report.events) and isinstance(report.events[-1], Finished)
    if report.threads or (finished and report.code is None):
        yield Fault("a thread still runs after the page's last example", f"{wait} its end")
    elif finished and report.code:
        yield Fault(f"after its last example the page ends Python with exit code {report.code}", "let it end by itself")
    for name in report.left:
        yield Fault(f"the page leaves a process running: {name}", f"{wait} it or end it")


def _first_line(text: str) -> str:
    return repr(text.strip().split("\n")[0])


def _last(program: Program) -> int:
    """Return the last place at which a page runs something that stays."""
    return max((step for step in program.steps), key=lambda step: (not step.apart, step.place)).start


def _with_left(outcomes: Outcomes, start: int, fault: Fault) -> Outcomes:
    outcome = outcomes[start]
    return {**outcomes, start: replace(outcome, left=(*outcome.left, (fault.says, fault.remedy)))}


def _with_text(outcome: Outcome) -> Outcome:
    """Return what a cell did with all of its text, which stands in its outputs."""
    return replace(outcome, text=shown_text(outcome.outputs)) if outcome.outputs else outcome
