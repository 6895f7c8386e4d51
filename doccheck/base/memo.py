"""What was found out before, by all that it depends on: one memory for the whole of doccheck, with one rule.

An answer is forgotten when a whole check of pages has passed in which nobody asked for it. So a server that
checks after every edit keeps what still stands on the pages, and does not grow. Only what depends on its
inputs alone may be kept here: pages count by what their files say, not by which object they are.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Memo:
    """Answers by question and inputs."""

    def __init__(self) -> None:
        self._fresh: dict[Hashable, Any] = {}  # asked for in this check
        self._before: dict[Hashable, Any] = {}  # asked for in the check before, and not yet in this one

    def get(self, question: Hashable, inputs: Hashable, find: Callable[[], T]) -> T:
        """Return the answer to a question; find it if it has not been asked with these inputs."""
        key = (question, inputs)
        if key not in self._fresh:
            self._fresh[key] = self._before.pop(key) if key in self._before else find()
        answer: T = self._fresh[key]
        return answer

    def begin_check(self) -> None:
        """Forget what the last check did not ask for."""
        self._before, self._fresh = self._fresh, {}


MEMO = Memo()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns, by its arguments; it must return what nobody changes."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        inputs = (args, tuple(sorted(kwargs.items())))
        return MEMO.get(function, inputs, lambda: function(*args, **kwargs))

    return wrapper
