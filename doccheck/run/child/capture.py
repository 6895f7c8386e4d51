"""Catch what the process that runs a page writes, at the level of file descriptors."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows alone has, and needs, the second
CHUNK = 65536


class Catcher:
    """Reads back what a standard stream wrote; its file descriptor leads to a file, which path names."""

    def __init__(self, number: int, name: str, path: Path) -> None:
        self.seen = 0  # bytes that have been read back
        self._number = number
        self._name = name
        self._written = os.open(path, READ)
        self._stream = os.fdopen(number, "w", encoding="utf-8", newline="\n", closefd=False)
        setattr(sys, name, self._stream)

    def flush(self) -> None:
        """Let all that was printed arrive in the file."""
        for stream in (getattr(sys, self._name, None), self._stream):
            with contextlib.suppress(AttributeError, OSError, ValueError):
                stream.flush()  # type: ignore[union-attr]

    def new_text(self) -> str:
        """Return what was written since the last call."""
        self.flush()
        data = b""
        while more := os.read(self._written, CHUNK):
            data += more
        self.seen += len(data)
        return in_lines(data)

    def divert(self, path: Path) -> None:
        """Write to another file from now on: this is a copy of the process, and the first file is not its own."""
        with path.open("ab") as file:
            os.dup2(file.fileno(), self._number)
        self._written = os.open(path, READ)


def in_lines(data: bytes) -> str:
    """Return what was written as text; Windows ends a line otherwise."""
    text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n") if os.linesep == "\r\n" else text
