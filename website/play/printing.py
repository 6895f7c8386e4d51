"""What a program prints in the browser: kept, and told in pieces while it runs."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

PIECE = 0.1  # seconds between two pieces of what a long run prints
MOST = 200_000  # characters that are told while it runs


class Printed(io.TextIOBase):
    """What a program prints: kept, and told in pieces while it runs."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.text = ""
        self._told = 0
        self._last = -PIECE  # the first piece is told at once: what follows may never end
        self._left = MOST
        self._say = say

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        if time.monotonic() - self._last > PIECE:
            self.tell()
        return len(text)

    def tell(self) -> int:
        """Say what has not been said yet; a loop that prints for ever is heard no more after a while."""
        if piece := self.text[self._told :][: self._left]:
            self._say(piece)
            self._left -= len(piece)
        self._told, self._last = len(self.text), time.monotonic()
        return self._told


class Printing:
    """While it lasts, what is printed is kept and told."""

    def __init__(self, say: Callable[[str, str], None]) -> None:
        self.streams = Printed(lambda text: say("stdout", text)), Printed(lambda text: say("stderr", text))

    def __enter__(self) -> Printed:
        self._before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.streams
        return self.streams[0]

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._before
        for stream in self.streams:
            stream.tell()
