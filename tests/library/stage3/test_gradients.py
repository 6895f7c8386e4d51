"""Each function against two witnesses that share no code with it: differences and HIPS autograd, to second order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations, product
from typing import Any, NamedTuple

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad

from dezero_lite import stage3
from dezero_lite.stage3 import (
    Function,
    Variable,
    add,
    cos,
    div,
    exp,
    log,
    mul,
    neg,
    pow,
    rdiv,
    rsub,
    sin,
    sqrt,
    square,
    sub,
    tanh,
)
from dezero_lite.testing import check_gradient

SHAPES = [(), (3,), (2, 3), (0,), (2, 0)]


class Row(NamedTuple):
    """A function, the same in autograd.numpy, between which bounds each input may lie, and the step that teaches it."""

    ours: Callable
    theirs: Callable
    bounds: list[tuple[float, float]]
    step: int

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> list[np.ndarray]:
        return [np.asarray(rng.uniform(low, high, shape)) for low, high in self.bounds]

    def run(self, *xs: Any) -> tuple[Variable, list[Variable]]:
        """Return y and the inputs, all with gradients."""
        variables = [Variable(x) for x in xs]
        y = self.ours(*variables)
        y.backward(retain_grad=True)
        return y, variables


REAL, POSITIVE, NEGATIVE = (-1.5, 1.5), (0.5, 2.0), (-2.0, -0.5)


def power(c: float, where: tuple[float, float]) -> Row:
    return Row(lambda x: pow(x, c), lambda x: x**c, [where], 36)


# A new function without a row fails (see the last test). What stands behind a space tells rows of one function apart.
TABLE = {
    "square": Row(square, lambda x: x**2, [REAL], 32),
    "exp": Row(exp, anp.exp, [REAL], 32),
    "log": Row(log, anp.log, [POSITIVE], 34),
    "sqrt": Row(sqrt, anp.sqrt, [POSITIVE], 34),
    "sin": Row(sin, anp.sin, [(-7.0, 7.0)], 34),
    "cos": Row(cos, anp.cos, [(-7.0, 7.0)], 34),
    "tanh": Row(tanh, anp.tanh, [REAL], 35),
    "add": Row(add, lambda x0, x1: x0 + x1, [REAL, REAL], 32),
    "mul": Row(mul, lambda x0, x1: x0 * x1, [REAL, REAL], 32),
    "neg": Row(neg, lambda x: -x, [REAL], 32),
    "sub": Row(sub, lambda x0, x1: x0 - x1, [REAL, REAL], 32),
    "rsub": Row(rsub, lambda x0, x1: x1 - x0, [REAL, REAL], 32),
    "div": Row(div, lambda x0, x1: x0 / x1, [REAL, POSITIVE], 32),
    "div negative": Row(div, lambda x0, x1: x0 / x1, [REAL, NEGATIVE], 32),
    "rdiv": Row(rdiv, lambda x0, x1: x1 / x0, [NEGATIVE, REAL], 32),
    "pow 3": power(3, REAL),
    "pow 2": power(2, REAL),
    "pow 1": power(1, REAL),
    "pow 0": power(0, POSITIVE),
    "pow -2": power(-2, NEGATIVE),
    "pow 0.5": power(0.5, POSITIVE),
    "pow 2.5": power(2.5, POSITIVE),
}
each_function = pytest.mark.parametrize(
    "row", [pytest.param(row, id=name, marks=getattr(pytest.mark, f"step{row.step}")) for name, row in TABLE.items()]
)


def at_place(f: Callable, xs: list[np.ndarray], i: int, v: Variable) -> Variable:
    """Return f of xs, with v in one of their places."""
    y: Variable = f(*xs[:i], v, *xs[i + 1 :])
    return y


def times_itself(f: Callable[[Variable], Variable], v: Variable) -> Variable:
    """Return v f(v): what f's rule loses of its gy or of its input is seen in the derivatives of this."""
    return v * f(v)


@each_function
@pytest.mark.parametrize("seed", range(6))
def test_both_orders_equal_differences_in_random_directions(row: Row, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for shape in SHAPES:
        xs = row.draw(rng, shape)
        for i, x in enumerate(xs):
            f = partial(at_place, row.ours, xs, i)
            check_gradient(f, Variable(x), order=2, rtol=2e-5, atol=1e-6, seed=seed)
            check_gradient(partial(times_itself, f), Variable(x), order=2, rtol=2e-5, atol=1e-6, seed=seed)


@each_function
@pytest.mark.filterwarnings("ignore:Output seems independent of input")
def test_value_and_both_orders_equal_autograd(row: Row) -> None:
    rng = np.random.default_rng(0)
    for shape in SHAPES:
        xs = row.draw(rng, shape)
        weights = rng.standard_normal((len(xs), *shape))

        def first(*xs: Any) -> list[Any]:
            return [elementwise_grad(row.theirs, i)(*xs) for i in range(len(xs))]

        def weighted(*xs: Any, first: Callable = first, weights: np.ndarray = weights) -> Any:
            return sum(anp.sum(w * g) for w, g in zip(weights, first(*xs), strict=True))

        y, variables = row.run(*xs)
        np.testing.assert_allclose(y.data, row.theirs(*xs), rtol=1e-14)
        for v, expected in zip(variables, first(*xs), strict=True):
            np.testing.assert_allclose(v.grad.data, expected, rtol=1e-13, atol=1e-300)  # type: ignore[union-attr]
            v.cleargrad()
        row.ours(*variables).backward(create_graph=True)
        total = sum(w * v.grad for w, v in zip(weights, variables, strict=True))
        for v in variables:
            v.cleargrad()
        total.backward()
        for i, v in enumerate(variables):
            expected = autograd.grad(weighted, i)(*xs)
            ours = np.zeros(shape) if v.grad is None else v.grad.data
            np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-14)


@each_function
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES)
def test_dtype_and_shape_are_kept_in_both_orders(row: Row, dtype: type, shape: tuple[int, ...]) -> None:
    xs: list[Any] = [np.full(shape, value, dtype) for value in (1.5, 0.75)[: len(row.bounds)]]
    variables = [Variable(x) for x in xs]
    y = row.ours(*variables)
    y.backward(retain_grad=True, create_graph=True)
    gxs = [v.grad for v in variables if v.grad is not None]
    assert len(gxs) == len(variables)
    for i, gx in enumerate(gxs):
        expected = elementwise_grad(row.theirs, i)(*[x.astype(float) for x in xs])
        np.testing.assert_allclose(gx.data, expected, rtol=8 * float(np.finfo(dtype).eps))
        gx.backward()
    for v in (y, y.grad, *gxs, *[v.grad for v in variables]):
        assert isinstance(v, Variable)
        assert (v.dtype, v.shape) == (dtype, shape)
        assert isinstance(v.data, np.ndarray if shape else np.generic)


@each_function
@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64, np.bool_])
@pytest.mark.parametrize("shape", [(), (2,)])
def test_the_gradient_of_whole_numbers_is_float64(row: Row, dtype: type, shape: tuple[int, ...]) -> None:
    if dtype is np.bool_ and (row.ours in (sub, rsub, neg, square) or row.step == 36):
        return  # NumPy does not subtract truth values, nor raise them to a power
    xs: list[Any] = [np.full(shape, value, dtype) for value in (3, 5)[: len(row.bounds)]]
    if row is TABLE["pow -2"]:
        with pytest.raises(ValueError, match="Integers to negative integer powers are not allowed"):
            row.run(*xs)
        return
    y, variables = row.run(*xs)
    assert y.dtype == row.theirs(*xs).dtype
    for i, v in enumerate(variables):
        assert v.grad is not None
        assert v.grad.dtype == (y.dtype if y.dtype.kind == "f" else np.float64)
        expected = elementwise_grad(row.theirs, i)(*[x.astype(float) for x in xs])
        np.testing.assert_allclose(v.grad.data, expected, rtol=99 * float(np.finfo(v.grad.dtype).eps))


@each_function
def test_nan_infinity_and_zero_give_what_they_give_in_autograd(row: Row) -> None:
    special = [np.nan, np.inf, -np.inf, 0.0, -0.0, 2.0]
    xs = list(map(np.array, zip(*product(special, repeat=len(row.bounds)), strict=True)))
    with np.errstate(all="ignore"):
        y, variables = row.run(*xs)
        expected = [elementwise_grad(row.theirs, i)(*xs) for i in range(len(xs))]
        np.testing.assert_array_equal(y.data, row.theirs(*xs))
        if row is TABLE["sqrt"]:
            expected = [1 / (2 * y.data)]  # autograd has 0 at minus infinity, where there is no root
    if row is TABLE["pow 0"]:
        expected = [np.zeros(len(special))]  # a constant's: autograd has NaN at NaN and at infinity
    for v, gradient in zip(variables, expected, strict=True):
        assert v.grad is not None
        np.testing.assert_allclose(v.grad.data, gradient, rtol=1e-15)


@pytest.mark.step36
@pytest.mark.parametrize("create_graph", [False, True])
def test_what_is_constant_has_no_gradient_however_large_the_one_it_gets(create_graph: bool) -> None:
    """x ** 0 is 1 everywhere, and so is the derivative of x ** 1; zero times infinity would be NaN."""
    x = Variable(np.array([0.0, 2.0]))
    y = x**0
    y.grad = Variable(np.array([np.inf, -np.inf]))
    y.backward(create_graph=create_graph)
    assert x.grad is not None
    assert x.grad.data.tolist() == [0, 0]
    x.cleargrad()
    y = x**1
    y.grad = Variable(np.array([np.inf, -np.inf]))
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert x.grad is not None
    assert x.grad.data.tolist() == [0, 0]


@pytest.mark.step40
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_what_was_stretched_gets_all_of_its_gradient(dtype: Any, create_graph: bool) -> None:
    """In float16, ones that are added one at a time stop at 2048."""
    b = Variable(np.zeros(1, dtype))
    y = b + np.zeros((3000, 1), dtype)
    y.backward(create_graph=create_graph)
    assert b.grad is not None
    assert (b.grad.data.tolist(), b.grad.dtype) == ([3000], dtype)


@pytest.mark.step36
@pytest.mark.parametrize("c", [0, 1, 2, 3])
def test_pow_at_zero_warns_of_nothing(c: int) -> None:
    _, (x,) = power(c, REAL).run(np.array([0.0, 1.0]))
    assert x.grad is not None
    np.testing.assert_array_equal(x.grad.data, [1.0 if c == 1 else 0.0, c])


@pytest.mark.step36
@pytest.mark.parametrize(
    ("value", "dtype"),
    [(12, np.int8), (50_000, np.int32), (4_000_000_000, np.int64), (1e25, np.float32), (1e-25, np.float32)],
)
def test_div_does_not_leave_the_range_of_the_type_on_the_way(value: float, dtype: type) -> None:
    """The divisor's square does not fit in its type; the quotient and its gradients do."""
    x: Any = np.array([value], dtype)
    _, variables = TABLE["div"].run(x, x)
    for v, sign in zip(variables, (1, -1), strict=True):
        assert v.grad is not None
        np.testing.assert_allclose(v.grad.data, sign / x.astype(float), rtol=1e-3 if dtype is np.int8 else 1e-6)


@pytest.mark.step36
@pytest.mark.parametrize(
    ("name", "base", "dtype", "gradient"),
    [
        ("pow 6", 2, np.int8, 6 * 2.0**5),
        ("pow 30", 2, np.int32, 30 * 2.0**29),
        ("pow 39", 3, np.int64, 39 * 3.0**38),
        ("pow 2", 11, np.int8, 22.0),
        ("pow 2", 100, np.int8, 200.0),
        ("square", 11, np.int8, 22.0),
        ("square", 100, np.int8, 200.0),
    ],
)
def test_a_gradient_may_be_larger_than_the_type_of_the_whole_number(
    name: str, base: int, dtype: type, gradient: float
) -> None:
    row = TABLE["square"] if name == "square" else power(int(name.split()[1]), REAL)
    _, (x,) = row.run(np.array([base], dtype))
    assert x.grad is not None
    np.testing.assert_allclose(x.grad.data, [gradient], rtol=1e-12)


@each_function
def test_strided_reversed_and_read_only_data(row: Row) -> None:
    plain = [np.linspace(0.5, 2.0, 6).reshape(2, 3), np.linspace(1.0, 3.0, 6).reshape(2, 3)][: len(row.bounds)]
    strided = [np.repeat(x[::-1], 2, axis=1)[::-1, ::2] for x in plain]
    for x in strided:
        x.flags.writeable = False
    (y0, variables), (y1, strided_variables) = row.run(*plain), row.run(*strided)
    np.testing.assert_array_equal(y0.data, y1.data)
    for a, b in zip(variables, strided_variables, strict=True):
        assert a.grad is not None
        assert b.grad is not None
        np.testing.assert_array_equal(a.grad.data, b.grad.data)
    for x, expected in zip(strided, plain, strict=True):
        np.testing.assert_array_equal(x, expected)


@each_function
def test_every_gradient_is_an_array_of_its_own(row: Row) -> None:
    """So that changing one in place, which is easily done, changes that one only."""
    variables = [Variable(np.array([0.5, 2.0])) for _ in row.bounds]
    y = row.ours(*variables)
    start = y.grad = Variable(np.array([1.0, 1.0]))
    y.backward(retain_grad=True)
    assert y.grad is start
    gradients = [v.grad.data for v in (y, *variables)]
    for a, b in combinations(gradients, 2):
        assert not np.shares_memory(a, b)
    for gradient, v in product(gradients, (y, *variables)):
        assert not np.shares_memory(gradient, v.data)
        assert gradient.flags.writeable


@pytest.mark.step36
@pytest.mark.parametrize(
    ("f", "wanted"), [(mul, (True, False)), (mul, (False, True)), (sub, (True, False)), (div, (True, False))]
)
def test_what_costs_something_and_nobody_wants_is_not_computed(f: Callable, wanted: tuple[bool, bool]) -> None:
    xs = [Variable(np.array([0.5, 2.0])) if is_wanted else np.array([0.5, 2.0]) for is_wanted in wanted]
    gxs = f(*xs).creator.backward(np.ones(2))
    assert tuple(gx is not None for gx in gxs) == wanted


def test_every_function_has_a_row() -> None:
    others = {"Function", "setup_variable"}
    things = {name: getattr(stage3, name) for name in stage3.__all__ if name not in others}
    modules = ("dezero_lite.stage3.functions", "dezero_lite.stage3.operators")
    ours = {name.lower() for name, thing in things.items() if thing.__module__ in modules or _is_rule(thing)}
    assert ours == {name.split()[0] for name in TABLE}


def _is_rule(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Function)
