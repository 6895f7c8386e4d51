"""What a console fence may say: commands that a reader can type on Windows, on macOS and on Linux."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from doccheck.base.problem import Fault
from doccheck.base.text import PROMPT

# what is there on every system once the project is set up
PROGRAMS = ("jupyter", "mkdocs", "pip", "pytest", "python")
# what comes with a library that only some commands need
BROUGHT = {"mpi4py": ("mpiexec",)}
IN_QUOTES = re.compile(r'"[^"]*"')
OF_A_SHELL = re.compile(r"[|&;<>()*?~#'{}]")  # outside of quotes each shell understands something else by these
ALWAYS = re.compile(r"[$`\\%^!]")  # and by these inside of quotes, too
OF_AN_ENVIRONMENT = re.compile(r"(?P<name>[\w.-]+)/bin/(?P<program>\w+)")


def commands(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line, counted from 1, and the text of every command in a fence's lines."""
    for number, line in enumerate(source.split("\n"), 1):
        if line.startswith(PROMPT):
            yield number, line.removeprefix(PROMPT)


def windows_spelling(program: str) -> str | None:
    """Return how Windows writes a program of a virtual environment, such as trial/bin/python; None for another one."""
    match = OF_AN_ENVIRONMENT.fullmatch(program)
    return f"{match['name']}\\Scripts\\{match['program']}" if match else None


def faults(source: str, page: str, needs: Sequence[str] = ()) -> Iterator[tuple[int, Fault]]:
    """Yield the line and fault of each command in a fence that not everybody can type.

    page is the text around it; needs are the libraries that the fence says it needs.
    """
    programs = sorted({*PROGRAMS, *(program for name in needs for program in BROUGHT.get(name, ()))})
    for number, line in commands(source):
        fault = _fault(line, page, programs)
        if fault is not None:
            yield number, fault


def _fault(line: str, page: str, programs: Sequence[str]) -> Fault | None:
    try:
        program = shlex.split(line)[0]
    except (ValueError, IndexError):
        return Fault(f"{line!r} is not a command", "close the quotes")
    outside = IN_QUOTES.sub("", line)
    sign = OF_A_SHELL.search(outside) or ALWAYS.search(line)
    if sign is not None:
        says = f"not every shell understands {sign[0]} in a command"
        return Fault(says, "use Python, or double quotes around it")
    windows = windows_spelling(program)
    if windows is None and program not in programs:
        return Fault(f"not every system has {program}", f"use one of {', '.join(programs)}, or Python in an example")
    if windows is not None and windows not in page:
        return Fault(f"on Windows {program} is {windows}", "say so on the page")
    return None
