"""The times as a picture: a line a task, a mark a library, on a logarithmic scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.measure import FLOOR
from benchmarks.report import TIMED, Results

MARKS = "os^Dv*Pp"


def plot(results: Results, folder: Path) -> str:
    """Draw ratios.png into the folder; return its name, or why there is none."""
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        return "no plot, for want of matplotlib"
    rows = results.of(*TIMED - {"import"})
    figure = Figure(figsize=(10, 1.5 + 0.4 * len(rows)), layout="constrained")
    axes = figure.subplots()
    for name, mark in zip(results.versions, MARKS, strict=False):
        there = [(y, row.quartiles(name, FLOOR)) for y, row in enumerate(rows) if name in row.samples]
        heights, ratios = [y for y, _ in there], np.array([ratio for _, ratio in there]).reshape(-1, 3)
        arms = np.abs(ratios[:, [0, 2]] - ratios[:, [1]]).T  # (2, tasks): to the left, to the right
        axes.errorbar(ratios[:, 1], heights, xerr=arms, fmt=mark, label=name, capsize=2, alpha=0.8)
    axes.axvline(1, color="black")
    axes.set(xscale="log", xlabel=f"CPU time over {FLOOR}'s by hand: median and quartiles")
    axes.set_yticks(range(len(rows)), [row.title for row in rows])
    axes.invert_yaxis()
    axes.grid(axis="x", alpha=0.3)
    figure.legend(loc="outside upper center", ncols=len(MARKS))
    figure.savefig(folder / "ratios.png", dpi=150)
    return "ratios.png"
