"""What the benchmark asks of a library, and our own stages behind it."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, ClassVar

import numpy as np

Result = tuple[Any, list[Any]]


class Adapter:
    """One library, in the words of its users. The methods here suit DeZero's interface; others replace theirs.

    name: what the tables call it. path: the module to import. box: the module's class for what has a gradient.
    statement: the line that a user imports it with.
    """

    name: ClassVar[str]
    path: ClassVar[str]
    statement: ClassVar[str]
    box: ClassVar[str] = "Variable"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module(self.path)

    def version(self) -> str:
        """Return the version that is installed."""
        return version(self.path.split(".")[0])

    def leaves(self, values: Sequence[Any]) -> list[Any]:
        """Return the library's own boxes for arrays or NumPy numbers."""
        return [getattr(self.module, self.box)(np.array(value)) for value in values]

    def exp(self, x: Any) -> Any:
        """Return e ** x."""
        return self.module.exp(x)

    def tanh(self, x: Any) -> Any:
        """Return tanh x."""
        return self.module.tanh(x)

    def square(self, x: Any) -> Any:
        """Return x ** 2."""
        return x**2

    def linear(self, x: Any, W: Any, b: Any) -> Any:
        """Return x W + b."""
        return self.functions().linear(x, W, b)

    def matmul(self, x: Any, W: Any) -> Any:
        """Return the product of two matrices."""
        return self.functions().matmul(x, W)

    def sigmoid(self, x: Any) -> Any:
        """Return 1 / (1 + e ** -x)."""
        return self.functions().sigmoid(x)

    def cross_entropy(self, x: Any, t: Any) -> Any:
        """Return the mean cross-entropy of softmax(x) against labels."""
        return self.functions().softmax_cross_entropy(x, t)

    def relu(self, x: Any) -> Any:
        """Return x where it is positive, else 0."""
        return self.functions().relu(x)

    def conv2d(self, x: Any, W: Any, b: Any) -> Any:
        """Return the convolution with three by three kernels, with one pixel of 0 at each edge."""
        return self.functions().conv2d(x, W, b, 1, 1)

    def pooling(self, x: Any) -> Any:
        """Return the greatest of each two by two elements."""
        return self.functions().pooling(x, 2, 2)

    def batch_norm(self, x: Any, gamma: Any, beta: Any) -> Any:
        """Return x normalized channel by channel; the book's spelling."""
        return self.functions().batch_nrom(x, gamma, beta, *self.averages(x))

    def averages(self, x: Any) -> tuple[np.ndarray, np.ndarray]:
        """Return running means to be changed: fresh ones."""
        return np.zeros(x.shape[1], np.float32), np.ones(x.shape[1], np.float32)

    def functions(self) -> Any:
        """Return the module whose functions a network needs."""
        return self.module

    def constant(self, x: np.ndarray) -> Any:
        """Return an array as the library's users hand it over where they want no gradient of it."""
        return x

    def trainer(self, xs: list[Any], rate: float) -> Callable[[Any, Any], Result]:
        """Return a round of training a model of two layers with gradient descent, as the library's users write it.

        xs: weights and biases to begin with. The round takes samples and labels, and returns loss and parameters.
        """
        models = importlib.import_module(f"{self.path.split('.')[0]}.models")
        optimizers = importlib.import_module(f"{self.path.split('.')[0]}.optimizers")
        arrays = [self.array(x) for x in xs]
        model = models.MLP([len(arrays[1]), len(arrays[3])])
        model(arrays[0].T[:1])  # the layers make their weights
        parameters = [p for layer in (model.l0, model.l1) for p in (layer.W, layer.b)]
        for parameter, array in zip(parameters, arrays, strict=True):
            parameter.data = array
        optimizer = optimizers.SGD(rate)
        optimizer.setup(model)

        def round_of(x: Any, t: Any) -> Result:
            loss = self.cross_entropy(model(x), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
            return loss, parameters

        return round_of

    def lstm(self, xs: list[Any], whole: bool) -> Callable[[np.ndarray], Result]:
        """Return a pass through an LSTM of the library's own, forward and backward, as its users write it.

        xs: weights, biases and the weights of the state, each for the gates f, i, o and for the candidate. The pass
        takes a sequence, and returns the last output and the gradients. whole: whether the layer may get the sequence
        in one call, where it has a way for that.
        """
        layers = importlib.import_module(f"{self.path.split('.')[0]}.layers")
        arrays = [self.array(x) for x in xs]
        layer = layers.LSTM(len(arrays[-1]))
        inner = [getattr(layer, name + gate) for name in ("x2", "h2") for gate in "fiou"]
        parameters = [*(x2.W for x2 in inner[:4]), *(x2.b for x2 in inner[:4]), *(h2.W for h2 in inner[4:])]
        for parameter, array in zip(parameters, arrays, strict=True):
            parameter.data = array

        def pass_of(sequence: np.ndarray) -> Result:
            layer.reset_state()
            layer.cleargrads()
            for x in sequence:
                y = layer(self.constant(x))
            y.backward()
            return y, [parameter.grad for parameter in parameters]

        return pass_of

    def gradients(self, f: Callable[..., Any], xs: list[Any]) -> Result:
        """Return f's output and its gradients at xs; an array counts as the sum of its elements."""
        for x in xs:
            x.grad = None
        y = f(self, *xs)
        y.backward()
        return y, [x.grad for x in xs]

    def derivatives(self, f: Callable[..., Any], x: Any, order: int) -> list[Any]:
        """Return f's output and its derivatives at x up to an order, the last without a graph behind it."""
        ys = [f(self, x)]
        for n in range(1, order + 1):
            x.grad = None
            ys[-1].backward(create_graph=n < order)
            ys.append(x.grad)
        return ys

    def descend(self, xs: list[Any], gxs: list[Any], rate: float) -> list[Any]:
        """Return xs after one step against the gradients."""
        for x, gx in zip(xs, gxs, strict=True):
            x.data -= rate * self.array(gx)
        return xs

    def forward(self, f: Callable[..., Any], xs: list[Any]) -> Any:
        """Return whatever keeps f's output and the graph behind it alive."""
        return f(self, *xs)

    def no_grad(self) -> contextlib.AbstractContextManager[Any]:
        """Compute without a graph within a with block."""
        block: contextlib.AbstractContextManager[Any] = self.module.no_grad()
        return block

    def array(self, x: Any) -> np.ndarray:
        """Return what a box holds."""
        return np.asarray(x.data if isinstance(x, getattr(self.module, self.box)) else x)


class Stage1(Adapter):
    """Steps 1-10 of ours: square and exp, one input, no operators."""

    name, path, statement = "stage 1", "dezero_lite.stage1", "import dezero_lite"

    def version(self) -> str:
        """Return the package's version, installed or not."""
        return str(importlib.import_module("dezero_lite").__version__)

    def square(self, x: Any) -> Any:
        """Return x ** 2."""
        return self.module.square(x)


class Stage2(Stage1):
    """Steps 11-24 of ours."""

    name, path = "stage 2", "dezero_lite.stage2"


class Stage5(Stage1):
    """Steps 25-60 of ours, which are one program."""

    name, path = "stage 5", "dezero_lite"

    def __init__(self) -> None:
        super().__init__()
        self.index = importlib.import_module("dezero_lite.functions")

    def functions(self) -> Any:
        """Return its index of functions."""
        return self.index

    def tanh(self, x: Any) -> Any:
        """Return tanh x."""
        return self.functions().tanh(x)

    def batch_norm(self, x: Any, gamma: Any, beta: Any) -> Any:
        """Return x normalized channel by channel."""
        return self.functions().batch_norm(x, gamma, beta, *self.averages(x))


def reason(error: Exception) -> str:
    """Return an exception as one short line."""
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"[:120]
