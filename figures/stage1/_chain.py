"""The chain of steps 3 to 8: y = C(B(A(x))) with A and C squares and B the exponential function."""

from typing import Any, NamedTuple

import numpy as np

from dezero_lite.stage1 import Variable, exp, square


class Chain(NamedTuple):
    """The variables of the chain, under the names that the pages give them."""

    x: Variable
    a: Variable
    b: Variable
    y: Variable

    @property
    def functions(self) -> dict[str, Any]:
        """The three functions under their names."""
        return {"A": self.a.creator, "B": self.b.creator, "C": self.y.creator}


def chain(at: float) -> Chain:
    """The chain, computed at a number."""
    x = Variable(np.array(at))
    a = square(x)
    b = exp(a)
    return Chain(x, a, b, square(b))
