"""Large graphs that show how an engine walks, of whichever stage: made of the functions that a stage gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Maker = Callable[[Any, int], Any]


@dataclass(frozen=True)
class LargeGraphs:
    """same: the identity. half: x / 2. total: the sum of any number of inputs. Each is made anew for each call."""

    same: Callable[[], Any]
    half: Callable[[], Any]
    total: Callable[[], Any]

    def chain(self, x: Any, size: int) -> Any:
        """One function after another."""
        y = x
        for _ in range(size):
            y = self.same()(y)
        return y

    def diamond(self, x: Any, size: int) -> Any:
        """Many functions side by side, gathered in one; the gradient is their number."""
        return self.total()(*[self.same()(x) for _ in range(size - 1)])

    def ladder(self, x: Any, size: int) -> Any:
        """Two rails, each rung using both: 2 ** (size / 2) paths lead through it, each with a gradient that small."""
        a = b = x
        for _ in range(size // 4):
            a, b = self.half()(self.total()(a, b)), self.half()(self.total()(b, a))
        return a

    def fans(self, x: Any, size: int) -> Any:
        """Skip connections: x is used again by every function."""
        y = x
        for _ in range(size):
            y = self.total()(y, x)
        return y

    def by_name(self) -> dict[str, tuple[Maker, Callable[[int], float]]]:
        """Each graph, and the gradient of its result for a given size."""
        return {
            "chain": (self.chain, lambda size: 1.0),
            "diamond": (self.diamond, lambda size: size - 1.0),
            "ladder": (self.ladder, lambda size: 1.0),
            "fans": (self.fans, lambda size: size + 1.0),
        }
