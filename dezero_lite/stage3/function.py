"""Functions: what computes the data of Variables, and their gradients."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np

from dezero_lite.stage3.config import Config
from dezero_lite.stage3.core import Variable, in_graph
from dezero_lite.stage3.data import is_array, kind_of


class Function:
    """One step of a computation: a subclass defines forward, and next to it its derivative, backward.

    Calling it takes any number of Variables, arrays or numbers and returns one Variable, or a list of
    them where forward returns a tuple of several arrays. A call also stores inputs and outputs on the
    function, so use a new object for every call. The outputs are held weakly: whoever uses them keeps
    them alive.
    backward computes with xs and y. These and its gys are arrays, unless the gradients are to have a
    graph (create_graph=True): then they are Variables. Both know the same operators, so one rule does.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 2-36.

    >>> class Cube(Function):
    ...     def forward(self, x):
    ...         return x**3
    ...     def backward(self, gy):
    ...         (x,) = self.xs
    ...         return gy * 3 * x**2
    >>> x = Variable(np.array(2.0))
    >>> Cube()(x).backward()
    >>> x.grad
    variable(12.0)
    """

    inputs: Any = None  # until it is called
    outputs: Any = None

    def __call__(self, *args: Any) -> Any:
        return call_function(self, args)

    @property
    def xs(self) -> Any:
        """The inputs: Variables if the gradients are to have a graph, else arrays."""
        if Config.enable_backprop:
            return self.inputs
        return [x.data for x in self.inputs]

    @property
    def y(self) -> Any:
        """The output: a Variable if the gradients are to have a graph, else an array."""
        y = self.outputs[0]()
        return y if Config.enable_backprop else y.data

    def wants(self, i: int) -> bool:
        """Say whether the gradient of input i is wanted: worth asking where it costs something."""
        return self.inputs[i].wanted

    def forward(self, *xs: Any) -> Any:
        """Return the output's data for the inputs' data; a tuple where there are several outputs."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define forward(*xs)")

    def backward(self, *gys: Any) -> Any:
        """Return the gradient at the input, given those at the outputs; a tuple for several inputs."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define backward(*gys)")


def call_function(f: Any, args: tuple[Any, ...]) -> Any:
    """Return what f computes of args; where a graph is wanted, f remembers both.

    Raises RuntimeError where f remembers an earlier call, which a second one would overwrite.
    """
    if f.inputs is not None:
        name = type(f).__name__
        raise RuntimeError(
            f"this {name} has been called before; make a new {name} for each call"
        )
    # one loop: comprehensions would take half as long again
    inputs, arrays, generation = [], [], 0
    for arg in args:
        x = in_graph(arg)
        inputs.append(x)
        arrays.append(x.data)
        if x.generation > generation:
            generation = x.generation
    try:
        ys = f.forward(*arrays)
    except TypeError:
        refuse_mixing(f, arrays)
        raise
    if not isinstance(ys, tuple):
        ys = (ys,)
    outputs = []
    for y in ys:
        outputs.append(as_output(f, y))
    if Config.enable_backprop:
        f.inputs = inputs
        f.generation = generation
        f.outputs = []
        for output in outputs:
            output.set_creator(f)
            # weak: an output holds its creator
            f.outputs.append(weakref.ref(output))
    return outputs if len(outputs) > 1 else outputs[0]


def refuse_mixing(f: Function, arrays: Sequence[Any]) -> None:
    """Raise TypeError where arrays lie in two memories: it says more than what CuPy says."""
    kinds = []
    for x in arrays:
        kind = type(x).__name__
        if kind == "ndarray":  # numpy's, or cupy's
            kind = f"{type(x).__module__}.{kind}"
        if is_array(x) and not isinstance(x, np.generic) and kind not in kinds:
            kinds.append(kind)
    if len(kinds) > 1:
        name, both = type(f).__name__, " and ".join(kinds)
        raise TypeError(
            f"{name} got arrays from two memories, {both}; move one, or the model"
        )


def as_output(f: Function, y: Any) -> Variable:
    """Return what f.forward has returned as a Variable."""
    if is_array(y):
        return Variable(y)
    if isinstance(y, (int, float)):
        return Variable(np.array(y))
    name, kind = type(f).__name__, kind_of(y)
    raise TypeError(
        f"{name}.forward must return an array, or a tuple of arrays, got {kind}"
    )
