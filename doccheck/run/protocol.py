"""What the checker and the process that runs a page say to each other, and the one place where it is written down.

The checker writes a Job, the page's steps in order, into the folder around the process's own. The process
answers with Events, a line of JSON each: a step has Begun, it has Ended with an Outcome, or the page has Finished.
All that is said goes through files: a pipe would stay open for as long as anything that the page started holds it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Part:
    """Source text, and where tracebacks say it stands: in path, below a line that is counted from 1."""

    path: str
    line: int
    source: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that a page runs.

    start: the offset of the fence or value on the page; the step's outcome goes by it. at: the offset at whose
    place it runs, after all steps before and in their state; the step's own start where it is None. apart: it
    runs in a copy of that state, so that nothing which it does is there for the steps after it. seconds: how
    long a step that runs apart may take; None: as long as the page.
    """

    start: int
    at: int | None = None
    apart: bool = False
    seconds: float | None = None

    @property
    def place(self) -> int:
        """The offset at whose place the step runs."""
        return self.start if self.at is None else self.at


@dataclass(frozen=True, kw_only=True)
class Code(Step):
    """Python statements; defines names what a listing defines, and is None for any other code."""

    parts: tuple[Part, ...]
    defines: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Cell(Step):
    """The code of a notebook's cell, which runs in IPython."""

    part: Part


@dataclass(frozen=True, kw_only=True)
class Expression(Step):
    """An expression whose str is wanted."""

    source: str


@dataclass(frozen=True, kw_only=True)
class Lookup(Step):
    """Dotted names that sentences mention at a place of the page; those that lead nowhere are wanted."""

    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Attempt(Step):
    """Code and a check of it, run apart; parts is empty where what the check asks about is there already.

    The check has the assertions that its text has, in this order; the outcome tells which of them stopped it.
    """

    parts: tuple[Part, ...]
    check: Part


@dataclass(frozen=True, kw_only=True)
class Console(Step):
    """Shell commands; before they run, script is written into the page's folder as file.

    checkout: the name under which they find the project, where they speak of it.
    """

    commands: tuple[str, ...]
    file: str
    script: str
    checkout: str | None = None


@dataclass(frozen=True)
class Job:
    """All that a process needs to run a page.

    script: the name of the page's script, whose run the page's is; None for a notebook. root: the folder of the
    project. hidden: folders that a reader sees as …, wherever they stand in what commands print. alone: the
    start of the step that runs apart for which the whole process is there, if it is there for one.
    """

    path: str
    text: str
    script: str | None
    steps: tuple[Step, ...]
    root: str
    hidden: tuple[str, ...] = ()
    alone: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What one step did.

    text: what an example or its commands printed, or the str of a value. error: the last line of its traceback,
    None where it raised nothing. warned: what it wrote to stderr. lost: why it did not run, where it did not.
    stale: classes that derive from an older class than the one that now has its name. outputs: what a notebook
    stores for it. left: what the page does beside its examples, or leaves behind,
    and what to do about it; said of its last step. Of an attempt: stopped, the number of the assertion that
    it failed, None where it was none; said, what the braces of its message gave; called, the functions of the page
    that the check has called. missing: of a lookup, each name that leads nowhere, and the type without it.
    """

    text: str = ""
    error: str | None = None
    traceback: str = ""
    warned: str = ""
    lost: str | None = None
    stale: tuple[tuple[str, str], ...] = ()
    outputs: tuple[dict[str, Any], ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    stopped: int | None = None
    said: tuple[tuple[str, str], ...] = ()
    called: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Begun:
    """A step has begun to run."""

    start: int


@dataclass(frozen=True)
class Ended:
    """A step has come to its end, be it by an error."""

    start: int
    outcome: Outcome


@dataclass(frozen=True)
class PutOff:
    """A step must run in a process of its own: this one cannot copy itself, and the step may change something."""

    start: int


@dataclass(frozen=True)
class Finished:
    """All steps have run; so many bytes of what the page printed, and wrote to stderr, belong to them."""

    printed: int
    warned: int


Event = Begun | Ended | PutOff | Finished

# the files in the folder around the process's own
JOB, REPORT, STDOUT, STDERR, THREADS = "job.json", "report.jsonl", "stdout", "stderr", "threads"

CLASSES = (Part, Code, Cell, Expression, Lookup, Attempt, Console, Job, Outcome, Begun, Ended, PutOff, Finished)
BY_NAME: dict[str, type] = {kind.__name__: kind for kind in CLASSES}
TYPE = "__class__"


def encode(thing: object) -> str:
    """Return one line of JSON for any of the classes above, or for tables and lists of them."""
    return json.dumps(thing, default=_fields)


def _fields(thing: object) -> dict[str, Any]:
    if type(thing) not in CLASSES:
        raise TypeError(f"a {type(thing).__name__} is not part of the protocol: {thing!r}")
    own = {field.name: getattr(thing, field.name) for field in fields(thing)}  # type: ignore[arg-type]
    return {TYPE: type(thing).__name__, **own}


def decode(text: str) -> Any:
    """Return what was encoded. Raises ValueError where the text is not whole."""
    return json.loads(text, object_hook=_made)


def _made(table: dict[str, Any]) -> Any:
    if TYPE not in table:
        return table
    kind = BY_NAME[table.pop(TYPE)]
    return kind(**{name: _frozen(value) for name, value in table.items()})


def _frozen(value: Any) -> Any:
    """Return lists as the tuples that they were."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
