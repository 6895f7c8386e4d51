"""Where arrays lie: in the computer's memory, as NumPy's, or in that of a GPU, as CuPy's."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.layers import Layer
from dezero_lite.stage4.optimizers import Optimizer
from dezero_lite.stage4.shapes import data_of

Mover = Callable[[Any], Any]
Owner = TypeVar("Owner")


def get_array_module(x: Any) -> ModuleType:
    """Return the module whose functions make arrays of x's kind: numpy, or cupy for CuPy's arrays.

    x: an array or Variable; a number counts as NumPy's.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 52.

    >>> xp = get_array_module(Variable(np.array([1.0, 2.0])))
    >>> xp.zeros(2)
    array([0., 0.])
    """
    return sys.modules[type(data_of(x)).__module__.partition(".")[0]]


def as_numpy(x: Any) -> np.ndarray:
    """Return x, a Variable, number or array of any memory, as an ndarray; NumPy's own are not copied.

    >>> from dezero_lite.devices import DeviceArray
    >>> as_numpy(Variable(DeviceArray(np.array([1.0, 2.0]))))
    array([1., 2.])
    """
    data = data_of(x)
    return np.asarray(data.get() if hasattr(data, "get") else data)


def to_cpu(x: Any) -> Any:
    """Return x in the computer's memory: an array for an array, a Variable without a graph for a Variable.

    >>> from dezero_lite.devices import DeviceArray
    >>> to_cpu(DeviceArray(np.array([1.0, 2.0])))
    array([1., 2.])
    """
    return moved(x, as_numpy)


def to_gpu(x: Any) -> Any:
    """Return x in the GPU's memory: CuPy's array for an array, a Variable without a graph for a Variable.

    Raises RuntimeError where CuPy is not installed, or finds no GPU.

    >>> x = np.array([1.0, 2.0])
    >>> try:
    ...     x = to_gpu(x)
    ... except RuntimeError:
    ...     pass  # no CuPy or no GPU: x stays where it is
    >>> to_cpu(x)
    array([1., 2.])
    """
    return moved(x, load_cupy().asarray)


def moved(x: Any, where: Mover) -> Any:
    """Return an array or Variable after where, a function from array to array, has moved it."""
    if isinstance(x, Variable):
        return Variable(where(x.data), x.name)
    return where(x)


def load_cupy() -> Any:
    """Return the module cupy.

    Raises RuntimeError where it is not installed, or finds no GPU.
    """
    try:
        cupy = importlib.import_module("cupy")
    except ImportError as error:
        advice = "pip install cupy-cuda13x, or -cuda12x for CUDA 12"
        raise RuntimeError(
            f"to_gpu needs CuPy, which is not installed; {advice}"
        ) from error
    try:
        # the first question that needs a GPU
        cupy.cuda.Device().compute_capability  # noqa: B018
    except cupy.cuda.runtime.CUDARuntimeError as error:
        raise RuntimeError(f"CuPy finds no GPU: {error}") from error
    return cupy


def move_to(owner: Owner, where: Mover) -> Owner:
    """Move the parameters of a layer, or what an optimizer keeps for them; return the layer or optimizer.

    where: what moves an array: to_gpu, to_cpu, DeviceArray. Gradients are forgotten.

    >>> from dezero_lite.devices import DeviceArray
    >>> layer = move_to(L.Linear(2, in_size=3), DeviceArray)
    >>> type(layer.W.data).__name__
    'DeviceArray'
    """
    if isinstance(owner, Layer):
        for param in owner.params():
            param.cleargrad()
            if param.data is not None:
                param.data = where(param.data)
    if isinstance(owner, Optimizer):
        for states in states_of(owner):
            for param, state in states.items():
                states[param] = with_arrays(state, where)
    return owner


def states_of(optimizer: Optimizer) -> list[dict[Any, Any]]:
    """Return the dictionaries in which an optimizer keeps something for each parameter."""
    values = vars(optimizer).values()
    return [value for value in values if isinstance(value, dict)]


def with_arrays(state: Any, where: Mover) -> Any:
    """Return what an optimizer keeps for a parameter, an array or a tuple, with each array moved."""
    if isinstance(state, tuple):
        return tuple([with_arrays(part, where) for part in state])
    return state if isinstance(state, (int, float)) else where(state)
