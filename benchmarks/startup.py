"""What `import` costs, over NumPy's own; every sample is a fresh interpreter."""

from __future__ import annotations

import os
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
    """Return the seconds of CPU that a statement takes in a new interpreter.

    It may keep what it compiles, as users' may: pip has compiled the other libraries already.
    """
    command = [sys.executable, "-W", "ignore", "-c", CODE.format(statement)]
    variables = os.environ.copy()
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout)
