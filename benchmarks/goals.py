"""What the newest stage wants to reach. It is shown, never asserted: a timing depends on its machine."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measure import FLOOR, IMAGES_FIRST, Row

NEWEST = "stage 5"


@dataclass(frozen=True)
class Goal:
    """At most so many times what another library takes; over None: at most so much."""

    group: str
    over: str | None
    limit: float

    def line(self, row: Row) -> list[str]:
        """Return the goal, what was measured, and whether that will do."""
        got = row.median(NEWEST, self.over)
        return [row.title, self.over or "–", f"{self.limit:g}", f"{got:.3g}", "yes" if got <= self.limit else "no"]


GOALS = [
    Goal("scalar", "DeZero", 0.6),
    Goal("scalar", "autograd", 0.5),
    Goal("scalar", "PyTorch", 1),
    Goal("waiting", "DeZero", 0.25),
    Goal("waiting", "PyTorch", 1),
    Goal("higher", "PyTorch", 1),
    Goal("array", FLOOR, 1.15),
    Goal("network", "PyTorch", 1),
    Goal("large network", "PyTorch", 1),
    Goal("large network", FLOOR, 1.3),
    Goal("tensor", "PyTorch", 1),
    Goal("sequence", "PyTorch", 1),
    Goal("image", "PyTorch", 1),
    Goal("image", IMAGES_FIRST, 1.3),  # the goal was set with this floor, the one known then
    Goal("image", FLOOR, 1.3),  # the same over the best floor known now
    Goal("growth", None, 1.15),
    Goal("memory", FLOOR, 1.02),  # a little more than one: pages are counted
    Goal("leak", None, 0.02),
    Goal("import", FLOOR, 1.1),
]


def lines(rows: list[Row]) -> list[list[str]]:
    """Return every goal that the rows can answer."""
    return [
        goal.line(row)
        for goal in GOALS
        for row in rows
        if row.group == goal.group and {NEWEST, goal.over or NEWEST} <= row.samples.keys()
    ]
