"""Where a process cannot copy itself, an expression is evaluated in place only if it surely changes nothing."""

from __future__ import annotations

import collections
import copy
from typing import Any

import numpy as np
import pytest

from doccheck.run.child.harmless import MayChangeSomethingError, evaluate_here


class Counter:
    """Whatever is asked of it, it counts."""

    def __init__(self) -> None:
        self.count = 0
        self.plain = 1.5

    @property
    def asked(self) -> int:
        self.count += 1
        return self.count

    def __add__(self, other: object) -> int:
        return self.asked

    def __getitem__(self, key: object) -> int:
        return self.asked

    def __str__(self) -> str:
        return str(self.asked)

    __repr__ = __str__

    def __len__(self) -> int:
        return self.asked

    def __eq__(self, other: object) -> bool:
        return bool(self.asked)

    def __hash__(self) -> int:
        return self.asked

    def __format__(self, how: str) -> str:
        return str(self.asked)

    def __bool__(self) -> bool:
        return bool(self.asked)


def _namespace() -> dict[str, Any]:
    return {
        "x": 2.0,
        "xs": [1, [2, 3]],
        "d": {"a": 1},
        "a": np.array([[1.0, 2.0], [3.0, 4.0]]),
        "zero": np.array(2.0),
        "np": np,
        "c": Counter(),
        "cs": [Counter()],
        "i": iter([1, 2, 3]),
        "dd": collections.defaultdict(list),
    }


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x", "2.0"),
        ("c.plain", "1.5"),
        ("xs[1][0] + x * -3", "-4.0"),
        ("d['a'] == 1 and not xs == []", "True"),
        ("a", "[[1. 2.]\n [3. 4.]]"),
        ("a.shape", "(2, 2)"),
        ("a.T[0]", "[1. 3.]"),
        ("zero + a[0]", "[3. 4.]"),
        ("len(xs), round(x / 3, 2), type(zero)", "(2, 0.67, <class 'numpy.ndarray'>)"),
        ("f'{x:.3f} {zero}'", "2.000 2.0"),
        ("np.float64(1) if x else 2", None),
        ("np.pi", "3.141592653589793"),
        # what might change something
        ("c", None),
        ("cs", None),
        ("c.asked", None),
        ("c + 1", None),
        ("c[0]", None),
        ("c == 1", None),
        ("not c", None),
        ("len(c)", None),
        ("f'{c}'", None),
        ("xs.pop()", None),
        ("xs.append(1)", None),
        ("dd['new']", None),
        ("[*i]", None),
        ("1 in i", None),
        ("sum(i)", None),
        ("list(i)", None),
        ("[y for y in i]", None),
        ("next(i)", None),
        ("(x := 3)", None),
        ("setattr(c, 'plain', 2)", None),
        ("a.sort()", None),
        ("d.update(b=1)", None),
        ("str(c)", None),
        ("(lambda: xs.pop())()", None),
    ],
)
def test_what_is_evaluated_in_place_changes_nothing(source: str, value: str | None) -> None:
    namespace = _namespace()
    before = copy.deepcopy({name: thing for name, thing in namespace.items() if name not in ("np", "i")})
    if value is None:
        with pytest.raises(MayChangeSomethingError):
            evaluate_here(source, namespace)
    else:
        assert evaluate_here(source, namespace) == value
    assert namespace["c"].count == namespace["cs"][0].count == 0
    for name in ("x", "xs", "d", "dd"):
        assert namespace[name] == before[name]
    assert (namespace["a"] == before["a"]).all()
    assert list(namespace["i"]) == [1, 2, 3]


def test_a_name_of_python_s_own_may_be_the_page_s() -> None:
    changed: list[int] = []
    with pytest.raises(MayChangeSomethingError):
        evaluate_here("len(x)", {"len": changed.append, "x": 1})
    assert changed == []


def test_an_error_is_the_expression_s_own() -> None:
    with pytest.raises(NameError):
        evaluate_here("nothing", {})
