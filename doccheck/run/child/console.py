"""Console fences: shell lines that start with "$ " and what they print, run in the page's throw-away folder.

Before a console fence runs, the page so far is written into that folder as a script of the page's name, so
that "$ python step04.py" means what a reader has typed. What differs from machine to machine is not left
out of the comparison but written in one fixed way, on the page as in what is compared: see RULES.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence

# what is found so, every page writes so
RULES = (
    (re.compile(r"\b\d+(?:\.\d+)? ?s\b"), "0.00s"),  # a duration
    (re.compile(r"\b\d+\.\d+\.\d+\w*\b"), "x.y.z"),  # a version
)
PROMPT = "$ "


def commands(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line, counted from 1, and the text of every command in a fence's lines."""
    for number, line in enumerate(source.split("\n"), 1):
        if line.startswith(PROMPT):
            yield number, line.removeprefix(PROMPT)


def run_commands(lines: Sequence[str], folders: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run shell commands in the current folder and return what a reader sees: prompts, commands and output.

    folders are shown as … wherever they appear, longest first.
    """
    shown = ""
    for line in lines:
        done = subprocess.run(
            line,
            shell=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        printed = done.stdout.decode("utf-8", "replace")
        if done.returncode and not printed:
            printed = f"(exit code {done.returncode})\n"
        shown += f"{PROMPT}{line}\n{uniform(printed, folders)}"
        shown += "" if shown.endswith("\n") else "\n"
    return shown


def uniform(text: str, folders: Sequence[str]) -> str:
    """Return output with what differs from machine to machine in its one fixed way of writing."""
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(folder, "…")
    for pattern, written in RULES:
        text = pattern.sub(written, text)
    return text
