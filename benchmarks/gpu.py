"""What there is to know on a real GPU: the tests of stage 5 with CuPy's arrays, and how long a training step takes.

python -m benchmarks.gpu takes some minutes, on a machine with an NVIDIA GPU, CuPy and the group test of
pyproject.toml. Elsewhere it says in one line what is missing. `--rounds` and `--without-tests` make it shorter.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import dezero_lite.functions as F
from dezero_lite import Model, devices, models, optimizers

ROOT = Path(__file__).resolve().parents[1]


def networks() -> list[tuple[str, Callable[[], Model], tuple[int, ...]]]:
    """Return what is trained: its title, what makes it, and the shape of a batch. Small ones are slower on a GPU."""
    rng = np.random.default_rng(0)
    return [
        ("MLP 64-100-10, batch 100", lambda: models.MLP((100, 10), F.relu, rng=rng), (100, 64)),
        ("MLP 784-1000-10, batch 1,000", lambda: models.MLP((1000, 10), F.relu, rng=rng), (1000, 784)),
        ("VGG of digits, batch 50", lambda: models.VGG(((8, 2), (16, 2)), (32, 10), rng=rng), (50, 1, 8, 8)),
        (
            "VGG, 64 to 256 channels, batch 64",
            lambda: models.VGG(((64, 2), (256, 2)), (256, 10), rng=rng),
            (64, 3, 32, 32),
        ),
    ]


def seconds(make: Callable[[], Model], shape: tuple[int, ...], move: Callable[[Any], Any], rounds: int) -> float:
    """Return the median time of a training step, where move puts arrays; each waits until the GPU is done."""
    rng = np.random.default_rng(1)
    x = move(rng.standard_normal(shape).astype(np.float32))
    t = move(rng.integers(10, size=shape[0]))
    model = make().move_to(move)
    optimizer = optimizers.SGD(1e-4).setup(model)
    times = []
    for _ in range(rounds + 2):  # the first ones make weights, and compile
        start = time.perf_counter()
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        float(loss.data)  # waits: what a GPU is asked to do, it does later
        for param in model.params():
            float(param.data.reshape(-1)[0])
        times.append(time.perf_counter() - start)
    return float(np.median(times[2:]))


def tested() -> int:
    """Run the tests of devices with CuPy's arrays; return pytest's exit status."""
    command = [sys.executable, "-m", "pytest", "tests/library/stage5/test_devices.py", "-q", "-n0", "--no-header"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DEZERO_DEVICE": "cupy"}, check=False).returncode


def main(arguments: list[str] | None = None, move: Callable[[Any], Any] = devices.to_gpu) -> int:
    """Test and measure where there is a GPU; say what is missing where there is none. Return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="training steps to take the median of")
    parser.add_argument("--without-tests", action="store_true", help="measure only")
    options = parser.parse_args(arguments)
    try:
        move(np.ones(1))
    except RuntimeError as error:
        print(f"Nothing was tested or measured: {error}")
        return 2
    status = 0 if options.without_tests else tested()
    print(f"{'a training step':<36} {'NumPy':>10} {'GPU':>10} {'ratio':>7}")
    for title, make, shape in networks():
        here, there = (seconds(make, shape, where, options.rounds) for where in (np.asarray, move))
        print(f"{title:<36} {here * 1e3:>7.2f} ms {there * 1e3:>7.2f} ms {here / there:>7.2f}")
    return status


if __name__ == "__main__":
    sys.exit(main())
