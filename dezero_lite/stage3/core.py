"""Variables, and the backward pass through their graph; gradients are Variables too."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from dezero_lite.stage3.config import Config, using_config
from dezero_lite.stage3.data import (
    Box,
    as_array,
    as_data,
    is_array,
    kind_of,
    stretched_axes,
)

# arrays; Variables where the gradients shall have a graph
Gradients = dict["Variable", Any]


class Variable(Box):
    """A box that holds data, its gradient, and the function that made it.

    data: an ndarray of numbers, which is kept as NumPy's scalar where it has no axes; None for a box
    that is still empty. Give it a new array rather than change its elements: graphs that have used the
    Variable hold the old one. name: what to call it, for people. grad: None until backward() has run, then a
    Variable of data's shape. creator: the Function whose output this is; None for a variable that the
    user made. generation: how many functions are on the longest path from the user's variables to this
    one. leaf: what represents the user's variable in the graphs that use it, see Leaf. wanted: whether
    anybody wants its gradient.
    Raises TypeError where data is neither an array of numbers nor None.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 1-36.

    >>> x = Variable(np.array(3.0))
    >>> (x**2 + 1).backward()
    >>> x.grad
    variable(6.0)
    """

    # set by setup_variable()
    __array__: ClassVar[Callable[..., Any]]
    __array_function__: ClassVar[Callable[..., Any]]
    __array_ufunc__: ClassVar[Callable[..., Any]]
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
    __lt__: ClassVar[Callable[[Variable, Any], Any]]
    __le__: ClassVar[Callable[[Variable, Any], Any]]
    __gt__: ClassVar[Callable[[Variable, Any], Any]]
    __ge__: ClassVar[Callable[[Variable, Any], Any]]
    __bool__: ClassVar[Callable[[Variable], bool]]
    # set by setup_tensors(), of stage 4
    __matmul__: ClassVar[Callable[[Variable, Any], Variable]]
    __rmatmul__: ClassVar[Callable[[Variable, Any], Variable]]
    __getitem__: ClassVar[Callable[[Variable, Any], Variable]]
    __iter__: ClassVar[Callable[[Variable], Any]]
    T: ClassVar[Any]
    reshape: ClassVar[Callable[..., Variable]]
    transpose: ClassVar[Callable[..., Variable]]
    sum: ClassVar[Callable[..., Variable]]
    mean: ClassVar[Callable[..., Variable]]
    max: ClassVar[Callable[..., Variable]]
    min: ClassVar[Callable[..., Variable]]
    # set by setup_unchain(), of stage 5
    unchain: ClassVar[Callable[[Variable], None]]
    unchain_backward: ClassVar[Callable[[Variable], None]]

    wanted = True

    def __init__(
        self, data: np.ndarray | np.generic | None, name: str | None = None
    ) -> None:
        self.data = as_data(data)
        self.name = name
        self.grad: Variable | None = None
        self.creator: Any = None
        self.generation = 0
        self.leaf: Leaf | None = None

    def set_creator(self, func: Any) -> None:
        """Remember func as the function that made this variable."""
        self.creator = func
        self.generation = func.generation + 1

    def cleargrad(self) -> None:
        """Forget the gradient, so that the next backward() starts from nothing."""
        self.grad = None

    def backward(
        self, retain_grad: bool = False, create_graph: bool = False
    ) -> None:
        """Add this variable's gradient with respect to each of the user's variables to their grad.

        Starts from grad as it is, or from ones of data's shape where it is None; for integer data
        these are float64. Variables in between keep no gradient, unless retain_grad is true; then this
        variable keeps its start, too. create_graph: whether the gradients know what they were computed
        from, so that they can be differentiated again. Without it, every grad has an array of its own.
        Raises ValueError where a function has an output that gets no gradient, because nothing uses it,
        and where a grad or what a rule returns does not fit; TypeError where it is neither an array nor a Variable.
        After an error no grad has changed.
        """
        with using_config("enable_backprop", create_graph):
            hand_over(walk_back(self, retain_grad), self)

    def __getstate__(self) -> dict[str, Any]:
        if self.creator is not None:
            maker = type(self.creator).__name__
            raise TypeError(
                f"{maker} made this Variable, and its graph has no copy; "
                "copy its data"
            )
        return vars(self) | {"leaf": None}


class Leaf(Variable):
    """An end of a graph: what represents one of the user's variables there, or for a constant.

    It has the variable's data and not its grad. So the graph behind a gradient does not lead back to
    the variable that holds this gradient, and no cycle keeps both of them alive.
    data: as in Variable, or a Python number, which takes the type of the array next to it. variable: a
    weak reference to the user's variable. wanted: false for a constant, whose gradient nobody needs.

    >>> x = Variable(np.array(3.0))
    >>> leaf, constant = (x * 2).creator.inputs
    >>> leaf.user() is x, constant.user()
    (True, None)
    """

    grad = creator = leaf = None
    generation = 0

    def __init__(
        self, data: Any, variable: weakref.ref[Variable] | None = None
    ) -> None:
        self.data = data
        self.variable = variable
        self.wanted = variable is not None

    @property
    def name(self) -> str | None:  # type: ignore[override]
        """The name of the user's variable; None where there is none, or none any more."""
        user = self.user()
        return None if user is None else user.name

    def user(self) -> Variable | None:
        """Return the user's variable; None for a constant, and where the user has dropped it."""
        return None if self.variable is None else self.variable()


def in_graph(x: Any) -> Variable:
    """Return what represents x in a graph: x itself if a function made it, else a Leaf."""
    if not isinstance(x, Variable):
        return Leaf(x if type(x) in (int, float) else as_data(as_array(x)))
    if x.creator is not None or isinstance(x, Leaf):
        return x
    # an old graph keeps the old data
    if x.leaf is None or x.leaf.data is not x.data:
        x.data = as_data(x.data)
        if x.data is None:
            raise ValueError(
                "this Variable is empty; give it data before computing with it"
            )
        x.leaf = Leaf(x.data, weakref.ref(x))
    return x.leaf


def visiting_order(y: Variable) -> list[Any]:
    """Return the functions that y was computed with, newest generation first.

    A function comes after all functions that use its outputs. Takes time proportional to their number.

    >>> y = F.exp(F.square(Variable(np.array(3.0))))
    >>> [type(f).__name__ for f in visiting_order(y)]
    ['Exp', 'Square']
    """
    shelves: list[list[Any]] = [[] for _ in range(y.generation)]
    if y.creator is not None:
        shelves[-1].append(y.creator)
    seen: set[Any] = {None}  # a leaf has no creator
    order: list[Any] = []
    for shelf in reversed(shelves):
        for f in shelf:
            order.append(f)
            for x in f.inputs:
                if x.creator not in seen:
                    seen.add(x.creator)
                    shelves[x.creator.generation].append(x.creator)
    return order


def walk_back(y: Variable, retain_grad: bool) -> Gradients:
    """Return the gradients of y at the ends of its graph; with retain_grad, at all its variables."""
    root = in_graph(y)
    start = first_gradient(y)
    grads: Gradients = {root: start if Config.enable_backprop else start.data}
    for f in visiting_order(y):
        gys = output_gradients(f, grads, retain_grad)
        for i, gx in enumerate(apply_rule(f, gys)):
            x = f.inputs[i]
            if x.wanted:
                gx = fitting_gradient(f, x, gx)
                if x in grads:
                    gx = grads[x] + gx
                grads[x] = gx
    return grads


def first_gradient(y: Variable) -> Variable:
    """Return the gradient that the backward pass starts from: that of y, or ones."""
    start = grad_of(y)
    if start is None:
        dtype = y.dtype if y.dtype.kind in "fc" else np.float64
        start = Leaf(as_data(np.ones_like(y.data, dtype=dtype)))
    return start


def grad_of(x: Variable) -> Variable | None:
    """Return x.grad, after a look at what the user may have put there."""
    if x.grad is None:
        return None
    if not isinstance(x.grad, Variable):
        raise TypeError(
            f"a grad must be a Variable, got {kind_of(x.grad)}; "
            "write Variable(...)"
        )
    if x.grad.shape != x.shape:
        raise ValueError(
            f"a grad must have its variable's shape, {x.shape}, "
            f"got {x.grad.shape}"
        )
    return x.grad


def output_gradients(f: Any, grads: Gradients, retain_grad: bool) -> list[Any]:
    """Return the gradients at f's outputs; take them out of grads, unless all are to be retained."""
    gys = []
    for output in f.outputs:
        y = output()
        if y not in grads:
            raise ValueError(
                f"an output of {type(f).__name__} gets no gradient; "
                "use all its outputs"
            )
        gys.append(grads[y] if retain_grad else grads.pop(y))
    return gys


def apply_rule(f: Any, gys: list[Any]) -> tuple[Any, ...]:
    """Return the gradients at f's inputs, given those at its outputs."""
    answer = f.backward(*gys)
    gxs = answer if isinstance(answer, tuple) else (answer,)
    if len(gxs) != len(f.inputs):
        rule, count = f"{type(f).__name__}.backward", len(f.inputs)
        several = isinstance(answer, tuple)
        what = f"a tuple of {len(gxs)}" if several else kind_of(answer)
        raise ValueError(
            f"{rule} must return a gradient for each input ({count}), got {what}"
        )
    return gxs


def fitting_gradient(f: Any, x: Variable, gx: Any) -> Any:
    """Return what f's rule says of its input x in the form that the backward pass computes with.

    Where f has let NumPy stretch x, each copy of an element got a gradient, and the element gets their sum.
    """
    data = gx.data if isinstance(gx, Variable) else gx
    if not is_array(data):
        name = type(f).__name__
        raise TypeError(
            f"{name}.backward must return arrays or Variables, got {kind_of(gx)}"
        )
    gx = as_variable(gx) if Config.enable_backprop else data
    if data.shape != x.data.shape:
        axes = stretched_axes(x.data.shape, data.shape)
        if axes is None:
            name = type(f).__name__
            raise ValueError(
                f"{name}.backward must return a gradient of its input's shape, "
                f"{x.data.shape}, got {data.shape}"
            )
        if gx is data and data.dtype.type is np.float16:
            # in float16, ones add up to 2048 at most
            gx = data.sum(axis=axes, keepdims=True, dtype=np.float32)
            gx = gx.astype(np.float16)
        else:
            gx = gx.sum(axis=axes, keepdims=True)
        gx = gx.reshape(x.data.shape)
    return gx


def hand_over(grads: Gradients, y: Variable) -> None:
    """Add the gradients to the grad of their variables; y keeps the one that it started from."""
    sums: Gradients = {}
    for x, gx in grads.items():
        variable = x.user() if isinstance(x, Leaf) else x
        if variable is None or (variable is y and y.grad is not None):
            continue
        # two leaves of one variable: new data came before the graph was complete
        before = sums[variable] if variable in sums else grad_of(variable)
        if before is not None:
            gx = before + gx
        sums[variable] = gx
    taken = {id(x.data) for x in [*sums, y.grad] if x is not None}
    results = [own_variable(gx, taken) for gx in sums.values()]
    for variable, result in zip(sums, results, strict=True):
        variable.grad = result


def own_variable(gx: Any, taken: set[int]) -> Variable:
    """Return a gradient as a Variable; where its array is a view, or its id is taken, the array is copied."""
    if isinstance(gx, Variable) and not isinstance(gx, Leaf):
        return gx
    data = gx.data if isinstance(gx, Leaf) else gx
    if id(data) in taken or data.base is not None:
        data = data.copy()
    taken.add(id(data))
    return Variable(data)


def as_variable(x: Any) -> Variable:
    """Return x as a Variable: Variables as they are, arrays and numbers in a new one.

    >>> as_variable(3.0), as_variable(np.arange(3))
    (variable(3.0), variable([0 1 2]))
    """
    if isinstance(x, Variable):
        return x
    return Variable(as_array(x))
