"""What steps 40 and 41 make of two functions of stage 3: they move to stage 3's files with the pages of these steps."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from dezero_lite.stage3 import core, operators
from dezero_lite.stage3.config import Config
from dezero_lite.stage3.core import Variable, as_variable
from dezero_lite.stage3.data import kind_of
from dezero_lite.stage3.numpy_calls import answer_ufunc


def _stretched_axes(shape: tuple[int, ...], longer: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the axes along which NumPy stretches an array of one shape to a longer one.

    None where it does not: where the shape has more axes, or a length that is neither 1 nor the longer's.
    """
    new = len(longer) - len(shape)  # axes that NumPy puts in front
    if new < 0:
        return None
    axes = list(range(new))
    for axis, length in enumerate(shape, new):
        if length != longer[axis]:
            if length != 1:
                return None
            axes.append(axis)
    return tuple(axes)


def _fitting_gradient(f: Any, x: Variable, gx: Any) -> Any:
    """Return what f's rule says of its input x in the form that the backward pass computes with.

    Where f has let NumPy stretch x, each copy of an element got a gradient, and the element gets their sum.
    """
    data = gx.data if isinstance(gx, Variable) else gx
    if not isinstance(data, (np.generic, np.ndarray)):
        name = type(f).__name__
        raise TypeError(f"{name}.backward must return arrays or Variables, got {kind_of(gx)}")
    gx = as_variable(gx) if Config.enable_backprop else data
    if data.shape != x.data.shape:
        axes = _stretched_axes(x.data.shape, data.shape)
        if axes is None:
            rule, shapes = f"{type(f).__name__}.backward", f"{x.data.shape}, got {data.shape}"
            raise ValueError(f"{rule} must return a gradient of its input's shape, {shapes}")
        gx = gx.sum(axis=axes, keepdims=True).reshape(x.data.shape)
    return gx


def _answer_ufunc(x: Variable, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
    """Return array @ x; everything else as stage 3 does."""
    if ufunc is np.matmul and method == "__call__" and not kwargs and not isinstance(inputs[0], Variable):
        return x.__rmatmul__(inputs[0])
    return answer_ufunc(x, ufunc, method, *inputs, **kwargs)


def _extend_engine() -> None:
    """Let the engine sum what NumPy has stretched, and NumPy hand array @ x over."""
    core.fitting_gradient = functools.update_wrapper(_fitting_gradient, core.fitting_gradient)
    vars(operators)["answer_ufunc"] = _answer_ufunc
    operators.setup_variable()
