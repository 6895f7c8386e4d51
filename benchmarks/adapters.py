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


class Stage3(Stage1):
    """Steps 25-36 of ours."""

    name, path, statement = "stage 3", "dezero_lite.stage3", "import dezero_lite.stage3"


def reason(error: Exception) -> str:
    """Return an exception as one short line."""
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"[:120]
