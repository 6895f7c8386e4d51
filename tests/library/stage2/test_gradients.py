"""Each function against two witnesses that share no code with it: the central difference and HIPS autograd."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations, product
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dezero_lite import stage2
from dezero_lite.stage2 import Function, Variable, add, div, exp, mul, neg, pow, rdiv, rsub, square, sub
from dezero_lite.testing import check_gradient
from tests.library.stage2.expressions import examples, shapes


class Row(NamedTuple):
    """A function, the same in autograd.numpy, where each of its inputs may lie, and the step that teaches it."""

    ours: Callable
    theirs: Callable
    inputs: list[st.SearchStrategy[float]]
    step: int

    def draw(self, data: st.DataObject) -> list[np.ndarray]:
        shape = data.draw(shapes)
        return [data.draw(arrays(np.float64, shape, elements=elements)) for elements in self.inputs]

    def run(self, *xs: Any) -> tuple[Variable, list[Any]]:
        """Return y and the inputs, which are Variables; all of them have gradients."""
        variables = [Variable(x) for x in xs]
        y = self.ours(*variables)
        y.backward(retain_grad=True)
        return y, variables


REAL = st.floats(-1.5, 1.5)
POSITIVE = st.floats(0.5, 2.0)
NOT_ZERO = POSITIVE | POSITIVE.map(lambda x: -x)


def power(c: float, where: st.SearchStrategy[float]) -> Row:
    return Row(lambda x: pow(x, c), lambda x: x**c, [where], 22)


# A new function without a row fails (see the last test). What stands behind a space tells rows of one function apart.
TABLE = {
    "square": Row(square, lambda x: x**2, [REAL], 13),
    "exp": Row(exp, anp.exp, [REAL], 13),
    "add": Row(add, lambda x0, x1: x0 + x1, [REAL, REAL], 13),
    "mul": Row(mul, lambda x0, x1: x0 * x1, [REAL, REAL], 20),
    "neg": Row(neg, lambda x: -x, [REAL], 22),
    "sub": Row(sub, lambda x0, x1: x0 - x1, [REAL, REAL], 22),
    "rsub": Row(rsub, lambda x0, x1: x1 - x0, [REAL, REAL], 22),
    "div": Row(div, lambda x0, x1: x0 / x1, [REAL, NOT_ZERO], 22),
    "rdiv": Row(rdiv, lambda x0, x1: x1 / x0, [NOT_ZERO, REAL], 22),
    "pow 3": power(3, REAL),
    "pow 1": power(1, REAL),
    "pow 0": power(0, NOT_ZERO),
    "pow -2": power(-2, NOT_ZERO),
    "pow 0.5": power(0.5, POSITIVE),
}
each_function = pytest.mark.parametrize(
    "row", [pytest.param(row, id=name, marks=getattr(pytest.mark, f"step{row.step}")) for name, row in TABLE.items()]
)


@each_function
@examples(25)
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_gradient_equals_the_central_difference_in_a_random_direction(row: Row, data: Any, seed: int) -> None:
    xs = row.draw(data)
    for i, x in enumerate(xs):
        f = partial(lambda i, v: row.ours(*xs[:i], v, *xs[i + 1 :]), i)
        check_gradient(f, Variable(x), rtol=1e-5, atol=1e-6, seed=seed)


@each_function
@examples(25)
@given(data=st.data())
def test_value_and_gradients_equal_autograd(row: Row, data: Any) -> None:
    xs = row.draw(data)
    y, variables = row.run(*xs)
    np.testing.assert_allclose(y.data, row.theirs(*xs), rtol=1e-14)
    for i, v in enumerate(variables):
        np.testing.assert_allclose(v.grad, elementwise_grad(row.theirs, i)(*xs), rtol=1e-13, atol=1e-300)


@each_function
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,), (2, 0)])
def test_dtype_and_shape_are_kept(row: Row, dtype: type, shape: tuple[int, ...]) -> None:
    xs: list[np.ndarray] = [np.full(shape, value, dtype) for value in (1.5, 0.75)[: len(row.inputs)]]
    y, variables = row.run(*xs)
    for array in (y.data, y.grad, *[v.grad for v in variables]):
        assert isinstance(array, np.ndarray)
        assert (array.dtype, array.shape) == (dtype, shape)
    for i, v in enumerate(variables):
        expected = elementwise_grad(row.theirs, i)(*[x.astype(float) for x in xs])
        np.testing.assert_allclose(v.grad, expected, rtol=float(4 * np.finfo(dtype).eps))


@each_function
@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64])
@pytest.mark.parametrize("shape", [(), (2,)])
def test_the_gradient_of_whole_numbers_is_a_floating_point_one(row: Row, dtype: type, shape: tuple[int, ...]) -> None:
    xs: list[np.ndarray] = [np.full(shape, value, dtype) for value in (3, 5)[: len(row.inputs)]]
    if row is TABLE["pow -2"]:
        with pytest.raises(ValueError, match="Integers to negative integer powers are not allowed"):
            row.run(*xs)
        return
    y, variables = row.run(*xs)
    assert y.dtype == row.theirs(*xs).dtype
    for i, v in enumerate(variables):
        assert v.grad is not None
        assert v.grad.dtype.kind == "f"
        expected = elementwise_grad(row.theirs, i)(*[x.astype(float) for x in xs])
        np.testing.assert_allclose(v.grad, expected, rtol=float(4 * np.finfo(v.grad.dtype).eps))


@each_function
def test_nan_infinity_and_zero_give_what_they_give_in_autograd(row: Row) -> None:
    special = [np.nan, np.inf, -np.inf, 0.0, -0.0, 2.0]
    xs = list(map(np.array, zip(*product(special, repeat=len(row.inputs)), strict=True)))
    with np.errstate(all="ignore"):
        y, variables = row.run(*xs)
        expected = [elementwise_grad(row.theirs, i)(*xs) for i in range(len(xs))]
        np.testing.assert_array_equal(y.data, row.theirs(*xs))
    if row is TABLE["pow 0"]:
        expected = [np.zeros(len(special))]  # a constant's: autograd has NaN at NaN and at infinity
    for v, gradient in zip(variables, expected, strict=True):
        np.testing.assert_array_equal(v.grad, gradient)


@pytest.mark.step22
@pytest.mark.parametrize("c", [0, 1, 2, 3])
def test_pow_at_zero_warns_of_nothing(c: int) -> None:
    _, (x,) = power(c, REAL).run(np.array([0.0, 1.0]))
    np.testing.assert_array_equal(x.grad, [1.0 if c == 1 else 0.0, c])


@pytest.mark.step22
@pytest.mark.parametrize(
    ("value", "dtype"),
    [(12, np.int8), (50_000, np.int32), (4_000_000_000, np.int64), (1e25, np.float32), (1e-25, np.float32)],
)
def test_div_does_not_leave_the_range_of_the_type_on_the_way(value: float, dtype: type) -> None:
    """The divisor's square does not fit in its type; the quotient and its gradients do."""
    x: np.ndarray = np.array([value], dtype)
    _, (x0, x1) = TABLE["div"].run(x, x)
    np.testing.assert_allclose(x0.grad, 1 / x.astype(float), rtol=1e-3 if dtype is np.int8 else 1e-6)
    np.testing.assert_allclose(x1.grad, -1 / x.astype(float), rtol=1e-3 if dtype is np.int8 else 1e-6)


@pytest.mark.step22
@pytest.mark.parametrize(("base", "c", "dtype"), [(2, 6, np.int8), (2, 30, np.int32), (3, 39, np.int64)])
def test_pow_does_not_leave_the_range_of_the_type_on_the_way(base: int, c: int, dtype: type) -> None:
    """The gradient does not fit in the type of the whole number; it is a floating-point one, and may be larger."""
    y, (x,) = power(c, REAL).run(np.array([base], dtype))
    assert y.data == base**c
    np.testing.assert_allclose(x.grad, [float(c * base ** (c - 1))], rtol=1e-3)


@each_function
def test_strided_reversed_and_read_only_data(row: Row) -> None:
    plain = [np.linspace(0.5, 2.0, 6).reshape(2, 3), np.linspace(1.0, 3.0, 6).reshape(2, 3)][: len(row.inputs)]
    strided = [np.repeat(x[::-1], 2, axis=1)[::-1, ::2] for x in plain]
    for x in strided:
        x.flags.writeable = False
    (y0, variables), (y1, strided_variables) = row.run(*plain), row.run(*strided)
    np.testing.assert_array_equal(y0.data, y1.data)
    for a, b in zip(variables, strided_variables, strict=True):
        np.testing.assert_array_equal(a.grad, b.grad)
    for x, expected in zip(strided, plain, strict=True):
        np.testing.assert_array_equal(x, expected)


@each_function
def test_every_gradient_is_an_array_of_its_own(row: Row) -> None:
    """So that changing one in place, which is easily done, changes that one only."""
    variables = [Variable(np.array([0.5, 2.0])) for _ in row.inputs]
    y = row.ours(*variables)
    start = y.grad = np.array([1.0, 1.0])
    y.backward(retain_grad=True)
    gradients = [v.grad for v in (y, *variables)]
    for a, b in combinations([*gradients, start], 2):
        assert not np.shares_memory(a, b)
    for gradient, v in product(gradients, (y, *variables)):
        assert not np.shares_memory(gradient, v.data)
        assert gradient.flags.writeable


def test_every_function_has_a_row() -> None:
    things = {name: getattr(stage2, name) for name in stage2.__all__ if name not in ("Function", "setup_variable")}
    modules = ("dezero_lite.stage2.functions", "dezero_lite.stage2.operators")
    ours = {name.lower() for name, thing in things.items() if thing.__module__ in modules or _is_rule(thing)}
    assert ours == {name.split()[0] for name in TABLE}


def _is_rule(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Function)
