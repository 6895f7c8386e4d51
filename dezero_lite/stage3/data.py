"""What a Variable may hold, and what can be asked of it."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any  # an ndarray, or one of NumPy's scalars


class Box:
    """What can be asked of anything that holds data."""

    data: Any = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of data's axes."""
        return self.data.shape

    @property
    def ndim(self) -> int:
        """The number of data's axes."""
        return self.data.ndim

    @property
    def size(self) -> int:
        """The number of data's elements."""
        return self.data.size

    @property
    def dtype(self) -> np.dtype:
        """The type of data's elements."""
        return self.data.dtype

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        return "variable(" + str(self.data).replace("\n", "\n" + " " * 9) + ")"


def as_data(data: Any) -> Array:
    """Return data in the form that Variables keep: an array without axes as NumPy's scalar.

    NumPy computes several times faster with its scalars. Other arrays, scalars and None stay as they are.
    Raises TypeError for what is no array, and for arrays of anything but numbers.
    """
    if type(data) is not np.ndarray:
        if data is None or isinstance(data, (np.number, np.bool_)):
            return data
        name = type(data).__name__
        # * of a matrix is another product; a sum leaves out what is masked
        if not is_array(data) or name in ("matrix", "MaskedArray"):
            kind, advice = kind_of(data), "write Variable(np.array(data))"
            if name == "Variable":
                advice = "take its data"
            raise TypeError(
                f"Variable takes a numpy.ndarray, got {kind}; {advice}"
            )
    if data.dtype.kind not in "biufc":
        kind = kind_of(data.flat[0]) if data.size else data.dtype
        raise TypeError(f"Variable takes an array of numbers, got one of {kind}")
    return data if data.ndim else data[()]


def kind_of(x: Any) -> str:
    """Return what x is, for a message."""
    if x is None:
        return "None; is a return missing?"
    kind = type(x).__name__
    return f"the Variable of {type(x).__module__}" if kind == "Variable" else kind


def is_array(x: Any) -> bool:
    """Say whether x is an array that NumPy's functions take: NumPy's own, its scalars, or a device's."""
    if type(x) is np.ndarray or isinstance(x, np.generic):
        return True
    return hasattr(x, "__array_function__") and not isinstance(x, Box)


def as_array(x: Any) -> Array:
    """Return x as an array: arrays as they are, numbers and NumPy scalars as arrays without axes.

    >>> as_array(3.0), as_array(np.arange(3))
    (array(3.), array([0, 1, 2]))
    """
    if is_array(x) and not isinstance(x, np.generic):
        return x
    return np.array(x)


def stretched_axes(
    shape: tuple[int, ...], longer: tuple[int, ...]
) -> tuple[int, ...] | None:
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
