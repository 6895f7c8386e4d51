"""Run something in a copy of this process, so that nothing which it does is there afterwards."""

from __future__ import annotations

import os
import selectors
import signal
import time
import warnings
from collections.abc import Callable

POSSIBLE = hasattr(os, "fork")


def run_apart(work: Callable[[], str], seconds: float | None) -> tuple[str | None, str]:
    """Return the line that work returns in a copy of this process, or None and why there is none.

    seconds: how long it may take, or None for as long as it likes.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # that a page has threads: the copy runs none of them; JAX says so, too
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", r"os\.fork\(\) was called", RuntimeWarning)
        child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            _write(writer, work() + "\n")
        finally:
            os._exit(0)
    os.close(writer)
    line = _read_line(reader, None if seconds is None else time.monotonic() + seconds)
    os.close(reader)
    if line is None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return None, f"it is still running after {seconds:g} seconds; it must come to its end"
    _, status = os.waitpid(child, 0)
    if line.endswith("\n"):
        return line, ""
    code = os.waitstatus_to_exitcode(status)
    return None, f"it ends Python itself (exit code {code}); it must run to its end"


def _write(writer: int, text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(writer, data) :]


def _read_line(reader: int, deadline: float | None) -> str | None:
    """Return what comes up to the end of a line, or of all; None where the deadline comes first.

    Not up to the end of all alone: a process that the copy leaves behind may hold the other end.
    """
    data = b""
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        while not data.endswith(b"\n"):
            left = None if deadline is None else deadline - time.monotonic()
            if not selector.select(left if left is None else max(left, 0.0)):
                return None
            more = os.read(reader, 65536)
            if not more:
                break
            data += more
    return data.decode()
