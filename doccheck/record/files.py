"""The files of the record: one for each folder of pages, a short line for each section, in alphabetical order.

A folder without a file is not checked: nobody has read its pages yet.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

FIRST = "# `pytest docs --read` writes this: a digest of each section, in each language, as somebody has read it.\n"


class RecordError(Exception):
    """A line of a record cannot be read."""


def record_path(folder: Path, name: str) -> Path:
    """Return the file for a folder of pages."""
    return folder / f"{name}.txt"


def read_record(path: Path) -> dict[str, dict[str, str]] | None:
    """Return what is recorded of each section, by column; None where there is no such file. Raises RecordError."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, *columns = line.split()
        if key in found or not columns or not all("=" in column for column in columns):
            why = "stands there twice" if key in found else "has no digests"
            raise RecordError(f"{path}:{number}: {key} {why}; delete the line and read that section again")
        found[key] = {}
        for column in columns:
            name, _, digest = column.partition("=")
            found[key][name] = digest
    return found


def write_record(path: Path, record: Mapping[str, Mapping[str, str]]) -> None:
    """Replace a file of the record as a whole."""
    rows = []
    for key, columns in sorted(record.items()):
        rows.append(f"{key} {' '.join(f'{column}={digest}' for column, digest in columns.items())}\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(FIRST + "".join(rows))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
