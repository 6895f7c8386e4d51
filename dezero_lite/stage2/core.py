"""Variables, functions of any number of inputs and outputs, and the backward pass through the graph they make."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np


class Config:
    """Switches that apply to the whole program, all its threads included.

    enable_backprop: whether functions remember their inputs, so that backward() can go back through them.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 18.
    """

    enable_backprop = True


@contextlib.contextmanager
def using_config(name: str, value: bool) -> Iterator[None]:
    """Give the switch Config.name another value within a with block, and restore the old one afterwards.

    Raises AttributeError where Config has no such switch.
    """
    old_value = getattr(Config, name)
    setattr(Config, name, value)
    try:
        yield
    finally:
        setattr(Config, name, old_value)


def no_grad() -> contextlib.AbstractContextManager[None]:
    """Compute without a graph within a with block: less memory, but no backward pass."""
    return using_config("enable_backprop", False)


class Variable:
    """A box that holds an array, its gradient, and the function that made it.

    data: an ndarray of any shape, or None for a box that is still empty. name: what to call it, for people.
    grad: None until backward() has run, then an array of data's shape. creator: the Function whose output
    this is; None for a variable that the user made. generation: how many functions are on the longest path
    from the user's variables to this one.
    Raises TypeError where data is neither an ndarray nor None.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 1-22.
    """

    # set by setup_variable()
    __array_ufunc__: ClassVar[None]
    __add__: ClassVar[Callable[[Variable, Any], Variable]]
    __radd__: ClassVar[Callable[[Variable, Any], Variable]]
    __mul__: ClassVar[Callable[[Variable, Any], Variable]]
    __rmul__: ClassVar[Callable[[Variable, Any], Variable]]
    __neg__: ClassVar[Callable[[Variable], Variable]]
    __sub__: ClassVar[Callable[[Variable, Any], Variable]]
    __rsub__: ClassVar[Callable[[Variable, Any], Variable]]
    __truediv__: ClassVar[Callable[[Variable, Any], Variable]]
    __rtruediv__: ClassVar[Callable[[Variable, Any], Variable]]
    __pow__: ClassVar[Callable[[Variable, float], Variable]]

    def __init__(self, data: np.ndarray | None, name: str | None = None) -> None:
        if data is not None and not isinstance(data, np.ndarray):
            kind = type(data).__name__
            raise TypeError(
                f"Variable takes a numpy.ndarray, got {kind}; "
                "write Variable(np.array(data))"
            )
        self.data: Any = data
        self.name = name
        self.grad: np.ndarray | None = None
        self.creator: Any = None  # or a Function
        self.generation = 0

    def set_creator(self, func: Function) -> None:
        """Remember func as the function that made this variable."""
        self.creator = func
        self.generation = func.generation + 1

    def cleargrad(self) -> None:
        """Forget the gradient, so that the next backward() starts from nothing."""
        self.grad = None

    def backward(self, retain_grad: bool = False) -> None:
        """Add this variable's gradient with respect to each of the user's variables to their grad.

        Starts from grad as it is, or from ones of data's shape where it is None; for integer data these
        are floating-point ones. Variables in between keep no gradient, unless retain_grad is true; then
        this variable keeps its start, too. Every grad is a separate array.
        Raises ValueError where a function has an output that gets no gradient, because nothing uses it.
        After an error no grad has changed.
        """
        start = self.grad
        if start is None:
            dtype = np.result_type(self.dtype, np.float16)
            start = np.ones(self.shape, dtype)
        grads: dict[Any, np.ndarray] = {self: start}
        for f in visiting_order(self):
            gys: list[np.ndarray] = []
            for output in f.outputs:
                y = output()
                if y not in grads:
                    raise ValueError(
                        f"an output of {type(f).__name__} gets no gradient; "
                        "use all its outputs"
                    )
                gys.append(grads[y])
                if not retain_grad:
                    del grads[y]
            gxs = f.backward(*gys)
            if not isinstance(gxs, tuple):
                gxs = (gxs,)
            for x, gx in zip(f.inputs, gxs, strict=True):
                if x in grads:
                    grads[x] = grads[x] + gx
                else:
                    grads[x] = gx
        for x, gx in grads.items():
            if x is self or x.grad is None:
                grads[x] = np.array(gx)
            else:
                grads[x] = np.array(x.grad + gx)
        for x, gx in grads.items():
            x.grad = gx

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
        if self.data is None:
            return "variable(None)"
        return "variable(" + str(self.data).replace("\n", "\n" + " " * 9) + ")"


class Function:
    """One step of a computation: a subclass defines forward, and next to it its derivative, backward.

    Calling it takes any number of Variables, arrays or numbers and returns one Variable, or a list of them
    where forward returns a tuple of several arrays. A call also stores inputs and outputs on the function,
    so every call needs a new object. The outputs are held weakly: whoever uses them keeps them alive.
    Raises RuntimeError where the object has been called before, unless that was without a graph.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 2-21.
    """

    def __call__(self, *args: Any) -> Any:
        if hasattr(self, "outputs"):
            name = type(self).__name__
            raise RuntimeError(
                f"this {name} has been called before; "
                f"make a new {name} for each call"
            )
        inputs = [as_variable(x) for x in args]
        ys = self.forward(*[x.data for x in inputs])
        if not isinstance(ys, tuple):
            ys = (ys,)
        outputs = [Variable(as_array(y)) for y in ys]
        if Config.enable_backprop:
            self.generation = max([x.generation for x in inputs])
            for output in outputs:
                output.set_creator(self)
            self.inputs = inputs
            self.outputs = [weakref.ref(output) for output in outputs]
        return outputs if len(outputs) > 1 else outputs[0]

    def forward(self, *xs: Any) -> Any:
        """Return the output's data for the inputs' data; a tuple where there are several outputs."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define forward(*xs)")

    def backward(self, *gys: Any) -> Any:
        """Return the gradient at the input, given the gradients at the outputs; a tuple for several inputs."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define backward(*gys)")


def visiting_order(y: Variable) -> list[Function]:
    """Return the functions that y was computed with, newest generation first.

    A function comes after all functions that use its outputs. Takes time proportional to their number.
    """
    shelves: list[list[Function]] = [[] for _ in range(y.generation)]
    if y.creator is not None:
        shelves[-1].append(y.creator)
    seen: set[Function | None] = {None}  # a leaf has no creator
    order: list[Function] = []
    for shelf in reversed(shelves):
        for f in shelf:
            order.append(f)
            for x in f.inputs:
                if x.creator not in seen:
                    seen.add(x.creator)
                    shelves[x.creator.generation].append(x.creator)
    return order


def as_array(x: Any) -> np.ndarray:
    """Return x as an ndarray: arrays as they are, numbers and NumPy scalars as arrays without axes."""
    if isinstance(x, np.ndarray):
        return x
    return np.array(x)


def as_variable(x: Any) -> Variable:
    """Return x as a Variable: Variables as they are, arrays and numbers in a new one."""
    if isinstance(x, Variable):
        return x
    return Variable(as_array(x))
