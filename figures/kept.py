"""Pictures that take long to compute, kept in .cache/figures until what they are made from changes."""

import hashlib
import json
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import numpy as np

from figures.programs import ROOT, source

FOLDER = ROOT / ".cache" / "figures"
MADE_WITH = ("figures", "dezero_lite")


def kept(name: str, page: str, draw: Callable[[], list[str]]) -> list[str]:
    """The frames of a figure that shows what a page's program computes, drawn anew only if they may have changed."""
    made_from = _digest(source(page))
    file = FOLDER / f"{name}.json"
    with suppress(OSError, ValueError, KeyError):
        there = json.loads(file.read_text("utf-8"))
        if there["made_from"] == made_from:
            frames: list[str] = there["frames"]
            return frames
    frames = draw()
    with suppress(OSError):  # a folder that cannot be written to: it takes longer, that is all
        FOLDER.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps({"made_from": made_from, "frames": frames}), "utf-8")
        half.replace(file)
    return frames


def _digest(program: str) -> str:
    return hashlib.sha256(f"{program}\0{_tools()}".encode()).hexdigest()


@cache
def _tools() -> str:
    """All that a program is run and drawn with: the package, the figures, NumPy, the machine."""
    digest = hashlib.sha256(repr([np.__version__, platform.python_version(), platform.machine()]).encode())
    for folder in MADE_WITH:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
