"""What was found out before, as long as what it depends on is the same: a server asks again after each edit."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Known:
    """One answer to each question: the last one, with what it depended on."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[object, Any]] = {}

    def recall(self, question: Hashable, depends_on: object, find: Callable[[], T]) -> T:
        """Return the answer to a question; find it if there is none, or if it depended on something else."""
        known = self._answers.get(question)
        if known is None or known[0] != depends_on:
            known = self._answers[question] = depends_on, find()
        answer: T = known[1]
        return answer
