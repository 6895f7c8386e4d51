"""One page's process: started in a folder that is thrown away, ended in time, and all that it started with it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from doccheck.run.child.capture import in_lines
from doccheck.run.environment import SEED, page_environment
from doccheck.run.leftovers import end_left_behind, end_tree
from doccheck.run.protocol import JOB, REPORT, STDERR, STDOUT, THREADS, Event, Finished, Job, decode, encode

COMMAND = [sys.executable, "-W", "default", "-m", "doccheck.run.child"]


@dataclass(frozen=True)
class Report:
    """What came of a page's process.

    events: what it told. code: its exit code, None where it had to be ended. errors: all that it wrote to stderr.
    printed, warned: what it wrote after its last step. threads: where its threads were when they had to be ended,
    empty where they ended by themselves. left: the processes that it left behind.
    """

    events: tuple[Event, ...]
    code: int | None
    errors: str
    printed: str = ""
    warned: str = ""
    threads: str = ""
    left: tuple[str, ...] = ()


def run_job(job: Job, root: Path, timeout: float, seed: str = SEED) -> Report:
    """Run a job in a process of its own, for timeout seconds at most; root is the project."""
    with tempfile.TemporaryDirectory(prefix="doccheck-", ignore_cleanup_errors=True) as name:
        around = Path(name).resolve()
        for folder in ("page", "home"):  # the page sees the first; what lies beside it is ours
            (around / folder).mkdir()
        (around / JOB).write_text(encode(job), "utf-8")
        started = time.time()
        code = _run(around, page_environment(root, around, seed), timeout)
        left = end_left_behind(around, started)
        return _report(around, code, tuple(left))


def _run(around: Path, environment: dict[str, str], timeout: float) -> int | None:
    """Start the process and wait for its end; return its exit code, None if it had to be ended."""
    with (around / STDOUT).open("ab") as stdout, (around / STDERR).open("ab") as stderr:
        child = subprocess.Popen(
            COMMAND,
            cwd=around / "page",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,  # so that Ctrl-C in the terminal ends us, and we it
        )
    late = threading.Event()

    def end() -> None:
        late.set()
        end_tree(child.pid)

    clock = threading.Timer(timeout, end)
    clock.start()
    try:
        code = child.wait()
    except BaseException:
        end_tree(child.pid)
        raise
    finally:
        clock.cancel()
    return None if late.is_set() else code


def _report(around: Path, code: int | None, left: tuple[str, ...]) -> Report:
    events = tuple(_events(around / REPORT))
    errors = (around / STDERR).read_bytes()
    report = Report(events, code, in_lines(errors), left=left)
    if not events or not isinstance(events[-1], Finished):
        return report
    printed = (around / STDOUT).read_bytes()[events[-1].printed :]
    warned = errors[events[-1].warned :]
    threads = (around / THREADS).read_text("utf-8", "replace")
    return Report(events, code, report.errors, in_lines(printed), in_lines(warned), threads, left)


def _events(file: Path) -> Iterator[Event]:
    """Yield what the process told, up to where it was cut off in the middle of a word."""
    if file.exists():
        for line in file.read_text("utf-8").split("\n")[:-1]:
            yield decode(line)
