"""Python's operators, with every kind of operand on either side, against NumPy."""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from autograd import elementwise_grad

from dezero_lite import stage2
from dezero_lite.stage2 import Function, Variable, add, mul, square

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
STEPS = {"+": pytest.mark.step20, "*": pytest.mark.step20, "-": pytest.mark.step22, "/": pytest.mark.step22}
each_operator = pytest.mark.parametrize(
    "op", [pytest.param(op, id=name, marks=STEPS[name]) for name, op in OPERATORS.items()]
)
each_side = pytest.mark.parametrize("swap", [False, True], ids=["variable on the left", "variable on the right"])


def both_ways(op: Callable, swap: bool) -> Callable[[Any, Any], Any]:
    return (lambda x, other: op(other, x)) if swap else op


@pytest.mark.step21
@each_operator
@each_side
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int64])
def test_a_number_beside_a_variable(op: Any, swap: bool, dtype: type) -> None:
    """Value and type are NumPy's; the gradient arrives."""
    f = both_ways(op, swap)
    for shape, other in product([(), (3,), (2, 3), (0,), (1, 1)], NUMBERS):
        data: np.ndarray = np.full(shape, 5, dtype)
        x, expected = Variable(data), f(data, other)
        y = f(x, other)
        y.backward()
        case = f"{shape}, {type(other).__name__} {other}"
        assert isinstance(y, Variable), case
        assert isinstance(y.data, np.ndarray), case
        assert isinstance(x.grad, np.ndarray), case
        assert (y.dtype, y.shape, x.grad.shape) == (expected.dtype, shape, shape), case
        np.testing.assert_array_equal(y.data, expected, case)
        gradient = elementwise_grad(f)(data.astype(float), np.full(shape, float(other)))
        np.testing.assert_allclose(x.grad, gradient, rtol=4 * np.finfo(x.grad.dtype).eps, err_msg=case)


@pytest.mark.step21
@each_operator
@each_side
@pytest.mark.parametrize("wrap", [np.array, Variable], ids=["array", "variable"])
def test_an_array_or_a_variable_beside_a_variable(op: Any, swap: bool, wrap: Any) -> None:
    f = both_ways(op, swap)
    dtypes: list[Any] = [np.float32, np.float64, np.int32, np.bool_]
    for shape, dtype in product([(), (3,), (2, 3), (0, 2)], dtypes):
        data, array = np.full(shape, 2.5), np.ones(shape, dtype)
        y, expected = f(Variable(data), wrap(array)), f(data, array)
        assert isinstance(y, Variable)
        assert isinstance(y.data, np.ndarray)
        assert (y.dtype, y.shape) == (expected.dtype, shape)
        np.testing.assert_array_equal(y.data, expected)


@pytest.mark.step21
@pytest.mark.parametrize("number", [3, 2.5], ids=["int", "float"])
@pytest.mark.parametrize("shape", [(), (3,)])
@each_operator
@each_side
def test_float32_beside_python_numbers_stays_float32_on_the_way_back(
    op: Any, swap: bool, shape: tuple, number: float
) -> None:
    x = Variable(np.full(shape, 2.0, np.float32))
    y = both_ways(op, swap)(x, number)
    y.backward(retain_grad=True)
    other = y.creator.inputs[0 if swap else 1]
    for array in (y.data, y.grad, x.grad, other.data, other.grad):
        assert isinstance(array, np.ndarray)
        assert (array.dtype, array.shape) == (np.float32, shape)


@pytest.mark.step22
@pytest.mark.parametrize("c", [0, 1, 2, 3, 2.5, -1.0, True, np.float64(2.0), np.int64(2)], ids=repr)
@pytest.mark.parametrize("shape", [(), (3,), (0,)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pow(c: Any, shape: tuple, dtype: type) -> None:
    data = np.full(shape, 1.5, dtype)
    x = Variable(data)
    y = x**c
    y.backward()
    assert isinstance(y.data, np.ndarray)
    assert isinstance(x.grad, np.ndarray)
    assert (y.dtype, y.shape, x.grad.shape) == ((data**c).dtype, shape, shape)
    np.testing.assert_array_equal(y.data, data**c)
    np.testing.assert_allclose(x.grad, np.full(shape, float(c) * 1.5 ** (float(c) - 1)), rtol=1e-6)


@pytest.mark.step20
@pytest.mark.step22
@pytest.mark.parametrize("name", ["add", "mul", "sub", "div", "rsub", "rdiv"])
def test_functions_by_name_take_variables_arrays_and_numbers(name: str) -> None:
    f = getattr(stage2, name)
    x0, x1 = np.array([1.0, 2.0]), np.array([4.0, 5.0])
    expected = f(Variable(x0), Variable(x1)).data
    for a, b in ((x0, x1), (Variable(x0), x1), (x0, Variable(x1))):
        np.testing.assert_array_equal(f(a, b).data, expected)
    assert f(3.0, 2).data == f(Variable(np.array(3.0)), 2).data == f(3.0, Variable(np.array(2))).data


@pytest.mark.step12
def test_numbers_and_arrays_become_variables_on_call() -> None:
    assert str(square(3.0)) == "variable(9.0)"
    assert str(add(2, np.array(3))) == "variable(5)"
    data = np.array([1.0])
    assert square(data).creator.inputs[0].data is data


@pytest.mark.step21
def test_an_array_on_the_left_does_not_take_the_variable_apart() -> None:
    y = np.array([1.0, 2.0]) * Variable(np.array([3.0, 4.0]))
    assert isinstance(y, Variable)
    np.testing.assert_array_equal(y.data, [3.0, 8.0])


SHAPES = [((3,), (2,)), ((3,), (1,)), ((3,), ()), ((2, 3), (3,)), ((1, 3), (3,)), ((2, 3), (3, 2)), ((0,), (1,))]


@pytest.mark.step21
@each_operator
@pytest.mark.parametrize("shapes", [*SHAPES, *[shapes[::-1] for shapes in SHAPES]], ids=str)
def test_shapes_are_not_stretched(op: Any, shapes: tuple) -> None:
    """A stretched operand's gradient would have another shape than its data; only beside a number is it allowed."""
    a, b = np.ones(shapes[0]), np.ones(shapes[1])
    message = "both operands need the same shape, got {} and {}"
    pairs: list[tuple[Any, Any]] = [(Variable(a), Variable(b))]
    pairs += [(Variable(a), b)] if b.ndim > 0 else []
    pairs += [(a, Variable(b))] if a.ndim > 0 else []
    for left, right in pairs:
        with pytest.raises(ValueError) as caught:
            op(left, right)
        # where the left one is no Variable, Python asks the right one for the sum, and the two are swapped
        swapped = left is a and op in (operator.add, operator.mul)
        assert str(caught.value) == message.format(*(shapes[::-1] if swapped else shapes))


@pytest.mark.step22
@pytest.mark.parametrize("c", [Variable(np.array(2.0)), np.array(2.0), np.array([1.0, 2.0]), [1.0, 2.0], (2,)])
def test_the_exponent_must_be_a_number(c: Any) -> None:
    x = Variable(np.array([1.0, 2.0]))
    with pytest.raises(TypeError) as caught:
        x**c
    assert str(caught.value) == f"the exponent of ** must be a number, got {type(c).__name__}"


@pytest.mark.step22
@pytest.mark.parametrize("base", [2, 2.0, np.array([1.0, 2.0]), np.float64(2.0)], ids=lambda b: type(b).__name__)
def test_a_variable_in_the_exponent_is_refused(base: Any) -> None:
    with pytest.raises(TypeError, match=r"unsupported operand type\(s\) for \*\*"):
        base ** Variable(np.array([1.0, 2.0]))


@pytest.mark.step21
def test_numpy_s_own_functions_refuse_a_variable() -> None:
    """They would compute without a graph, and silently lose the gradient."""
    x: Any = Variable(np.array([1.0, 2.0]))
    calls: list[Callable[[], Any]] = [lambda: np.exp(x), lambda: np.add(x, 1.0), lambda: np.multiply(np.ones(2), x)]
    for call in calls:
        with pytest.raises(TypeError, match="operand 'Variable' does not support ufuncs"):
            call()
    array = np.ones(2)
    with pytest.raises(TypeError, match="operand 'Variable' does not support ufuncs"):
        array += x
    np.testing.assert_array_equal(array, [1.0, 1.0])


@pytest.mark.step21
@pytest.mark.parametrize("op", [*OPERATORS.values(), operator.pow])
@pytest.mark.parametrize("nonsense", ["a", None, {}], ids=repr)
def test_what_is_no_number_is_refused(op: Any, nonsense: Any) -> None:
    x = Variable(np.array([1.0, 2.0]))
    for a, b in ((x, nonsense), (nonsense, x)):
        with pytest.raises(TypeError):
            op(a, b)


@pytest.mark.step20
def test_an_augmented_assignment_makes_a_new_variable() -> None:
    x = y = Variable(np.array([1.0, 2.0]))
    y += 1
    y *= x
    np.testing.assert_array_equal(x.data, [1.0, 2.0])
    np.testing.assert_array_equal(y.data, [2.0, 6.0])
    y.backward()
    np.testing.assert_array_equal(x.grad, [3.0, 5.0])


@pytest.mark.step23
def test_the_package_gives_variables_their_operators() -> None:
    """A Variable subclass has them as well; setting them up again changes nothing."""

    class Named(Variable):
        pass

    before = dict(vars(Variable))
    stage2.setup_variable()
    assert dict(vars(Variable)) == before
    y = 2 * Named(np.array(3.0)) + 1
    assert str(-y) == "variable(-7.0)"


@pytest.mark.step23
def test_everything_public_is_there_and_described() -> None:
    for name in stage2.__all__:
        assert getattr(stage2, name).__doc__, name
    rules = [t for t in vars(stage2).values() if isinstance(t, type) and issubclass(t, Function)]
    assert {rule.__name__ for rule in rules} <= set(stage2.__all__)
    assert mul is stage2.mul
