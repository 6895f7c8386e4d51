"""The programs that draw pictures: a picture is known by its program, and not by where its lines lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from doccheck.page.notebook.drawn import bare


def find_programs(folder: Path | None) -> dict[str, Path]:
    """Return the program of each picture, by the picture's name."""
    if folder is None:
        return {}
    files = sorted(folder.glob("*/*.py"))
    return {path.stem: path for path in files if not path.name.startswith("_")}


def picture_source(name: str, programs: Mapping[str, Path]) -> str:
    """Return the code that draws one picture, with that of the files beside it that are there for several."""
    path = programs.get(name)
    if path is None:
        return f"[{name}]"
    return "\n".join(bare(file.read_text("utf-8")) for file in dict.fromkeys(_with_shared(path)))


def _with_shared(path: Path) -> Iterator[Path]:
    yield path
    source = path.read_text("utf-8")
    for shared in sorted(path.parent.glob("_*.py")):
        if shared != path and re.search(rf"\b{re.escape(shared.stem)}\b", source):
            yield from _with_shared(shared)
