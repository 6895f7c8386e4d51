"""The derivative by a difference quotient: slow, rounded, and independent of every backward."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dezero_lite.stage1.core import Variable, as_array


def numerical_diff(
    f: Callable[[Variable], Variable], x: Variable, eps: float = 1e-4
) -> np.ndarray:
    """Return the central difference (f(x + eps) - f(x - eps)) / (2 * eps), in the shape of x.

    f must work element by element: all elements of x are moved at once. eps is in the units of x; the
    error is about eps ** 2 from the curve, and one rounding of f divided by eps.
    Source: Press et al., Numerical Recipes (2007), section 5.7.
    """
    x0 = Variable(as_array(x.data - eps))
    x1 = Variable(as_array(x.data + eps))
    y0 = f(x0)
    y1 = f(x1)
    return (y1.data - y0.data) / (2 * eps)
