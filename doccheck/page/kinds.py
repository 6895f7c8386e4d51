"""The kinds of fences that a page may have: all that the rest of doccheck needs to know of each.

A new kind is an entry here. What is new about it (a way to run, a thing to be compared with) is a new member of
an enumeration, and one place that answers to it: program.py for what runs, blocks.py for what is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

MARKER = "<!-- code so far -->"
# the comment that holds the answers which the check of an exercise must refuse: no reader is to take one for advice
WRONG_ANSWERS = "<!-- wrong answers\n"


class Runs(Enum):
    """What running a fence means."""

    EXAMPLE = auto()  # its lines, as Python in the page's namespace
    CODE_SO_FAR = auto()  # the definitions of the pages before, likewise
    COMMANDS = auto()  # its lines behind dollar signs, in a shell
    START = auto()  # what an exercise begins with, its check behind it; nothing of it is there afterwards
    CHECK = auto()  # the same check behind the solution, likewise
    WRONG = auto()  # an answer in the place of the start, likewise


class Shows(Enum):
    """What the text of a fence is compared with."""

    PRINTED = auto()  # what the examples since the last such fence have printed
    RAISED = auto()  # the last line of the error that the example above raises
    COMMANDS = auto()  # its own commands and what they print
    CHANGES = auto()  # what the listing above changed in those before it


class Shared(Enum):
    """What of a fence is equal in all languages."""

    PROGRAM = auto()  # the program: comments are in the page's language
    CHECK = auto()  # the program, but for the messages of its assertions
    TEXT = auto()  # every character


@dataclass(frozen=True)
class Kind:
    """One kind of fence.

    language and classes: what its first line says, as in ```text { .output }; written is an example of it, and
    "" for what is no fence of its own. options: the keys that may follow. beginning: what its text must begin
    with. given_away: it is part of the script and the notebook that a page offers.
    browser: readers can run it where they read it, in a browser, which has no processes, no threads and few libraries.
    stands_for: the name of the kind that it is where the libraries it needs can be imported, see optional.py;
    elsewhere nothing runs or compares it.
    """

    name: str
    written: str = ""
    language: str = ""
    classes: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    beginning: str = ""
    runs: Runs | None = None
    shows: Shows | None = None
    shared: Shared | None = None
    given_away: bool = False
    browser: bool = True
    stands_for: str = ""

    @property
    def meant(self) -> Kind:
        """The kind that it stands for, or itself."""
        return KINDS[self.stands_for] if self.stands_for else self

    @property
    def is_example(self) -> bool:
        """Whether it is Python that runs as it stands."""
        return self.runs is Runs.EXAMPLE

    @property
    def is_code_so_far(self) -> bool:
        """Whether it stands for the definitions of the pages before."""
        return self.runs is Runs.CODE_SO_FAR

    @property
    def is_of_exercise(self) -> bool:
        """Whether it is Python that runs with a check, apart from the page's examples."""
        return self.runs in (Runs.START, Runs.CHECK, Runs.WRONG)

    @property
    def runs_python(self) -> bool:
        """Whether it runs in the page's namespace."""
        return self.is_example or self.is_code_so_far

    @property
    def is_text(self) -> bool:
        """Whether it holds what is shown rather than what Python reads."""
        return self.language not in ("", "python")

    @property
    def compared(self) -> bool:
        """Whether it counts among what was compared with what the code does."""
        return self.shows in (Shows.PRINTED, Shows.RAISED, Shows.COMMANDS)


_ALL = (
    Kind(
        "python",
        "```python",
        language="python",
        options=frozenset({"title", "hl_lines"}),
        runs=Runs.EXAMPLE,
        shared=Shared.PROGRAM,
        given_away=True,
    ),
    Kind(
        "native",
        "```python { .native }",
        language="python",
        classes=("native",),
        options=frozenset({"title", "hl_lines"}),
        runs=Runs.EXAMPLE,
        shared=Shared.PROGRAM,
        given_away=True,
        browser=False,
    ),
    Kind(
        "output",
        "```text { .output }",
        language="text",
        classes=("output",),
        options=frozenset({"tol"}),
        shows=Shows.PRINTED,
        shared=Shared.TEXT,
        given_away=True,
    ),
    Kind(
        "error",
        "```text { .error }",
        language="text",
        classes=("error",),
        options=frozenset({"tol"}),
        shows=Shows.RAISED,
        shared=Shared.TEXT,
        given_away=True,
    ),
    Kind(
        "exercise",
        "```python { .exercise }",
        language="python",
        classes=("exercise",),
        runs=Runs.START,
        shared=Shared.PROGRAM,
        given_away=True,
    ),
    Kind(
        "check",
        "```python { .check }",
        language="python",
        classes=("check",),
        runs=Runs.CHECK,
        shared=Shared.CHECK,
        given_away=True,
    ),
    Kind(
        "wrong",
        "```python { .wrong }",
        language="python",
        classes=("wrong",),
        runs=Runs.WRONG,
        shared=Shared.PROGRAM,
    ),
    Kind("diff", "```diff", language="diff", shows=Shows.CHANGES),
    Kind(
        "console",
        "```console",
        language="console",
        beginning="$ ",
        runs=Runs.COMMANDS,
        shows=Shows.COMMANDS,
        shared=Shared.TEXT,
    ),
    Kind(
        "optional",
        "```python { .optional }",
        language="python",
        classes=("optional",),
        options=frozenset({"needs"}),
        shared=Shared.PROGRAM,
        browser=False,
        stands_for="python",
    ),
    Kind(
        "optional output",
        "```text { .optional .output }",
        language="text",
        classes=("optional", "output"),
        options=frozenset({"tol"}),
        shared=Shared.TEXT,
        stands_for="output",
    ),
    Kind(
        "optional console",
        "```console { .optional }",
        language="console",
        classes=("optional",),
        options=frozenset({"needs"}),
        beginning="$ ",
        shared=Shared.TEXT,
        browser=False,
        stands_for="console",
    ),
    Kind("marker", runs=Runs.CODE_SO_FAR, given_away=True),
    Kind("unknown"),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}


def find_kind(language: str, classes: tuple[str, ...], options: frozenset[str]) -> Kind | None:
    """Return the kind that the first line of a fence names; None where there is no such kind."""
    for kind in KINDS.values():
        if kind.language and (kind.language, kind.classes) == (language, classes) and options <= kind.options:
            return kind
    return None


def what_is_there() -> str:
    """Say which fences there are."""
    written = [kind.written for kind in KINDS.values() if kind.written]
    return f"a fence is {', '.join(written[:-1])} or {written[-1]}"
