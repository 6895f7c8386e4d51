"""A stand-in for the array of another memory, which shows without a GPU what would not run on one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np


class DeviceArray(np.lib.mixins.NDArrayOperatorsMixin):
    """An array that behaves as if it lay in a GPU's memory: it does not mix with NumPy's arrays.

    NumPy's functions and operators take it and return a DeviceArray, as they return CuPy's arrays for
    CuPy's. Where an ndarray is among the operands, and where a function wants to make an ndarray of it, there
    is a TypeError. array: what it copies, as a GPU would; get() copies it back.

    >>> x = DeviceArray(np.array([1.0, 2.0]))
    >>> np.sum(x * x)
    DeviceArray(5.0)
    >>> x + np.ones(2)
    Traceback (most recent call last):
    TypeError: a DeviceArray does not mix with an ndarray; write DeviceArray(x), or x.get()
    """

    def __init__(self, array: Any) -> None:
        if isinstance(array, DeviceArray):
            array = array.get()
        self._array = np.array(array)

    def get(self) -> np.ndarray:
        """Return a copy as an ndarray."""
        return self._array.copy()

    def __array_ufunc__(
        self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any
    ) -> Any:
        for x in inputs:
            known = isinstance(x, (DeviceArray, np.ndarray, np.generic))
            if hasattr(x, "__array_ufunc__") and not known:
                return NotImplemented  # a Variable answers for itself
        return on_device(getattr(ufunc, method), inputs, kwargs)

    def __array_function__(
        self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any
    ) -> Any:
        for kind in types:
            if not issubclass(kind, (DeviceArray, np.ndarray)):
                return NotImplemented
        # asarray(x, like=self): the one way in
        if func in (np.array, np.asarray):
            return DeviceArray(func(*args, **kwargs))
        return on_device(func, args, kwargs)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NoReturn:
        raise TypeError(
            "a DeviceArray does not become an ndarray unless you ask; "
            "write x.get()"
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # NumPy looks for other ways to the numbers
            raise AttributeError(name)
        found = getattr(self._array, name)
        if not callable(found):
            return on_device(lambda: found, (), {})
        return lambda *args, **kwargs: on_device(found, args, kwargs)

    def __getitem__(self, place: Any) -> Any:
        return on_device(self._array.__getitem__, (place,), {})

    def __setitem__(self, place: Any, value: Any) -> None:
        on_device(self._array.__setitem__, (place, value), {})

    def __len__(self) -> int:
        return len(self._array)

    def __bool__(self) -> bool:
        return bool(self._array)

    def __int__(self) -> int:
        return int(self._array)

    def __float__(self) -> float:
        return float(self._array)

    def __format__(self, spec: str) -> str:
        return format(self._array[()], spec)

    def __repr__(self) -> str:
        return f"DeviceArray({self._array})"

    def __str__(self) -> str:
        return str(self._array)


def on_device(func: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """Return what func computes of DeviceArrays, as DeviceArrays; refuse ndarrays among them."""
    result = func(*host_side(args), **host_side(kwargs))
    out = kwargs.get("out")
    if out is not None:
        return out[0] if isinstance(out, tuple) else out
    return device_side(result)


def host_side(x: Any) -> Any:
    """Return x with the ndarrays that DeviceArrays hold in their place; raise TypeError for any other ndarray."""
    if isinstance(x, DeviceArray):
        return x._array
    if isinstance(x, np.ndarray):
        advice = "write DeviceArray(x), or x.get()"
        raise TypeError(f"a DeviceArray does not mix with an ndarray; {advice}")
    if isinstance(x, (tuple, list)):
        return type(x)([host_side(part) for part in x])
    if isinstance(x, dict):
        return {name: host_side(part) for name, part in x.items()}
    return x


def device_side(x: Any) -> Any:
    """Return x with DeviceArrays in the place of arrays and NumPy's scalars, without copying them."""
    if isinstance(x, (np.ndarray, np.generic)):
        device = DeviceArray.__new__(DeviceArray)
        device._array = np.asarray(x)
        return device
    if isinstance(x, (tuple, list)):
        return type(x)([device_side(part) for part in x])
    return x
