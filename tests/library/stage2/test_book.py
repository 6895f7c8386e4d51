"""What the steps 11 to 24 print: the numbers that a reader sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage2 import Add, Variable, add, exp, no_grad, square


def at(*values: float) -> list[Variable]:
    return [Variable(np.array(value)) for value in values]


@pytest.mark.step11
@pytest.mark.step12
def test_steps_11_and_12() -> None:
    assert str(Add()(*at(2, 3)).data) == "5"
    assert str(add(*at(2, 3)).data) == "5"


@pytest.mark.step13
def test_step_13() -> None:
    x, y = at(2.0, 3.0)
    z = add(square(x), square(y))
    z.backward()
    assert (str(z.data), str(x.grad), str(y.grad)) == ("13.0", "4.0", "6.0")


@pytest.mark.step14
def test_step_14() -> None:
    (x,) = at(3.0)
    add(x, x).backward()
    assert str(x.grad) == "2.0"
    add(add(x, x), x).backward()
    assert str(x.grad) == "5.0"
    x.cleargrad()
    add(add(x, x), x).backward()
    assert str(x.grad) == "3.0"


@pytest.mark.step16
def test_step_16() -> None:
    (x,) = at(2.0)
    a = square(x)
    y = add(square(a), square(a))
    y.backward()
    assert (str(y.data), str(x.grad)) == ("32.0", "64.0")


@pytest.mark.step18
@pytest.mark.parametrize(("retain_grad", "between"), [(True, "1.0 1.0"), (False, "None None")])
def test_step_18(retain_grad: bool, between: str) -> None:
    x0, x1 = at(1.0, 1.0)
    t = add(x0, x1)
    y = add(x0, t)
    y.backward(retain_grad)
    assert f"{y.grad} {t.grad}" == between
    assert f"{x0.grad} {x1.grad}" == "2.0 1.0"
    with no_grad():
        assert square(x0).creator is None


@pytest.mark.step20
def test_step_20() -> None:
    a, b, c = at(3.0, 2.0, 1.0)
    y = a * b + c
    y.backward()
    assert (str(y), str(a.grad), str(b.grad)) == ("variable(7.0)", "2.0", "3.0")


@pytest.mark.step21
def test_step_21() -> None:
    (x,) = at(2.0)
    assert str(x + np.array(3.0)) == "variable(5.0)"
    assert str(3.0 * x + 1.0) == "variable(7.0)"
    assert str(np.array([2.0]) + Variable(np.array([1.0]))) == "variable([3.])"


@pytest.mark.step22
def test_step_22() -> None:
    (x,) = at(2.0)
    assert [str((-x).data), str((2.0 - x).data), str((x - 1.0).data)] == ["-2.0", "0.0", "1.0"]
    assert [str((3.0 / x).data), str((x / 1.0).data)] == ["1.5", "2.0"]
    y = x**3
    y.backward()
    assert (str(y), str(x.grad)) == ("variable(8.0)", "12.0")


@pytest.mark.step23
def test_step_23() -> None:
    (x,) = at(1.0)
    y = (x + 3) ** 2
    y.backward()
    assert (str(y), str(x.grad)) == ("variable(16.0)", "8.0")


def sphere(x: Any, y: Any) -> Any:
    return x**2 + y**2


def matyas(x: Any, y: Any) -> Any:
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


def goldstein_price(x: Any, y: Any) -> Any:
    return (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)) * (
        30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    )


@pytest.mark.step24
@pytest.mark.parametrize(
    ("f", "gradients"),
    [
        (sphere, "2.0 2.0"),
        (matyas, "0.040000000000000036 0.040000000000000036"),
        (goldstein_price, "-5376.0 8064.0"),
    ],
)
def test_step_24(f: Callable, gradients: str) -> None:
    x, y = at(1.0, 1.0)
    z = f(x, y)
    z.backward()
    assert f"{x.grad} {y.grad}" == gradients
    assert z.data == f(1.0, 1.0)


@pytest.mark.step23
def test_the_first_stage_s_number() -> None:
    (x,) = at(0.5)
    y = square(exp(square(x)))
    y.backward()
    assert (str(y.data), str(x.grad)) == ("1.648721270700128", "3.297442541400256")
