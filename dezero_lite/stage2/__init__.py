"""Stage 2, steps 11-24: any number of inputs and outputs, Python's operators, and memory that is given back."""

from dezero_lite.stage2.core import (
    Config,
    Function,
    Variable,
    as_array,
    as_variable,
    no_grad,
    using_config,
    visiting_order,
)
from dezero_lite.stage2.functions import Exp, Square, exp, square
from dezero_lite.stage2.operators import (
    Add,
    Div,
    Mul,
    Neg,
    Pow,
    Sub,
    add,
    div,
    mul,
    neg,
    pow,
    rdiv,
    rsub,
    setup_variable,
    sub,
)

setup_variable()

__all__ = [
    "Add",
    "Config",
    "Div",
    "Exp",
    "Function",
    "Mul",
    "Neg",
    "Pow",
    "Square",
    "Sub",
    "Variable",
    "add",
    "as_array",
    "as_variable",
    "div",
    "exp",
    "mul",
    "neg",
    "no_grad",
    "pow",
    "rdiv",
    "rsub",
    "setup_variable",
    "square",
    "sub",
    "using_config",
    "visiting_order",
]
