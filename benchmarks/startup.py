"""What `import` costs, over NumPy's own; every sample is a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import partial

from benchmarks.adapters import Adapter
from benchmarks.measure import FLOOR, ROOT, Row, Tell, interleave

CODE = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def startup(adapters: Sequence[Adapter], rounds: int, tell: Tell) -> list[Row]:
    """Return the seconds of CPU that each import takes."""
    statements = {FLOOR: "import numpy", **{adapter.name: adapter.statement for adapter in adapters}}
    clocks = {name: partial(clock, statement) for name, statement in statements.items()}
    interleave(clocks, 1, tell)  # the first time compiles and fetches from disk
    return [Row("import", "import", interleave(clocks, rounds, tell))]


def clock(statement: str) -> float:
    """Return the seconds of CPU that a statement takes in a new interpreter."""
    command = [sys.executable, "-W", "ignore", "-c", CODE.format(statement)]
    return float(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)
