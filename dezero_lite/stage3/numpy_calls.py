"""What NumPy is told when it meets a Variable: its functions would compute without a graph."""

from __future__ import annotations

from typing import Any, NoReturn

from dezero_lite.stage3.core import Variable


def answer_ufunc(
    x: Variable, ufunc: Any, method: str, *inputs: Any, **kwargs: Any
) -> Any:
    """Return array + x and its like, where Python asks NumPy first; refuse np.exp(x) and array += x.

    Raises TypeError for what it refuses: the gradient would be lost.
    """
    swapped = {
        "add": "__radd__",
        "subtract": "__rsub__",
        "multiply": "__rmul__",
        "divide": "__rtruediv__",
        "matmul": "__rmatmul__",
        "equal": "__eq__",
        "not_equal": "__ne__",
        "less": "__gt__",
        "less_equal": "__ge__",
        "greater": "__lt__",
        "greater_equal": "__le__",
    }
    name = ufunc.__name__
    plain = method == "__call__" and not kwargs
    if name not in swapped or not plain or isinstance(inputs[0], Variable):
        refuse_call(name)
    return getattr(x, swapped[name])(inputs[0])


def refuse_function(
    x: Variable, func: Any, types: Any, args: Any, kwargs: Any
) -> NoReturn:
    """Refuse np.dot(x, x), np.mean(x) and their like, with a TypeError."""
    refuse_call(func.__name__)


def refuse_call(name: str) -> NoReturn:
    """Raise the TypeError that says what to write instead of one of NumPy's functions."""
    advice = f"write F.{name}(...) if F has it, or take x.data"
    raise TypeError(f"np.{name} of a Variable would lose its gradient; {advice}")


def refuse_array(
    x: Variable, dtype: Any = None, copy: bool | None = None
) -> NoReturn:
    """Refuse np.array(x) and np.array([x, x]), with a TypeError."""
    advice = "take x.data for an array"
    raise TypeError(f"an array of Variables would lose their gradients; {advice}")
