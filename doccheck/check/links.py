"""Links that lead nowhere: to a page that is not there, or to an id that the page does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doccheck.base.problem import Problem
from doccheck.page.model import Page


@dataclass(frozen=True)
class DeadEnd:
    """A link that leads nowhere: where it stands, the file that it means, and the id that this file lacks."""

    at: int
    file: str
    id: str = ""


def check_links(page: Page, dead_ends: tuple[DeadEnd, ...]) -> Iterator[Problem]:
    """Yield the links that lead nowhere."""
    for end in dead_ends:
        if end.id:
            remedy = "write the id of a heading there"
            yield page.problem_at(end.at, f"this link leads to #{end.id}, but {end.file} has no such id", remedy)
        else:
            yield page.problem_at(end.at, f"this link leads to {end.file}, which does not exist", "fix its address")
