"""What NumPy does otherwise in a browser, mended so that a page's program does what it does elsewhere.

A browser's arithmetic has no flags for what went wrong, by which NumPy knows that a matrix was singular: LAPACK's
results are full of NaN then, and nobody says so. And an array's index has 32 bits, so that bincount refuses int64.
What is left is that an integer of NumPy's own choice has 32 bits there: comparing.py knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

REFUSED = {"cholesky": "Matrix is not positive definite", "inv": "Singular matrix", "solve": "Singular matrix"}


def mend() -> None:
    """Put our functions in the place of NumPy's."""
    for name, message in REFUSED.items():
        setattr(np.linalg, name, _refusing(getattr(np.linalg, name), message))
    np.bincount = _counting(np.bincount)


def _refusing(function: Callable[..., Any], message: str) -> Callable[..., Any]:
    def refusing(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        if np.isnan(result).any() and all(np.isfinite(one).all() for one in arguments):
            raise np.linalg.LinAlgError(message)
        return result

    return refusing


def _counting(function: Callable[..., Any]) -> Callable[..., Any]:
    def bincount(x: Any, *arguments: Any, **options: Any) -> Any:
        numbers = np.asarray(x)
        if numbers.dtype == np.int64:
            numbers = numbers.astype(np.intp)
        return function(numbers, *arguments, **options)

    return bincount
