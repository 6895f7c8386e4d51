"""Is a gradient right? Compare it with a difference quotient, in a random direction, from a random start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def check_gradient(
    f: Callable[[Any], Any],
    x: Any,
    *,
    eps: float = 1e-6,
    rtol: float = 1e-6,
    atol: float = 1e-8,
    seed: int = 0,
) -> None:
    """Raise AssertionError where backward through f disagrees with the central difference.

    f: takes a Variable and returns a Variable. x: the Variable, of any stage, at which to check; float64,
    because a difference quotient leaves float32 too few digits. It is not changed.

    Compares the slope of f's output along one random direction, drawn from seed: eps is the step, in the
    units of x, and the two slopes may differ by atol + rtol * |slope|. The elements of the output are summed
    with random weights, and backward starts from these: from ones, it would not show that a function forgets
    to multiply by the gradient it is given.
    Source: the idea of check_grads in HIPS autograd.
    """
    if x.data.dtype != np.float64:
        raise TypeError(f"check_gradient needs float64 data, got {x.data.dtype}; write x.data.astype(float)")
    variable = type(x)
    rng = np.random.default_rng(seed)
    direction = np.asarray(rng.standard_normal(x.data.shape))
    direction = direction / max(float(np.linalg.norm(direction)), np.finfo(float).tiny)  # empty: nothing to move
    plus = f(variable(np.asarray(x.data + eps * direction))).data
    minus = f(variable(np.asarray(x.data - eps * direction))).data
    start = np.asarray(rng.standard_normal(np.shape(plus)))
    numerical = np.sum((plus - minus) * start) / (2 * eps)
    backward = np.sum(_gradient(f, variable(x.data.copy()), start) * direction)
    if not np.isclose(backward, numerical, rtol=rtol, atol=atol):
        weight = start.item() if start.size == 1 else 1.0  # of a single output, name the slope itself
        raise AssertionError(
            f"the gradient is wrong: backward gives the slope {backward / weight:.6g}, "
            f"the central difference gives {numerical / weight:.6g}"
        )


def _gradient(f: Callable[[Any], Any], x: Any, start: np.ndarray) -> np.ndarray:
    y = f(x)
    y.grad = start
    y.backward()
    if x.grad is None:
        raise AssertionError("the gradient is missing: backward() did not reach x; does f use its input?")
    # from stage 3 on a gradient is a Variable too, and holds its array in data
    return x.grad if isinstance(x.grad, np.ndarray) else np.asarray(x.grad.data)
