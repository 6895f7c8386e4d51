"""Other people's libraries behind the same methods. None is needed; one that does not import is named and left out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.adapters import Adapter, Result, Stage1, Stage2, Stage5, reason


class DeZero(Adapter):
    """The book's own package."""

    name, path, statement = "DeZero", "dezero", "import numpy; numpy.int = int; import dezero"

    def __init__(self) -> None:
        # its datasets ask for an alias that NumPy 1.24 dropped: the alias is there while the import runs
        with patch.object(np, "int", int, create=True):
            super().__init__()

    def exp(self, x: Any) -> Any:
        """Return e ** x."""
        return self.module.functions.exp(x)

    def tanh(self, x: Any) -> Any:
        """Return tanh x."""
        return self.module.functions.tanh(x)

    def functions(self) -> Any:
        """Return its module of functions."""
        return self.module.functions


class Autograd(Adapter):
    """HIPS autograd: functions of plain arrays, and a transformation that gives their gradients."""

    name, path, statement = "autograd", "autograd", "import autograd"

    def leaves(self, values: Sequence[Any]) -> list[Any]:
        """Return the values as they are: it has no boxes of its own to make."""
        return list(values)

    def exp(self, x: Any) -> Any:
        """Return e ** x."""
        return self.module.numpy.exp(x)

    def tanh(self, x: Any) -> Any:
        """Return tanh x."""
        return self.module.numpy.tanh(x)

    def linear(self, x: Any, W: Any, b: Any) -> Any:
        """Return x W + b."""
        return self.module.numpy.dot(x, W) + b

    def matmul(self, x: Any, W: Any) -> Any:
        """Return the product of two matrices."""
        return self.module.numpy.dot(x, W)

    def sigmoid(self, x: Any) -> Any:
        """Return 1 / (1 + e ** -x), by way of tanh."""
        return self.module.numpy.tanh(x * 0.5) * 0.5 + 0.5

    def cross_entropy(self, x: Any, t: Any) -> Any:
        """Return the mean cross-entropy, by log-sum-exp: it has no function of its own for it."""
        anp = self.module.numpy
        z = x - anp.max(x, axis=1, keepdims=True)
        return anp.sum(anp.log(anp.sum(anp.exp(z), axis=1)) - z[np.arange(len(t)), t]) / len(t)

    def trainer(self, xs: list[Any], rate: float) -> Callable[[Any, Any], Result]:
        """It has no models."""
        raise NotImplementedError("it has no models")

    def lstm(self, xs: list[Any], whole: bool) -> Callable[[np.ndarray], Result]:
        """It has no layers."""
        raise NotImplementedError("it has no layers")

    def gradients(self, f: Callable[..., Any], xs: list[Any]) -> Result:
        """Return f's output and its gradients at xs."""
        backward, y = self.forward(f, xs)
        gradient = backward(np.ones_like(y))
        return y, list(gradient) if len(xs) > 1 else [gradient]

    def derivatives(self, f: Callable[..., Any], x: Any, order: int) -> list[Any]:
        """Return f's output and its derivatives at x: each is a function of its own, which computes anew."""
        fs = [partial(f, self)]
        for _ in range(order):
            fs.append(self.module.elementwise_grad(fs[-1]))
        return [f(x) for f in fs]

    def forward(self, f: Callable[..., Any], xs: list[Any]) -> Any:
        """Return the way back, which holds the graph, and f's output."""
        places = tuple(range(1, 1 + len(xs)))  # behind the adapter itself, which f takes first
        return self.module.make_vjp(f, places if len(xs) > 1 else 1)(self, *xs)

    def descend(self, xs: list[Any], gxs: list[Any], rate: float) -> list[Any]:
        """Return xs after one step against the gradients."""
        return [x - rate * gx for x, gx in zip(xs, gxs, strict=True)]

    def no_grad(self) -> contextlib.AbstractContextManager[Any]:
        """Nothing to switch off: there is a graph only where a gradient is asked for."""
        return contextlib.nullcontext()

    def array(self, x: Any) -> np.ndarray:
        """Return x as an array."""
        return np.asarray(x)


class Micrograd(Adapter):
    """An engine of a hundred lines for single numbers."""

    name, path, statement, box = "micrograd", "micrograd.engine", "import micrograd.engine", "Value"

    def leaves(self, values: Sequence[Any]) -> list[Any]:
        """Return its boxes, which hold Python's numbers."""
        return [self.module.Value(float(value)) for value in values]

    def gradients(self, f: Callable[..., Any], xs: list[Any]) -> Result:
        """Return f's output and its gradients at xs."""
        for x in xs:
            x.grad = 0
        y = f(self, *xs)
        y.backward()
        return y, [x.grad for x in xs]

    def descend(self, xs: list[Any], gxs: list[Any], rate: float) -> list[Any]:
        """Return xs after one step against the gradients."""
        for x, gx in zip(xs, gxs, strict=True):
            x.data -= rate * gx
        return xs


class PyTorch(Adapter):
    """PyTorch on the CPU, with one thread like the others."""

    name, path, statement, box = "PyTorch", "torch", "import torch", "Tensor"

    def __init__(self) -> None:
        super().__init__()
        self.module.set_num_threads(1)
        self.constants: dict[int, tuple[np.ndarray, Any]] = {}

    def linear(self, x: Any, W: Any, b: Any) -> Any:
        """Return x W + b; its own linear wants W the other way round."""
        return self.module.addmm(b, x, W)

    def matmul(self, x: Any, W: Any) -> Any:
        """Return the product of two matrices."""
        return x @ W

    def sigmoid(self, x: Any) -> Any:
        """Return 1 / (1 + e ** -x)."""
        return self.module.sigmoid(x)

    def cross_entropy(self, x: Any, t: Any) -> Any:
        """Return the mean cross-entropy."""
        return self.module.nn.functional.cross_entropy(x, t)

    def relu(self, x: Any) -> Any:
        """Return x where it is positive, else 0."""
        return self.module.relu(x)

    def conv2d(self, x: Any, W: Any, b: Any) -> Any:
        """Return the convolution with three by three kernels, with one pixel of 0 at each edge."""
        return self.module.conv2d(x, W, b, 1, 1)

    def pooling(self, x: Any) -> Any:
        """Return the greatest of each two by two elements."""
        return self.module.nn.functional.max_pool2d(x, 2)

    def batch_norm(self, x: Any, gamma: Any, beta: Any) -> Any:
        """Return x normalized channel by channel."""
        averages = [self.module.from_numpy(average) for average in self.averages(x)]
        return self.module.nn.functional.batch_norm(x, *averages, gamma, beta, True, 0.1, 2e-5)

    def constant(self, x: np.ndarray) -> Any:
        """Return the array as a tensor, the same one each time."""
        if id(x) not in self.constants:
            self.constants[id(x)] = x, self.module.from_numpy(x)  # with the array, so that its id stays its own
        return self.constants[id(x)][1]

    def trainer(self, xs: list[Any], rate: float) -> Callable[[Any, Any], Result]:
        """Return a round of training with its own Sequential and SGD."""
        nn = self.module.nn
        (d, h), c = xs[0].shape, len(xs[3])
        model = nn.Sequential(nn.Linear(d, h), nn.Sigmoid(), nn.Linear(h, c))
        parameters = list(model.parameters())
        with self.module.no_grad():
            for parameter, x in zip(parameters, xs, strict=True):
                parameter.copy_(x.t())
        optimizer = self.module.optim.SGD(parameters, rate)

        def round_of(x: Any, t: Any) -> Result:
            loss = self.cross_entropy(model(x), t)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss, [parameter.t() for parameter in parameters]

        return round_of

    def lstm(self, xs: list[Any], whole: bool) -> Callable[[np.ndarray], Result]:
        """Return a pass through its LSTMCell, or through its LSTM, which gets the whole sequence in one call."""
        torch = self.module
        size, hidden = xs[0].shape
        layer = (torch.nn.LSTM if whole else torch.nn.LSTMCell)(size, hidden)
        parameters = list(layer.parameters())  # for x, for the state, and a bias for each of the two
        w, b, u = (self.reordered(xs[start : start + 4]) for start in (0, 4, 8))
        with torch.no_grad():
            for parameter, parts in zip(parameters, (w, u, b, None), strict=True):
                parameter.copy_(torch.zeros_like(parameter) if parts is None else torch.cat([x.t() for x in parts]))

        def pass_of(sequence: np.ndarray) -> Result:
            layer.zero_grad()
            if whole:
                y = layer(self.constant(sequence))[0][-1]
            else:
                state: Any = None
                for x in sequence:
                    state = layer(self.constant(x), state)
                y, _ = state
            y.backward(torch.ones_like(y))
            w, u, b = (self.reordered(parameter.grad.chunk(4)) for parameter in parameters[:3])
            return y, [*(g.t() for g in w), *b, *(g.t() for g in u)]

        return pass_of

    def reordered(self, gates: Sequence[Any]) -> list[Any]:
        """Return what belongs to f, i, o and the candidate as it stands in PyTorch, i, f, candidate, o; and back."""
        return [gates[1], gates[0], gates[3], gates[2]]

    def leaves(self, values: Sequence[Any]) -> list[Any]:
        """Return its boxes, in the values' own precision."""
        return [self.module.tensor(value, requires_grad=True) for value in values]

    def gradients(self, f: Callable[..., Any], xs: list[Any]) -> Result:
        """Return f's output and its gradients at xs."""
        for x in xs:
            x.grad = None
        y = f(self, *xs)
        y.backward(self.module.ones_like(y))  # an array has no default
        return y, [x.grad for x in xs]

    def derivatives(self, f: Callable[..., Any], x: Any, order: int) -> list[Any]:
        """Return f's output and its derivatives at x up to an order, the last without a graph behind it."""
        ys = [f(self, x)]
        for n in range(1, order + 1):
            ones = self.module.ones_like(ys[-1])  # an array has no default
            ys += self.module.autograd.grad(ys[-1], x, ones, create_graph=n < order)
        return ys

    def descend(self, xs: list[Any], gxs: list[Any], rate: float) -> list[Any]:
        """Return xs after one step against the gradients."""
        with self.module.no_grad():
            for x, gx in zip(xs, gxs, strict=True):
                x -= rate * gx
        return xs


ADAPTERS: list[type[Adapter]] = [Stage1, Stage2, Stage5, DeZero, Autograd, Micrograd, PyTorch]


def available(adapters: Sequence[type[Adapter]] = ADAPTERS) -> tuple[list[Adapter], dict[str, str]]:
    """Return the libraries that can be imported here, and why each of the others cannot."""
    found, missing = [], {}
    for adapter in adapters:
        try:
            found.append(adapter())
        except ModuleNotFoundError as error:
            top = adapter.path.split(".")[0]
            missing[adapter.name] = "not installed" if error.name == top else f"does not import: {error}"
        except Exception as error:  # whatever a foreign import may raise
            missing[adapter.name] = f"does not import: {reason(error)}"
    return found, missing
