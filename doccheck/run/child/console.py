"""Run the commands of a console fence in the page's folder.

Before they run, the page so far is written into that folder as a script of the page's name, so that
"$ python step04.py" means what a reader has typed. What differs from machine to machine is not left out of the
comparison but written in one fixed way, on the page as in what is compared: see RULES.

No shell is between: what a command means must not depend on which one a reader has.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from doccheck.base.text import PROMPT
from doccheck.run.child.capture import in_lines

# what is found so, every page writes so
RULES = (
    (re.compile(r"\b\d+(?:\.\d+)? ?s\b"), "0.00s"),  # a duration
    (re.compile(r"\b\d+\.\d+\.\d+\w*\b"), "x.y.z"),  # a version
    (re.compile(r"(?<=…)\\"), "/"),  # what Windows writes between folders
)


def run_commands(commands: Sequence[str], folders: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run commands in the current folder and return what a reader sees: prompts, commands and output.

    folders are shown as … wherever they appear, longest first.
    """
    shown = ""
    for command in commands:
        # as in a terminal, where each line appears as it is printed
        code, printed = _run(command, {**environment, "PYTHONUNBUFFERED": "1"})
        if code and not printed:
            printed = f"(exit code {code})\n"
        shown += f"{PROMPT}{command}\n{uniform(printed, folders)}"
        shown += "" if shown.endswith("\n") else "\n"
    return shown


def _run(command: str, environment: Mapping[str, str]) -> tuple[int, str]:
    name, *arguments = shlex.split(command)
    program = _program(name, environment)
    # a file and not a pipe: a process that stays behind would keep a pipe open
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [program, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        output.seek(0)
        return done.returncode, in_lines(output.read())


def _program(name: str, environment: Mapping[str, str]) -> str:
    """Return the file of a program; trial/bin/python is trial\\Scripts\\python on Windows."""
    if "/" in name:
        folder, _, program = name.partition("/bin/")
        places = [Path(folder, "bin"), Path(folder, "Scripts")]
    else:
        program, places = name, [Path(folder) for folder in environment["PATH"].split(os.pathsep)]
    found = shutil.which(program, path=os.pathsep.join(str(place.absolute()) for place in places))
    if found is None:
        raise FileNotFoundError(f"there is no program {name}")
    return found


def uniform(text: str, folders: Sequence[str]) -> str:
    """Return output with what differs from machine to machine in its one fixed way of writing."""
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(folder, "…")
    for pattern, written in RULES:
        text = pattern.sub(written, text)
    return text
