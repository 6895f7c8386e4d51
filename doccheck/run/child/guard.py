"""Keep a page from writing into the checkout: other pages run there at the same time, and it is somebody's work.

Python tells a hook of every file that it opens, moves or deletes. What a page's own child processes do is
not seen here; the checker looks at the checkout afterwards.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

CHANGES = {
    "os.chmod",
    "os.chown",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "os.utime",
    "shutil.rmtree",
}
LINKS = {"os.link", "os.symlink"}  # these change the second of their paths alone
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def guard(root: str, around: Path) -> None:
    """Refuse from now on to change what lies below root; around, the process's own folder, may lie there."""
    allowed = [str(around)]
    temporary = os.path.realpath(tempfile.gettempdir())
    if _inside(temporary, root):
        allowed.append(temporary)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            changed = [path] if _writes(mode, flags) else []
        elif event in CHANGES:
            changed = list(arguments[:2])
        elif event in LINKS:
            changed = [arguments[1]]
        else:
            return
        for path in changed:
            if isinstance(path, str | bytes | os.PathLike) and _is_kept(path, root, allowed):
                name = os.path.relpath(os.path.realpath(os.fsdecode(path)), root)
                raise PermissionError(f"a page must not write into the project: {name}")

    sys.addaudithook(refuse)


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & WRITES)


def _is_kept(path: str | bytes | os.PathLike[Any], root: str, allowed: list[str]) -> bool:
    real = os.path.realpath(os.fsdecode(path))
    if not _inside(real, root) or any(_inside(real, folder) for folder in allowed):
        return False
    return "__pycache__" not in real  # where Python itself keeps what it has compiled


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
