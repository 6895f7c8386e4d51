"""A small deep-learning framework that grows in five stages; this is the most complete one so far.

>>> import numpy as np
>>> from dezero_lite import Variable
>>> x = Variable(np.array(3.0))
>>> y = 2 * x**2 + 1
>>> y.backward()
>>> print(y, x.grad)
variable(19.0) variable(12.0)
"""

import dezero_lite.stage5  # noqa: F401  (its methods of Variable)
from dezero_lite.stage3 import (
    Config,
    Exp,
    Function,
    Square,
    Variable,
    as_array,
    as_variable,
    exp,
    get_dot_graph,
    no_grad,
    plot_dot_graph,
    square,
    using_config,
)
from dezero_lite.stage4 import Layer, Model, Parameter
from dezero_lite.stage5 import test_mode

__version__ = "0.5.0"

__all__ = [
    "Config",
    "Exp",
    "Function",
    "Layer",
    "Model",
    "Parameter",
    "Square",
    "Variable",
    "__version__",
    "as_array",
    "as_variable",
    "exp",
    "get_dot_graph",
    "no_grad",
    "plot_dot_graph",
    "square",
    "test_mode",
    "using_config",
]
