"""--fix: write what the code prints into the pages, by offsets, whole files at a time."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from doccheck.base.text import Edit
from doccheck.page.model import Page


class ChangedMeanwhileError(Exception):
    """The file is not what was checked, so offsets into it mean nothing."""


def write_page(page: Page, edits: Iterable[Edit]) -> None:
    """Write a page with its edits; a file is replaced whole or left alone.

    Raises ChangedMeanwhileError where the file is no longer what was read.
    """
    new = page.edited(edits).encode("utf-8")
    if page.path.read_bytes() != page.raw.encode("utf-8"):
        raise ChangedMeanwhileError(f"{page.name} changed while it was being checked; nothing written, run again")
    target = page.path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(target.stat().st_mode))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
