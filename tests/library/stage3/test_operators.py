"""Python's operators, with every kind of operand on either side, against NumPy."""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from autograd import elementwise_grad

from dezero_lite import stage3
from dezero_lite.stage3 import Function, Variable, add, mul, square

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "*": operator.mul,
    "-": operator.sub,
    "/": operator.truediv,
}
NUMBERS: list[Any] = [
    3,
    -2,
    2.5,
    True,
    np.float64(2.5),
    np.float32(2.5),
    np.int64(3),
    np.int8(3),
    np.array(2.5),
    np.array(3),
]
each_operator = pytest.mark.parametrize("op", list(OPERATORS.values()), ids=list(OPERATORS))
each_side = pytest.mark.parametrize("swap", [False, True], ids=["variable on the left", "variable on the right"])
pytestmark = pytest.mark.step36


def both_ways(op: Callable, swap: bool) -> Callable[[Any, Any], Any]:
    return (lambda x, other: op(other, x)) if swap else op


@each_operator
@each_side
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int64])
def test_a_number_beside_a_variable(op: Any, swap: bool, dtype: type) -> None:
    """Value and type are NumPy's; the gradient arrives."""
    f = both_ways(op, swap)
    for shape, other in product([(), (3,), (2, 3), (0,), (1, 1)], NUMBERS):
        data: Any = np.full(shape, 5, dtype)
        x, expected = Variable(data), f(data[()], other)
        y = f(x, other)
        y.backward()
        case = f"{shape}, {type(other).__name__} {other}"
        assert type(y) is Variable, case
        assert isinstance(y.data, np.ndarray if shape else np.generic), case
        assert x.grad is not None
        assert (y.dtype, y.shape, x.grad.shape) == (expected.dtype, shape, shape), case
        np.testing.assert_array_equal(y.data, expected, case)
        gradient = elementwise_grad(f)(data.astype(float), np.full(shape, float(other)))
        eps = float(np.finfo(x.grad.dtype).eps)
        np.testing.assert_allclose(x.grad.data, gradient, rtol=8 * eps, err_msg=case)


@each_operator
@each_side
@pytest.mark.parametrize("wrap", [np.array, Variable], ids=["array", "variable"])
def test_an_array_or_a_variable_beside_a_variable(op: Any, swap: bool, wrap: Any) -> None:
    f = both_ways(op, swap)
    for shape, dtype in product([(), (3,), (2, 3), (0, 2)], [np.float32, np.float64, np.int32, np.bool_]):
        data: Any = np.full(shape, 2.5)
        array: Any = np.ones(shape, dtype)
        x = Variable(data)
        y, expected = f(x, wrap(array)), f(data, array)
        assert type(y) is Variable
        assert (y.dtype, y.shape) == (expected.dtype, shape)
        np.testing.assert_array_equal(y.data, expected)
        y.backward()
        assert x.grad is not None


@pytest.mark.parametrize("number", [3, 2.5], ids=["int", "float"])
@pytest.mark.parametrize("shape", [(), (3,)])
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@each_operator
@each_side
def test_python_numbers_change_no_type_in_either_order(
    op: Any, swap: bool, dtype: type, shape: tuple[int, ...], number: float
) -> None:
    x = Variable(np.full(shape, 2.0, dtype))
    y = both_ways(op, swap)(x, number)
    y.backward(retain_grad=True, create_graph=True)
    gx = x.grad
    assert gx is not None
    gx.backward()
    for v in (y, y.grad, gx, x.grad):
        assert v is not None
        assert (v.dtype, v.shape) == (dtype, shape)


@pytest.mark.parametrize("c", [0, 1, 2, 3, 2.5, -1.0, True, np.float64(2.0), np.int64(2)], ids=repr)
@pytest.mark.parametrize("shape", [(), (3,), (0,)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pow(c: Any, shape: tuple[int, ...], dtype: type) -> None:
    data: Any = np.full(shape, 1.5, dtype)[()]
    x = Variable(np.full(shape, 1.5, dtype))
    y = x**c
    y.backward(create_graph=True)
    gx = x.grad
    assert gx is not None
    assert (y.dtype, y.shape, gx.shape) == ((data**c).dtype, shape, shape)
    np.testing.assert_array_equal(y.data, data**c)
    power = float(c)
    np.testing.assert_allclose(gx.data, np.full(shape, power * 1.5 ** (power - 1)), rtol=1e-6)
    x.cleargrad()
    gx.backward()
    second = np.zeros(shape) if x.grad is None else x.grad.data
    np.testing.assert_allclose(second, np.full(shape, power * (power - 1) * 1.5 ** (power - 2)), rtol=1e-6)


@pytest.mark.parametrize("name", ["add", "mul", "sub", "div", "rsub", "rdiv"])
def test_functions_by_name_take_variables_arrays_and_numbers(name: str) -> None:
    f = getattr(stage3, name)
    x0, x1 = np.array([1.0, 2.0]), np.array([4.0, 5.0])
    expected = f(Variable(x0), Variable(x1)).data
    for a, b in ((x0, x1), (Variable(x0), x1), (x0, Variable(x1))):
        np.testing.assert_array_equal(f(a, b).data, expected)
    assert f(3.0, 2).data == f(Variable(np.array(3.0)), 2).data == f(3.0, Variable(np.array(2))).data


def test_numbers_and_arrays_become_variables_on_call() -> None:
    assert str(square(3.0)) == "variable(9.0)"
    assert str(add(2, np.array(3))) == "variable(5)"
    data = np.array([1.0])
    assert square(data).creator.inputs[0].data is data


@pytest.mark.parametrize("c", [Variable(np.array(2.0)), np.array(2.0), np.array([1.0, 2.0]), [1.0, 2.0], (2,)])
def test_the_exponent_must_be_a_number(c: Any) -> None:
    x = Variable(np.array([1.0, 2.0]))
    with pytest.raises(TypeError) as caught:
        x**c
    assert str(caught.value) == f"the exponent of ** must be a number, got {type(c).__name__}"


@pytest.mark.parametrize("base", [2, 2.0])
def test_a_variable_in_the_exponent_is_refused(base: Any) -> None:
    with pytest.raises(TypeError, match=r"unsupported operand type\(s\) for \*\*"):
        base ** Variable(np.array([1.0, 2.0]))


@pytest.mark.parametrize("op", [*OPERATORS.values(), operator.pow])
@pytest.mark.parametrize("nonsense", ["a", None, {}], ids=repr)
def test_what_is_no_number_is_refused(op: Any, nonsense: Any) -> None:
    x = Variable(np.array([1.0, 2.0]))
    for a, b in ((x, nonsense), (nonsense, x)):
        with pytest.raises(TypeError):
            op(a, b)


def test_an_augmented_assignment_makes_a_new_variable() -> None:
    x = y = Variable(np.array([1.0, 2.0]))
    y += 1
    y *= x
    np.testing.assert_array_equal(x.data, [1.0, 2.0])
    np.testing.assert_array_equal(y.data, [2.0, 6.0])
    y.backward()
    assert x.grad is not None
    np.testing.assert_array_equal(x.grad.data, [3.0, 5.0])


def test_the_package_gives_variables_their_operators() -> None:
    """A Variable subclass has them as well; setting them up again changes nothing."""

    class Named(Variable):
        pass

    before = {name: value for name, value in vars(Variable).items() if name not in _COMPARISONS}
    stage3.setup_variable()
    assert {name: value for name, value in vars(Variable).items() if name not in _COMPARISONS} == before
    y = 2 * Named(np.array(3.0)) + 1
    assert str(-y) == "variable(-7.0)"
    assert Named(np.array(3.0)) > 2


_COMPARISONS = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"}


@pytest.mark.ours
def test_everything_public_is_there_and_described() -> None:
    for name in stage3.__all__:
        assert getattr(stage3, name).__doc__, name
    rules = [t for t in vars(stage3).values() if isinstance(t, type) and issubclass(t, Function)]
    assert {rule.__name__ for rule in rules} <= set(stage3.__all__)
    assert mul is stage3.mul
    assert sorted(stage3.__all__) == stage3.__all__
