"""Which cases of a test `make test` asks, and which are left to the thorough lane."""

from collections.abc import Iterable
from typing import Any

import pytest


def cases(at_once: Iterable[Any], later: Iterable[Any]) -> list[Any]:
    """Return the cases of a test: some that stand for all of their kind, and the others, which take long together."""
    rows = [case if isinstance(case, tuple) else (case,) for case in later]
    return [*at_once, *(pytest.param(*row, marks=pytest.mark.thorough) for row in rows)]
