"""Schedules: which learning rate to take in which round. Plain numbers, for optimizer.lr."""

from __future__ import annotations

import math


def cosine_decay(i: int, rounds: int, start: float, end: float = 0.0) -> float:
    """Return the rate for round i of 0, 1, ...: from start to end along half a wave of the cosine.

    Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2016).

    >>> [cosine_decay(i, rounds=4, start=1.0) for i in (0, 2, 4)]
    [1.0, 0.5, 0.0]
    """
    return end + (start - end) * (1 + math.cos(math.pi * i / rounds)) / 2


def step_decay(i: int, every: int, start: float, factor: float = 0.1) -> float:
    """Return the rate for round i: start, multiplied by factor once in every so many rounds.

    >>> [step_decay(i, every=2, start=1.0, factor=0.5) for i in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    return start * factor ** (i // every)


def warm_up(i: int, rounds: int, rate: float) -> float:
    """Return the rate for round i: in equal steps up to rate, which round number rounds - 1 reaches and keeps.

    >>> [warm_up(i, rounds=4, rate=1.0) for i in range(6)]
    [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]
    """
    return rate if i >= rounds else rate * (i + 1) / rounds
