"""The results as tables for people and as numbers for programs."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import goals
from benchmarks.adapters import Stage1, Stage2, Stage5
from benchmarks.measure import FLOOR, IMAGES_FIRST, Row

OURS = {Stage1.name, Stage2.name, Stage5.name}
# samples are seconds of CPU
TIMED = {
    "small",
    "scalar",
    "waiting",
    "higher",
    "array",
    "network",
    "large network",
    "tensor",
    "sequence",
    "image",
    "import",
}
# where they are set, a library does not choose by itself which of the processor's instructions to use
HELD = (
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "NPY_DISABLE_CPU_FEATURES",
    "MKL_ENABLE_INSTRUCTIONS",
    "ATEN_CPU_CAPABILITY",
    "ONEDNN_MAX_CPU_ISA",
)
UNITS = [(9, "ns"), (6, "µs"), (3, "ms"), (0, "s")]
Cell = Callable[[Row, str], str]


@dataclass
class Results:
    """All that was measured, and where.

    versions: of the libraries that took part. missing: why the others did not. rounds: for what is timed.
    """

    versions: dict[str, str]
    missing: dict[str, str]
    rounds: int
    rows: list[Row] = field(default_factory=list)

    def of(self, *groups: str) -> list[Row]:
        """Return the rows of some groups."""
        return [row for row in self.rows if row.group in groups]


def write(results: Results, folder: Path) -> Path:
    """Write report.md and results.json into the folder; return the former."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(asdict(results), indent=1), "utf-8")
    (folder / "report.md").write_text("\n\n".join(sections(results)) + "\n", "utf-8")
    return folder / "report.md"


def sections(results: Results) -> Iterable[str]:
    """Yield the report's parts, but for tables that would be empty."""
    yield f"# Speed and memory beside other libraries\n\n{conditions(results)}"
    timed, names = results.of(*TIMED), list(results.versions)
    floors = [name for name in (FLOOR, IMAGES_FIRST) if any(name in row.samples for row in timed)]
    rounds = f"medians of {results.rounds} rounds"
    tables = [
        (f"CPU time over {FLOOR}'s by hand: {rounds} (and quartiles)", timed, [*floors, *names], spread),
        (f"CPU time over the fastest peer's: {rounds}", results.of(*TIMED - {"import"}), names, beside),
        (
            "Growth: time is this power of the number of nodes",
            results.of("growth", "collected"),
            [FLOOR, *names],
            plain,
        ),
        ("Memory, in arrays of the input's size", results.of("memory", "leak"), [FLOOR, *names], plain),
    ]
    for heading, rows, columns, cell in tables:
        if rows:
            yield f"## {heading}\n\n{table(rows, columns, cell)}"
    if aims := goals.lines(results.rows):
        yield f"## Goals\n\n{grid([['task', 'over', 'at most', goals.NEWEST, 'reached'], *aims])}"
    if said := remarks(results.rows):
        yield f"## Remarks\n\n{said}"


def conditions(results: Results) -> str:
    """Return when, where and with what it was measured, and what was left out."""
    versions = {"Python": platform.python_version(), FLOOR: np.__version__} | results.versions
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""  # Windows has none
    lines = [
        f"{time.strftime('%Y-%m-%d')}, {platform.platform()}",
        f"{os.cpu_count()} cores{load}",
        ", ".join(f"{name} {version}" for name, version in versions.items()),
        *(f"held back: {name}={os.environ[name]}; unset it" for name in HELD if os.environ.get(name)),
        *(f"left out: {name} ({why})" for name, why in results.missing.items()),
    ]
    return "\n".join(f"- {line}" for line in lines)


def remarks(rows: list[Row]) -> str:
    """Return what must be said of a library, and at which tasks."""
    where: dict[str, list[str]] = {}
    for row in rows:
        for name, remark in row.remarks.items():
            where.setdefault(f"{name} {remark}", []).append(row.title)
    return "\n".join(f"- {remark} ({'; '.join(titles)})" for remark, titles in sorted(where.items()))


def table(rows: list[Row], names: list[str], cell: Cell) -> str:
    """Return one line a row and one column a library; the remarks tell why a library failed, or what its * means."""

    def text(row: Row, name: str) -> str:
        if name in row.samples:
            return cell(row, name) + "*" * (name in row.remarks)
        return "fails" if name in row.remarks and "not counted" not in row.remarks[name] else "–"

    return grid([["task", *names], *([row.title, *(text(row, name) for name in names)] for row in rows)])


def grid(lines: list[list[str]]) -> str:
    """Return lines of cells as a Markdown table, the first of them as its head."""
    head, *body = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([head, "|---" + "|--:" * (len(lines[0]) - 1) + "|", *body])


def spread(row: Row, name: str) -> str:
    """Return the median over the floor's and, in brackets, the quartiles; of the floor itself, its time."""
    if name == FLOOR:
        power, unit = next((pair for pair in UNITS if row.median(FLOOR) * 10 ** pair[0] < 1000), UNITS[-1])
        return f"{brief(row.median(FLOOR) * 10**power)} {unit}"
    low, median, high = (brief(value) for value in row.quartiles(name, FLOOR))
    return f"{median} ({low}–{high})"


def plain(row: Row, name: str) -> str:
    """Return the median as it is."""
    return f"{row.median(name):.2f}"


def beside(row: Row, name: str) -> str:
    """Return the median over that of the fastest library which is not ours."""
    peers = [peer for peer in row.samples if peer not in OURS | {FLOOR, IMAGES_FIRST}]
    return brief(row.median(name, min(peers, key=row.median))) if peers else "–"


def brief(ratio: float) -> str:
    """Return three digits, more only before the decimal point."""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.3g}"
