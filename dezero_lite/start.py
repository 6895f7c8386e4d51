"""Begins a reader's own framework: python -m dezero_lite.start my_dezero makes the folder and its first file."""

from __future__ import annotations

import argparse
import keyword
import sys
from collections.abc import Sequence
from pathlib import Path

FIRST = '''\
"""My own framework, one step at a time."""

import numpy as np

# Type the listings of the pages here, step after step: a later one replaces an earlier one of the same name.
'''
PAGE = Path("docs", "en", "stage1", "step01.md")
NEXT = """\
{file} is the first file of your framework. Now:
1. Read step 1 and type its listings into {file}.
2. {check}
3. Go on with the next step. Each message names the line of the page where your code differs.
"""
CHECK = "Let the page judge your code:  {command}"
# the installed package has no pages
DOWNLOAD = (
    "The pages and their checks are in the sources of this package, a folder with docs/ in it. Get these, set them up "
    "as their README says, and there let the page judge your code:  {command}"
)


def _main(arguments: Sequence[str] | None = None) -> None:
    """Make the folder and its first file, and say what to do next. Exits with a message where that cannot be."""
    parser = argparse.ArgumentParser(prog="python -m dezero_lite.start", description="Begin a framework of your own.")
    parser.add_argument("folder", type=Path, help="a new folder, whose name is that of your package: my_dezero")
    print(_begin(parser.parse_args(arguments).folder, Path(__file__).resolve().parents[1]), end="")


def _begin(folder: Path, sources: Path) -> str:
    """Make a folder with a first file; return what to do next.

    sources is where the pages are, if this is a checkout. Raises SystemExit with a message if the name will not do or
    is taken.
    """
    name = folder.name
    if not name.isidentifier() or keyword.iskeyword(name):
        sys.exit(f"{name!r} cannot be the name of a package; write letters, digits and _, as in my_dezero")
    if name in {"dezero_lite", *sys.stdlib_module_names}:
        sys.exit(f"{name!r} is the name of another package, which Python would import; choose another, say my_dezero")
    if folder.exists():
        sys.exit(f"{folder} exists already, and nothing in it was changed; name a folder that doesn't exist yet")
    folder.mkdir(parents=True)
    file = folder / "core.py"
    file.write_text(FIRST, encoding="utf-8", newline="\n")
    there = (sources / PAGE).is_file()
    # as somebody types it in the folder of the pages
    mine = folder if there and not folder.is_absolute() and Path.cwd() == sources else folder.resolve()
    command = f"pytest {PAGE.as_posix()} --mine {mine}"
    return NEXT.format(file=file.as_posix(), check=(CHECK if there else DOWNLOAD).format(command=command))


if __name__ == "__main__":
    _main()
