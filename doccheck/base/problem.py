"""What is wrong on a page: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from doccheck.base.text import Edit, clipped, counted

REPAIR = "`pytest docs --fix` writes it"


class Fault(NamedTuple):
    """What is wrong with something, and what to do about it."""

    says: str
    remedy: str = ""


class Source(Protocol):
    """What a problem stands in: a page, or a file that is none."""

    @property
    def name(self) -> str:
        """How messages name it."""

    def where(self, at: int) -> str:
        """Return how messages say the place at an offset, such as docs/en/index.md:4."""


@dataclass(frozen=True)
class Spot:
    """A place that is known by its words alone."""

    name: str
    said: str

    def where(self, at: int) -> str:
        """Return these words."""
        return self.said


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    at: its offset in the source's text. item: the offset of the fence or value that it belongs to, if it belongs
    to one. edits repair it, where a program can. waiting: how many checks were left out because of it. It becomes a
    file and a line when it is printed, and not before.
    """

    source: Source
    at: int
    says: str
    remedy: str = ""
    detail: str = ""
    edits: tuple[Edit, ...] = ()
    item: int | None = None
    waiting: int = 0

    @property
    def message(self) -> str:
        """What is wrong and what to do, without the place."""
        return f"{self.says}; {self.remedy}" if self.remedy else self.says

    @property
    def headline(self) -> str:
        """The problem in one line, with its place."""
        line = f"{self.source.where(self.at)}: {clipped(self.message)}"
        if not self.waiting:
            return line
        wait = "waits" if self.waiting == 1 else "wait"
        return f"{line} ({counted(self.waiting, 'further check')} {wait} for this)"

    def __str__(self) -> str:
        return f"{self.headline}\n{self.detail}" if self.detail else self.headline


def in_order(problems: set[Problem]) -> list[Problem]:
    """Return problems as they stand in their files."""
    return sorted(problems, key=lambda problem: (problem.source.name, problem.at, problem.message))
