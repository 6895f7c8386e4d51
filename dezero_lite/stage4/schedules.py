"""Schedules: which learning rate to take in which round. Plain numbers, for optimizer.lr."""

from __future__ import annotations

import math


def cosine_decay(i: int, rounds: int, start: float, end: float = 0.0) -> float:
    """Return the rate for round i of 0, 1, ...: from start to end along half a wave of the cosine.

    Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2016).
    """
    return end + (start - end) * (1 + math.cos(math.pi * i / rounds)) / 2


def step_decay(i: int, every: int, start: float, factor: float = 0.1) -> float:
    """Return the rate for round i: start, multiplied by factor once in every so many rounds."""
    return start * factor ** (i // every)


def warm_up(i: int, rounds: int, rate: float) -> float:
    """Return the rate for round i: in equal steps up to rate, which round number rounds - 1 reaches and keeps."""
    return rate if i >= rounds else rate * (i + 1) / rounds
