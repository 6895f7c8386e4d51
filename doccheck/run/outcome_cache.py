"""What programs did: in this run, so that each runs once; and for `mkdocs serve`, on disk from run to run.

pytest and `mkdocs build` run every program; only the server starts from what it finds on disk. Where both are asked
for one after the other, as by `make test`, DOCCHECK_OUTCOMES names a folder in which pytest leaves what programs
did, and a build takes it from there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from doccheck.base.settings import Settings
from doccheck.run.protocol import Outcome, decode, encode

SIZE_LIMIT = 64 * 1024 * 1024  # bytes that outcomes may take on disk
HANDED_ON = "DOCCHECK_OUTCOMES"


@cache
def _installed() -> str:
    """Return the packages of this environment with their versions; a server does not see them change."""
    return "\n".join(sorted(f"{d.name} {d.version}" for d in metadata.distributions()))


class Cache:
    """A folder with one file for each program, named by all that its outcome depends on.

    code: folders whose files pages import or read, and single files. timeout: in seconds; it decides what counts
    as endless. Where the folder has grown over its limit, the files that nobody has asked for the longest go.
    """

    def __init__(self, folder: Path, code: Iterable[Path], timeout: float, limit: int = SIZE_LIMIT) -> None:
        self._folder = folder
        digest = hashlib.sha256(f"{sys.version} {platform.platform()} {platform.processor()} {timeout}".encode())
        digest.update(_installed().encode())
        for file in sorted(file for place in code for file in _files(place)):
            digest.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        self._salt = digest.digest()
        self._tidy(limit)

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(self._salt + key.encode()).hexdigest()}.json"

    def get(self, key: str) -> dict[str, Outcome] | None:
        """Return what the program with this key did, by alias; None if it has not run like this."""
        file = self._file(key)
        try:
            found: dict[str, Outcome] = decode(file.read_text("utf-8"))
            os.utime(file)
        except (OSError, ValueError, TypeError, KeyError):  # not there, half a file, or of another version
            return None
        return found

    def put(self, key: str, outcomes: dict[str, Outcome]) -> None:
        """Keep what the program with this key did."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._file(key).with_suffix(".partial")
        partial.write_text(encode(outcomes), "utf-8")
        partial.replace(self._file(key))

    def _tidy(self, limit: int) -> None:
        found = []
        for file in self._folder.glob("*.*"):
            with contextlib.suppress(FileNotFoundError):  # another server tidies too
                found.append((file.stat().st_mtime_ns, file.stat().st_size, file))
        used = 0
        for _, size, file in sorted(found, reverse=True):
            used += size
            if used > limit:
                file.unlink(missing_ok=True)


def _files(place: Path) -> list[Path]:
    """Return a file, or all files below a folder, but for what Python itself writes there."""
    if place.is_file():
        return [place]
    return [file for file in place.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def outcomes_in(folder: Path, settings: Settings) -> Cache:
    """Return what is known there of a project's programs."""
    return Cache(folder, [*settings.code, settings.root / "pyproject.toml"], settings.timeout)


def handed_on(settings: Settings) -> Cache | None:
    """Return the same for the folder through which a run of pytest and a build know of each other, if there is one."""
    folder = os.environ.get(HANDED_ON)
    return outcomes_in(Path(folder), settings) if folder else None


class Ran:
    """What the programs of this run did, by key; disk is where it is found and kept beyond the run, or None.

    anew: what is on disk already does not count, so each program runs.
    """

    def __init__(self, disk: Cache | None = None, *, anew: bool = False) -> None:
        self._disk, self._anew = disk, anew
        self._kept: dict[str, dict[str, Outcome]] = {}

    def get(self, key: str) -> dict[str, Outcome] | None:
        """Return what the program with this key did, by alias; None if it has not run yet."""
        if key not in self._kept and self._disk is not None and not self._anew:
            found = self._disk.get(key)
            if found is not None:
                self._kept[key] = found
        return self._kept.get(key)

    def put(self, key: str, outcomes: dict[str, Outcome], *, lasting: bool) -> None:
        """Keep what the program with this key did; lasting: beyond this run, where there is a disk for it."""
        self._kept[key] = outcomes
        if lasting and self._disk is not None:
            self._disk.put(key, outcomes)
