"""Layers: functions that hold the parameters they compute with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.matrices import linear
from dezero_lite.stage4.shapes import data_of


class Parameter(Variable):
    """A Variable that is learned: layers find it, and an optimizer changes its data.

    data may be None until the layer has seen what it gets; then the layer fills it in.

    >>> layer = L.Layer()
    >>> layer.learned, layer.fixed = Parameter(np.array(1.0)), Variable(np.array(2.0))
    >>> layer.named_params()
    {'learned': variable(1.0)}
    """


class Layer:
    """A function that holds parameters: a subclass defines forward, and makes Parameters its attributes.

    Layers may have layers as attributes, too; their parameters are found with the layer's own.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 44 and 45.

    >>> class Scale(Layer):
    ...     def __init__(self):
    ...         self.factor = L.Parameter(np.array(2.0))
    ...     def forward(self, x):
    ...         return self.factor * x
    >>> layer = Scale()
    >>> layer(np.array([1.0, 3.0])), layer.named_params()
    (variable([2. 6.]), {'factor': variable(2.0)})
    """

    # set by setup_layers(), of stage 5
    move_to: ClassVar[Callable[..., Any]]
    to_gpu: ClassVar[Callable[..., Any]]
    to_cpu: ClassVar[Callable[..., Any]]
    save_weights: ClassVar[Callable[..., Any]]
    load_weights: ClassVar[Callable[..., Any]]

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        return self.forward(*inputs, **options)

    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Return what the layer computes of its inputs."""
        name = type(self).__name__
        raise NotImplementedError(f"{name} does not define forward(*inputs)")

    def named_params(self) -> dict[str, Parameter]:
        """Return the parameters of this layer and of the layers in it by name, in the order of definition.

        Raises TypeError where an attribute hides what shall be learned: see refuse_hidden.
        """
        return find_params(self)

    def params(self) -> Iterator[Parameter]:
        """Yield each parameter once."""
        yield from self.named_params().values()

    def cleargrads(self) -> None:
        """Forget the gradients of all parameters."""
        for param in self.params():
            param.cleargrad()


class Linear(Layer):
    """y = x W + b, with parameters W and b.

    out_size: H, the length of y's last axis. in_size: D, that of x; without it, the first x decides.
    nobias: leave b out. dtype: of W and b. rng: where W is drawn from, NumPy's global generator
    unless told otherwise. init: its standard deviation for D inputs. b begins with zeros.

    >>> layer = Linear(3)
    >>> layer(np.ones((5, 2))).shape, layer.W.shape
    ((5, 3), (2, 3))
    """

    def __init__(
        self,
        out_size: int,
        nobias: bool = False,
        dtype: Any = np.float32,
        in_size: int | None = None,
        rng: Any = None,
        init: Callable[[int], float] | None = None,
    ) -> None:
        self.out_size = out_size
        self.dtype = dtype
        self.rng = rng
        self.init = init or xavier
        self.W = Parameter(None, "W")
        self.b = None if nobias else Parameter(np.zeros(out_size, dtype), "b")
        if in_size is not None:
            self.make_weights(in_size)

    def make_weights(self, in_size: int, like: Any = None) -> None:
        """Draw W, (D, H), for D inputs; it will lie where the array like does."""
        rng = np.random if self.rng is None else self.rng
        W = rng.standard_normal((in_size, self.out_size)) * self.init(in_size)
        self.W.data = np.asarray(W.astype(self.dtype), like=like)

    def forward(self, x: Any) -> Variable:
        """Return x W + b: (..., D) gives (..., H)."""
        if self.W.data is None:
            self.make_weights(data_of(x).shape[-1], data_of(x))
        return linear(x, self.W, self.b)


def xavier(in_size: int) -> float:
    """Return the standard deviation with which sigmoid and tanh pass on what they get: the root of 1 / D.

    Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010);
    in this form, with D inputs alone, LeCun et al., Efficient backprop (1998).

    >>> xavier(4)
    0.5
    >>> layer = L.Linear(10, in_size=4, init=xavier)  # what Linear does anyway
    """
    return math.sqrt(1 / in_size)


def he(in_size: int) -> float:
    """Return the standard deviation with which ReLU passes on what it gets: the root of 2 / D.

    Source: He et al., Delving deep into rectifiers (2015).

    >>> he(8)
    0.5
    >>> layer = L.Linear(10, in_size=8, init=he)
    """
    return math.sqrt(2 / in_size)


def find_params(layer: Layer) -> dict[str, Parameter]:
    """Return the parameters of a layer and of the layers in it by name, such as l0/W, each once."""
    names: dict[Any, str] = {layer: ""}
    for owner in names_below(layer, "", names):
        refuse_hidden(owner, names)
    found = {}
    for x, name in names.items():
        if isinstance(x, Parameter):
            found[name] = x
    return found


def names_below(layer: Layer, prefix: str, names: dict[Any, str]) -> list[Layer]:
    """Add to names what a layer has as attributes, and theirs; return the layers that were met."""
    layers = [layer]
    for name, value in vars(layer).items():
        if isinstance(value, (Layer, Parameter)) and value not in names:
            names[value] = prefix + name
            if isinstance(value, Layer):
                layers += names_below(value, f"{prefix}{name}/", names)
    return layers


def refuse_hidden(layer: Layer, names: dict[Any, str]) -> None:
    """Raise TypeError where training would miss something of a layer without a word.

    That is a layer or Parameter in a list, tuple or dict, unless it is an attribute as well; and a Variable
    that gets gradients, but is no Parameter.
    """
    for name, value in vars(layer).items():
        where = f"{type(layer).__name__}.{name}"
        for hidden in learned_in(value):
            if hidden not in names:
                raise TypeError(
                    f"{where} hides a {type(hidden).__name__}, so it would not "
                    "be learned; give it its own attribute, with setattr"
                )
        if not isinstance(value, Variable) or isinstance(value, Parameter):
            continue
        if value.creator is None and value.grad is not None:
            raise TypeError(
                f"{where} gets gradients, but only a Parameter is learned; "
                "make it one"
            )


def learned_in(value: Any) -> Iterator[Layer | Parameter]:
    """Yield the layers and Parameters that an attribute holds, in lists, tuples and dicts too."""
    if isinstance(value, (Layer, Parameter)):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from learned_in(part)
