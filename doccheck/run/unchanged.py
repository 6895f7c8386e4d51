"""Notice that somebody changed the project while a page ran: its outcome means nothing then, nor do others'."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from doccheck.base.settings import Settings

State = dict[str, tuple[int, int]]
PASSED_OVER = {"__pycache__"}


def state(settings: Settings) -> State:
    """Return the files that pages are, import and read, with their size and time of change."""
    found: State = {}
    for file in _files(settings):
        with suppress(FileNotFoundError):
            about = file.stat()
            found[settings.name(Path(file.path))] = about.st_size, about.st_mtime_ns
    return found


def changed(before: State, after: State) -> list[str]:
    """Return the files that are new, gone or other than before."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _files(settings: Settings) -> Iterator[os.DirEntry[str]]:
    """Yield the files beside pyproject.toml, and those in the folders of code and pages."""
    root = settings.root.resolve()
    with os.scandir(root) as entries:
        yield from (entry for entry in entries if _counts(entry) and entry.is_file())
    folders = {place.resolve() for place in (*settings.code, settings.docs) if place.is_dir()}
    for folder in sorted(folders - {root}):
        yield from _below(folder)


def _below(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if _counts(entry):
                    yield from _below(entry.path)
            elif _counts(entry) and entry.is_file():
                yield entry


def _counts(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.name not in PASSED_OVER
