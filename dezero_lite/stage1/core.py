"""Variables, the functions that make them, and the backward pass from an output to its input."""

from __future__ import annotations

from typing import Any

import numpy as np


class Variable:
    """A box that holds an array, its gradient, and the function that made it.

    data: an ndarray of any shape. grad: None until backward() has run, then an array of data's shape.
    creator: the Function whose output this is; None for a variable that the user made.
    Raises TypeError where data is not an ndarray.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 1-9.
    """

    def __init__(self, data: np.ndarray) -> None:
        if not isinstance(data, np.ndarray):
            name = type(data).__name__
            raise TypeError(
                f"Variable takes a numpy.ndarray, got {name}; "
                "write Variable(np.array(data))"
            )
        self.data = data
        self.grad: np.ndarray | None = None
        self.creator: Function | None = None

    def set_creator(self, func: Function) -> None:
        """Remember func as the function that made this variable."""
        self.creator = func

    def backward(self) -> None:
        """Set grad on every variable between this one and the input that it was computed from.

        Starts from grad as it is, or from ones of data's shape where it is None, so that an input's
        grad is the derivative of the sum of this variable's elements. Without a creator only its own
        grad is set.
        """
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            if f is not None:
                x, y = f.input, f.output
                x.grad = as_array(f.backward(y.grad))
                funcs.append(x.creator)


class Function:
    """One step of a computation: a subclass defines forward, and next to it its derivative, backward.

    Calling it takes one Variable and returns one Variable that remembers this function as its creator.
    A call also stores input and output on the function, so every call needs a new object.
    Raises TypeError where the input is not a Variable, RuntimeError where the object has been called before.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 2-9.
    """

    def __call__(self, input: Variable) -> Variable:
        if not isinstance(input, Variable):
            name = type(input).__name__
            raise TypeError(
                f"{type(self).__name__} takes a Variable, got {name}; "
                "wrap it in Variable(np.array(...))"
            )
        if hasattr(self, "output"):
            name = type(self).__name__
            raise RuntimeError(
                f"this {name} has been called before; "
                f"make a new {name} for each call"
            )
        x = input.data
        y = self.forward(x)
        output = Variable(as_array(y))
        output.set_creator(self)
        self.input = input
        self.output = output
        return output

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the output's data for the input's data x."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define forward(x)")

    def backward(self, gy: Any) -> np.ndarray:
        """Return the gradient at the input, given gy, the gradient at the output."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define backward(gy)")


def as_array(x: Any) -> np.ndarray:
    """Return x as an ndarray: arrays as they are, numbers and NumPy scalars as arrays without axes."""
    if isinstance(x, np.ndarray):
        return x
    return np.array(x)
