"""Models: layers put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.graph import Drawing, plot_dot_graph
from dezero_lite.stage4.activations import sigmoid
from dezero_lite.stage4.layers import Layer, Linear


class Model(Layer):
    """A layer that is a whole network: it prints its parameters, and draws itself.

    >>> class Line(Model):
    ...     def __init__(self):
    ...         self.line = L.Linear(1, in_size=2)
    ...     def forward(self, x):
    ...         return self.line(x)
    >>> Line()
    Line: 3 parameters
      line/W       (2, 1)                 2
      line/b       (1,)                   1
    """

    def __repr__(self) -> str:
        return summary(self)

    def plot(
        self, *inputs: Any, verbose: bool = True, to_file: Any = None
    ) -> Drawing:
        """Return the drawing of the graph that forward makes of the inputs; arguments as in plot_dot_graph."""
        return plot_dot_graph(self.forward(*inputs), verbose, to_file)


class Sequential(Model):
    """Layers and functions, one behind the other; the attributes l0, l1, ... hold them.

    >>> model = Sequential(L.Linear(4), F.relu, L.Linear(1))
    >>> model(np.ones((5, 2))).shape
    (5, 1)
    """

    def __init__(self, *layers: Callable[[Any], Any]) -> None:
        self.depth = len(layers)
        for i, layer in enumerate(layers):
            setattr(self, f"l{i}", layer)

    def forward(self, x: Any) -> Any:
        """Return what the last layer makes of what the one before it makes, and so on."""
        for i in range(self.depth):
            x = getattr(self, f"l{i}")(x)
        return x


class MLP(Model):
    """A multilayer perceptron: linear layers l0, l1, ... with an activation function between them.

    sizes: the layers' numbers of outputs. activation: it follows each layer but the last. options: what
    Linear takes besides, such as rng and init.
    Source: Rumelhart et al., Learning representations by back-propagating errors (1986).

    >>> model = MLP((10, 3), activation=F.relu)
    >>> model(np.ones((5, 2))).shape, list(model.named_params())
    ((5, 3), ['l0/W', 'l0/b', 'l1/W', 'l1/b'])
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: Callable[[Any], Variable] = sigmoid,
        **options: Any,
    ) -> None:
        self.depth = len(sizes)
        self.activation = activation
        for i, size in enumerate(sizes):
            setattr(self, f"l{i}", Linear(size, **options))

    def forward(self, x: Any) -> Any:
        """Return the last layer's output, (..., the last size), without an activation function behind it."""
        for i in range(self.depth):
            if i > 0:
                x = self.activation(x)
            x = getattr(self, f"l{i}")(x)
        return x


def summary(layer: Layer) -> str:
    """Return a line for each parameter of a layer: its name, shape and number of elements, and their sum."""
    lines, total = [], 0
    for name, param in layer.named_params().items():
        if param.data is None:
            lines.append(f"  {name:<12} made at the first call")
        else:
            total += param.size
            lines.append(f"  {name:<12} {param.shape!s:<14} {param.size:>9,}")
    return "\n".join([f"{type(layer).__name__}: {total:,} parameters", *lines])
