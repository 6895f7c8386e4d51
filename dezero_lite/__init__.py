"""A small deep-learning framework that grows in five stages; this is the most finished one so far.

>>> import numpy as np
>>> from dezero_lite import Variable, square
>>> x = Variable(np.array(3.0))
>>> square(x).backward()
>>> print(x.grad)
6.0
"""

from dezero_lite.stage1 import Exp, Function, Square, Variable, as_array, exp, numerical_diff, square

__version__ = "0.1.0"

__all__ = [
    "Exp",
    "Function",
    "Square",
    "Variable",
    "__version__",
    "as_array",
    "exp",
    "numerical_diff",
    "square",
]
