"""What programs did when they last ran, kept on disk so that `mkdocs serve` starts and reloads in a moment.

Only the server uses it. pytest and `mkdocs build` run every program each time.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from doccheck.protocol import Outcome, decode, encode


@cache
def _installed() -> str:
    """Return the packages of this environment with their versions; a server does not see them change."""
    return "\n".join(sorted(f"{d.name} {d.version}" for d in metadata.distributions()))


class Cache:
    """A folder with one file for each program, named by all that its outcome depends on.

    code: folders of Python files that pages import, and single files. timeout: in seconds; it decides what
    counts as endless.
    """

    def __init__(self, folder: Path, code: Iterable[Path], timeout: float) -> None:
        self._folder = folder
        digest = hashlib.sha256(f"{sys.version} {platform.platform()} {platform.processor()} {timeout}".encode())
        digest.update(_installed().encode())
        for file in sorted(file for place in code for file in ([place] if place.is_file() else place.rglob("*.py"))):
            digest.update(str(file).encode() + b"\0" + file.read_bytes())
        self._salt = digest.digest()

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(self._salt + key.encode()).hexdigest()}.json"

    def get(self, key: str) -> dict[str, Outcome] | None:
        """Return what the program with this key did, by alias; None if it has not run like this."""
        try:
            found: dict[str, Outcome] = decode(self._file(key).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found

    def put(self, key: str, outcomes: dict[str, Outcome]) -> None:
        """Keep what the program with this key did."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._file(key).with_suffix(".partial")
        partial.write_text(encode(outcomes), "utf-8")
        partial.replace(self._file(key))
