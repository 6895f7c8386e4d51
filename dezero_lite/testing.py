"""Is a gradient right? Compare it with a difference quotient, in a random direction, from a random start."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np


def check_gradient(
    f: Callable[[Any], Any],
    x: Any,
    *,
    order: int = 1,
    eps: float = 1e-6,
    rtol: float = 1e-6,
    atol: float = 1e-8,
    seed: int = 0,
) -> None:
    """Raise AssertionError where backward through f disagrees with the central difference.

    f: takes a Variable and returns a Variable. x: the Variable, of any stage, at which to check; float64,
    because a difference quotient leaves float32 too few digits. It is not changed. order: 2 checks the
    gradient's own gradient too, from stage 3 on.

    Compares the slope of f's output along one random direction, drawn from seed: eps is the step, in the
    units of x, and the two slopes may differ by atol + rtol * |slope|. The elements of the output are summed
    with random weights, and backward starts from these: from ones, it would not show that a function forgets
    to multiply by the gradient it is given. With order=2, the gradient is then taken for the output, and
    compared in the same way: a rule that reaches into data where a Variable is needed gives right gradients,
    and only theirs are wrong.
    Source: the idea of check_grads in HIPS autograd.
    """
    if order not in (1, 2):
        raise ValueError(f"check_gradient knows order=1 and order=2, got {order!r}")
    if not hasattr(x, "backward"):
        raise TypeError(f"check_gradient needs a Variable, got {type(x).__name__}; write Variable(...)")
    if x.data.dtype != np.float64:
        raise TypeError(f"check_gradient needs float64 data, got {x.data.dtype}; write x.data.astype(float)")
    rng = np.random.default_rng(seed)
    direction = np.asarray(rng.standard_normal(x.data.shape))
    direction = direction / max(float(np.linalg.norm(direction)), np.finfo(float).tiny)  # empty: nothing to move

    def compare(what: str, value: Callable[[Any], Any], f: Callable[[Any], Any]) -> None:
        plus, minus = (value(_variable(x, x.data + step * direction)) for step in (eps, -eps))
        start = np.asarray(rng.standard_normal(np.shape(plus)))
        numerical = np.sum((plus - minus) * start) / (2 * eps)
        backward = np.sum(_gradient(f, _variable(x, x.data), start) * direction)
        if not np.isclose(backward, numerical, rtol=rtol, atol=atol):
            weight = start.item() if start.size == 1 else 1.0  # of a single output, name the slope itself
            raise AssertionError(
                f"the {what} is wrong: backward gives the slope {backward / weight:.6g}, "
                f"the central difference gives {numerical / weight:.6g}"
            )

    compare("gradient", lambda x: f(x).data, f)
    if order == 2:
        compare("second derivative", lambda x: _gradient(f, x), lambda x: _derivative(f, x))


def _variable(x: Any, data: Any) -> Any:
    """Return a Variable of x's class, with its own data."""
    return type(x)(np.array(data))


def _gradient(f: Callable[[Any], Any], x: Any, start: np.ndarray | None = None) -> np.ndarray:
    y = f(x)
    if start is not None:
        # from stage 3 on a gradient is a Variable too, and holds its array in data
        y.grad = _variable(x, start) if _higher(y) else start
    y.backward()
    if x.grad is None:
        raise AssertionError("the gradient is missing: backward() did not reach x; does f use its input?")
    return np.asarray(x.grad.data if _higher(x) else x.grad)


def _derivative(f: Callable[[Any], Any], x: Any) -> Any:
    """Return f's gradient at x, a Variable, which depends on x."""
    y = f(x)
    if not _higher(y):
        raise TypeError(f"order=2 needs gradients that are Variables, and those of {type(x).__module__} are none")
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    return gx + 0 * x  # a straight line's gradient does not depend on x


def _higher(x: Any) -> bool:
    """Say whether gradients of x can be differentiated themselves."""
    return "create_graph" in inspect.signature(x.backward).parameters
