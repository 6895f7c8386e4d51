"""What the steps 25 to 36 print: the numbers that a reader sees."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage3 import Variable, sin, tanh, visiting_order


def at(*values: float) -> list[Variable]:
    return [Variable(np.array(value)) for value in values]


def derivative(y: Variable, x: Variable, create_graph: bool = True) -> Variable:
    """Return dy/dx, and clear it away."""
    x.cleargrad()
    y.backward(create_graph=create_graph)
    gx = x.grad
    assert gx is not None
    x.cleargrad()
    return gx


def my_sin(x: Variable, threshold: float) -> Variable:
    y: Any = 0
    i = 0
    while True:
        t = (-1) ** i / math.factorial(2 * i + 1) * x ** (2 * i + 1)
        y, i = y + t, i + 1
        if abs(t.data) < threshold:
            return y


@pytest.mark.step27
@pytest.mark.parametrize(
    ("threshold", "value", "gradient", "functions"),
    [
        (1e-4, "0.7071064695751781", "0.7071032148228457", 12),
        (1e-8, "0.7071067811796194", "0.7071067810719247", 18),
        (1e-16, "0.7071067811865475", "0.7071067811865475", 27),
        (1e-150, "0.7071067811865475", "0.7071067811865475", 141),
    ],
)
def test_step_27(threshold: float, value: str, gradient: str, functions: int) -> None:
    (x,) = at(np.pi / 4)
    y = my_sin(x, threshold)
    assert (str(y.data), len(visiting_order(y))) == (value, functions)
    assert str(derivative(y, x).data) == gradient
    y = sin(x)
    assert (str(y.data), str(derivative(y, x).data)) == ("0.7071067811865475", "0.7071067811865476")


def rosenbrock(x0: Any, x1: Any) -> Any:
    return 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2


@pytest.mark.step28
def test_step_28() -> None:
    x0, x1 = at(0.0, 2.0)
    rosenbrock(x0, x1).backward()
    assert f"{x0.grad} {x1.grad}" == "variable(-2.0) variable(400.0)"
    for i in range(1000):
        if i == 999:
            assert f"{x0.data} {x1.data}" == "0.6834917840420289 0.46565059996514135"
        x0.cleargrad()
        x1.cleargrad()
        rosenbrock(x0, x1).backward()
        for x in (x0, x1):
            assert x.grad is not None
            x.data = x.data - 0.001 * x.grad.data
    assert f"{x0.data} {x1.data}" == "0.6837118569138317 0.4659526837427042"


def quartic(x: Variable) -> Variable:
    return x**4 - 2 * x**2


NEWTON = "2.0 1.4545454545454546 1.1510467893775467 1.0253259289766978 1.0009084519430513 1.0000012353089454"


@pytest.mark.step29
@pytest.mark.step33
@pytest.mark.parametrize("automatic", [False, True])
def test_steps_29_and_33(automatic: bool) -> None:
    (x,) = at(2.0)
    seen = []
    for _ in range(8):
        seen.append(str(x.data))
        gx = derivative(quartic(x), x)
        gx2 = derivative(gx, x, create_graph=False).data if automatic else 12 * x.data**2 - 4
        x.data = x.data - gx.data / gx2
    assert seen == [*NEWTON.split(), "1.000000000002289", "1.0"]


@pytest.mark.step32
def test_step_32() -> None:
    (x,) = at(2.0)
    y = quartic(x)
    found = []
    for _ in range(3):
        y = derivative(y, x)
        found.append(str(y))
    assert found == ["variable(24.0)", "variable(44.0)", "variable(48.0)"]


@pytest.mark.step33
def test_the_slip_of_step_33() -> None:
    (x,) = at(2.0)
    quartic(x).backward(create_graph=True)
    gx = x.grad
    assert gx is not None
    gx.backward()  # without cleargrad
    assert str(x.grad) == "variable(68.0)"


@pytest.mark.step34
def test_step_34() -> None:
    (x,) = at(1.0)
    y = sin(x)
    found = [str(y.data)]
    for _ in range(4):
        y = derivative(y, x)
        found.append(str(y.data))
    s, c = "0.8414709848078965", "0.5403023058681398"
    assert found == [s, c, "-" + s, "-" + c, s]


@pytest.mark.step35
def test_step_35() -> None:
    (x,) = at(1.0)
    y = tanh(x)
    values, sizes = [], []
    for _ in range(6):
        values.append(float(y.data))
        sizes.append(len(visiting_order(y)))
        y = derivative(y, x)
    expected = [0.7615941559557649, 0.41997434161402614, -0.6397000084492246, 0.6216266807712962]
    np.testing.assert_allclose(values, [*expected, 0.6650910447505024, -5.556893558473722], rtol=1e-13)
    assert sizes == [1, 4, 8, 17, 38, 89]


@pytest.mark.step36
def test_step_36() -> None:
    (x,) = at(2.0)
    y = x**2
    gx = derivative(y, x)
    (gx**3 + y).backward()
    assert str(x.grad) == "variable(100.0)"
    x = Variable(np.array([1.0, 2.0]))
    z: Any = np.array([4.0, 5.0]) * derivative(x**2, x)
    z.backward()
    assert str(x.grad) == "variable([ 8. 10.])"
    x0, x1 = at(0.0, 2.0)
    rosenbrock(x0, x1).backward(create_graph=True)
    rows = []
    for g in (x0.grad, x1.grad):
        x0.cleargrad()
        x1.cleargrad()
        assert g is not None
        g.backward()
        rows.append([float(x.grad.data) for x in (x0, x1)])  # type: ignore[union-attr]
    assert rows == [[-798.0, 0.0], [0.0, 200.0]]
