"""Find and end what a page's process has started and left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from doccheck.run.environment import MARK

PATIENCE = 5.0  # seconds for a process to end by itself after the page
GONE = (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess)


def end_tree(pid: int) -> None:
    """End a process and all that it has started, as far as they know of each other."""
    with suppress(*GONE):
        process = psutil.Process(pid)
        _end([*process.children(recursive=True), process])


def end_left_behind(around: Path, started: float, patience: float = PATIENCE) -> list[str]:
    """End the processes that still run though the page has ended; return what they are.

    around: the folder of the page's process, started at that time. A process belongs to the page if it has the
    page's environment, which every child inherits, or lies in its folder: sessions, groups and parents
    are what such a process may have changed.
    """
    found = list(_left_behind(around, started))
    if found:
        _, alive = psutil.wait_procs(found, timeout=patience)
        # in the meantime they may have started others
        found = sorted({*alive, *_left_behind(around, started)}, key=lambda process: process.pid)
    names = []
    for process in found:
        with suppress(*GONE):  # it has ended by now
            names.append(_name(process))
    _end(found)
    return names


def _left_behind(around: Path, started: float) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(*GONE, OSError):
            if process.create_time() < started - 1 or process.pid == os.getpid():
                continue
            if process.status() == psutil.STATUS_ZOMBIE:
                continue
            if process.environ().get(MARK) == str(around) or Path(process.cwd()).is_relative_to(around):
                yield process


def _name(process: psutil.Process) -> str:
    return " ".join(process.cmdline()[:6])[:80] or str(process.name())


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(*GONE):
            process.kill()
    psutil.wait_procs(processes, timeout=PATIENCE)
