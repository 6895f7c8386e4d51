"""Switches of the running thread, and ways to turn them for a while."""

from __future__ import annotations

import functools
import inspect
import operator
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Call = TypeVar("Call", bound=Callable[..., Any])


# Config is the one object of its class; each thread has its own values in it
@operator.call
class Config(threading.local):
    """Switches that apply to the running thread, and to no other.

    enable_backprop: whether functions remember their inputs, so that backward() can go back through them.
    train: whether dropout and its like do what they do while a model learns; see test_mode.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 18 and 54.

    >>> with using_config("train", False):
    ...     print(Config.train)
    False
    >>> Config.train
    True
    """

    enable_backprop = True
    train = True


class Switch:
    """A with block, or a decorated function, in which a switch of Config has another value.

    Raises AttributeError where Config has no such switch, and TypeError where it decorates a function
    that does not run when it is called.

    >>> @Switch("enable_backprop", False)
    ... def predict(x):
    ...     return F.square(x)
    >>> predict(Variable(np.array(3.0))).creator is None
    True
    """

    def __init__(self, name: str, value: bool) -> None:
        self.name = name
        self.value = value
        self.old_values: list[bool] = []

    def __enter__(self) -> None:
        self.old_values.append(getattr(Config, self.name))
        setattr(Config, self.name, self.value)

    def __exit__(self, *error: object) -> None:
        setattr(Config, self.name, self.old_values.pop())

    def __call__(self, func: Call) -> Call:
        is_generator = inspect.isgeneratorfunction(func)
        is_async = inspect.isasyncgenfunction(func)
        if is_generator or is_async or inspect.iscoroutinefunction(func):
            name = func.__name__
            raise TypeError(
                f"calling {name} only prepares it; "
                f"write the with block inside {name}"
            )

        @functools.wraps(func)
        def switched(*args: Any, **kwargs: Any) -> Any:
            with Switch(self.name, self.value):
                return func(*args, **kwargs)

        return switched  # type: ignore[return-value]


def using_config(name: str, value: bool) -> Switch:
    """Give the switch Config.name another value within a with block, and restore the old one afterwards.

    Do not await or yield within the block: the value is the thread's, so it would also hold for what runs meanwhile.
    Raises AttributeError where Config has no such switch.

    >>> with using_config("enable_backprop", False):
    ...     y = F.square(Variable(np.array(3.0)))
    >>> y, y.creator is None
    (variable(9.0), True)
    """
    return Switch(name, value)


def no_grad() -> Switch:
    """Compute without a graph within a with block: less memory, but no backward pass.

    >>> x = Variable(np.array(3.0))
    >>> with no_grad():
    ...     y = x * x
    >>> y.creator is None, (x * x).creator is None
    (True, False)
    """
    return using_config("enable_backprop", False)
