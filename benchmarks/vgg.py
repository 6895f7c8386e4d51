"""What VGG16 takes for an image of 224 x 224 pixels, beside PyTorch: python -m benchmarks.vgg [--rounds N].

Each library has a process of its own, on one thread. What the weights are costs nothing, so they are all the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.measure import ROOT
from benchmarks.memory import COUNTED, high_water
from dezero_lite import models, no_grad, test_mode

BLOCKS, SIZES = models.VGG16.blocks, models.VGG16.sizes


def behind(image: np.ndarray) -> int:
    """Return how many numbers are left of an image behind the last block: each block halves height and width."""
    height, width = (length // 2 ** len(BLOCKS) for length in image.shape[2:])
    return int(BLOCKS[-1][0] * height * width)


def ours(image: np.ndarray) -> Callable[[], Any]:
    """Return the forward pass of our model."""
    model, channels, size = models.VGG(BLOCKS, SIZES), image.shape[1], behind(image)
    for i, (out, count) in enumerate(BLOCKS, 1):
        for j in range(1, count + 1):
            getattr(model, f"conv{i}_{j}").W.data = np.full((out, channels, 3, 3), 0.01, np.float32)
            channels = out
    for i, out in enumerate(SIZES, len(BLOCKS) + 1):
        getattr(model, f"fc{i}").W.data = np.full((size, out), 0.001, np.float32)
        size = out

    def run() -> Any:
        with no_grad(), test_mode():
            return model(image)

    return run


def torchs(image: np.ndarray) -> Callable[[], Any]:
    """Return the forward pass of the same network in PyTorch."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layers, channels, size = [], image.shape[1], behind(image)
    for out, count in BLOCKS:
        for _ in range(count):
            layers += [nn.Conv2d(channels, out, 3, padding=1), nn.ReLU()]
            channels = out
        layers.append(nn.MaxPool2d(2, 2))
    layers.append(nn.Flatten())
    for out in SIZES:
        layers += [nn.Linear(size, out), nn.ReLU()]
        size = out
    model, x = nn.Sequential(*layers[:-1]), torch.tensor(image)

    def run() -> Any:
        with torch.no_grad():
            return model(x)

    return run


LIBRARIES = {"dezero_lite": ours, "torch": torchs}


def measure(name: str, rounds: int) -> str:
    """Return a line about a library: the median time of a pass, and the most memory that the process had."""
    run = LIBRARIES[name](np.ones((1, 3, 224, 224), np.float32))
    run()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    memory = f"{high_water() / 1e6:.0f} MB" if COUNTED else "memory is not counted on this system"
    return f"{name}: {np.median(times):.2f} s of CPU a pass, {memory}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each library in a process of its own, or the one that is named in this one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("library", nargs="?", choices=LIBRARIES)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    if given.library:
        print(measure(given.library, given.rounds))
        return
    for name in LIBRARIES:
        command = [sys.executable, "-m", "benchmarks.vgg", name, f"--rounds={given.rounds}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        why = done.stderr.strip().splitlines() or ["its process died"]
        print(done.stdout.strip() or f"{name}: {why[-1]}")


if __name__ == "__main__":
    main()
