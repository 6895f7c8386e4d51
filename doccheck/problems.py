"""What is wrong on a page: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from doccheck.text import Edit

REPAIR = "`pytest docs --fix` writes it"


@dataclass(frozen=True, order=True)
class Problem:
    """One wrong place. edits repair it where a program can; place is the offset of what it belongs to.

    where: how messages say the place, for a page whose lines nobody sees.
    """

    page: str
    line: int
    message: str
    detail: str = ""
    edits: tuple[Edit, ...] = ()
    place: int | None = None
    where: str = ""

    def __str__(self) -> str:
        text = f"{self.where or f'{self.page}:{self.line}'}: {self.message}"
        return f"{text}\n{self.detail}" if self.detail else text
