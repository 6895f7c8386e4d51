"""Stage 1, steps 1-10: one input, one output, and a backward pass that runs by itself."""

from dezero_lite.stage1.core import Function, Variable, as_array
from dezero_lite.stage1.functions import Exp, Square, exp, square
from dezero_lite.stage1.numerical import numerical_diff

__all__ = [
    "Exp",
    "Function",
    "Square",
    "Variable",
    "as_array",
    "exp",
    "numerical_diff",
    "square",
]
