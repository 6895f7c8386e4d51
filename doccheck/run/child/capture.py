"""Catch what the process that runs a page writes, at the level of file descriptors."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile


class Catcher:
    """Sends a standard stream's file descriptor to a temporary file and reads back what came."""

    def __init__(self, number: int, name: str) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (open for as long as the process)
        self._name = name
        self._seen = 0
        os.dup2(self._file.fileno(), number)
        setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", newline="\n", closefd=False))

    def new_text(self) -> str:
        """Return what was written since the last call."""
        with contextlib.suppress(OSError, ValueError):
            getattr(sys, self._name).flush()
        size = os.fstat(self._file.fileno()).st_size
        data = os.pread(self._file.fileno(), size - self._seen, self._seen)
        self._seen = size
        return data.decode("utf-8", "replace")
