"""The functions of stage 4 against two witnesses, the central difference and HIPS autograd; their laws and errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad

import dezero_lite.functions as F
from dezero_lite import Variable, stage4
from dezero_lite.testing import check_gradient

SEEDS = range(5)


class Row(NamedTuple):
    """A function, the same in autograd.numpy, the shapes of its inputs, and the step that teaches it."""

    ours: Callable
    theirs: Callable
    shapes: list[tuple[int, ...]]
    step: int

    def draw(self, seed: int) -> list[np.ndarray]:
        random = np.random.default_rng(seed)
        return [random.uniform(0.5, 2.0, shape) for shape in self.shapes]


def total(shape: tuple[int, ...], **options: Any) -> Row:
    return Row(lambda x: F.sum(x, **options), lambda x: anp.sum(x, **options), [shape], 39)


def stretched(shape: tuple[int, ...], longer: tuple[int, ...]) -> Row:
    return Row(
        lambda x: F.broadcast_to(x, longer), lambda x: x + anp.zeros(longer), [shape], 40
    )  # autograd's own broadcast_to knows fewer shapes


def summed(shape: tuple[int, ...], axes: tuple[int, ...], to: tuple[int, ...]) -> Row:
    return Row(lambda x: F.sum_to(x, to), lambda x: anp.reshape(anp.sum(x, axes), to), [shape], 40)


# A new function without a row fails (see the last test). What stands behind a space tells rows of one function apart.
TABLE = {
    "sum all": total((2, 3)),
    "sum 0": total((2, 3), axis=0),
    "sum -1": total((2, 3, 4), axis=-1),
    "sum pair": total((2, 3, 4), axis=(0, 2)),
    "sum kept": total((2, 3), axis=1, keepdims=True),
    "sum all kept": total((2, 3), keepdims=True),
    "sum scalar": total(()),
    "sum empty": total((0, 3), axis=0),
    "broadcast_to row": stretched((3,), (2, 3)),
    "broadcast_to column": stretched((2, 1), (2, 3)),
    "broadcast_to scalar": stretched((), (2, 3)),
    "broadcast_to both": stretched((1, 3, 1), (4, 2, 3, 5)),
    "broadcast_to same": stretched((2, 3), (2, 3)),
    "broadcast_to empty": stretched((1, 3), (0, 3)),
    "sum_to row": summed((2, 3), (0,), (3,)),
    "sum_to column": summed((2, 3), (1,), (2, 1)),
    "sum_to scalar": summed((2, 3), (0, 1), ()),
    "sum_to both": summed((4, 2, 3, 5), (0, 1, 3), (1, 3, 1)),
    "sum_to same": summed((2, 3), (), (2, 3)),
    "matmul": Row(F.matmul, anp.dot, [(2, 3), (3, 4)], 41),
    "matmul column": Row(F.matmul, anp.dot, [(4, 2), (2, 1)], 41),
    "matmul empty": Row(F.matmul, anp.dot, [(0, 3), (3, 2)], 41),
    "reshape flat": Row(lambda x: F.reshape(x, (6,)), lambda x: anp.reshape(x, (6,)), [(2, 3)], 38),
    "reshape scalar": Row(lambda x: F.reshape(x, ()), lambda x: anp.reshape(x, ()), [(1, 1)], 38),
    "transpose": Row(F.transpose, anp.transpose, [(2, 3)], 38),
    "transpose three": Row(F.transpose, anp.transpose, [(2, 3, 4)], 38),
}
each_function = pytest.mark.parametrize(
    "row", [pytest.param(row, id=name, marks=getattr(pytest.mark, f"step{row.step}")) for name, row in TABLE.items()]
)


@each_function
@pytest.mark.parametrize("seed", SEEDS)
def test_both_orders_equal_the_central_difference(row: Row, seed: int) -> None:
    xs = row.draw(seed)
    for i, x in enumerate(xs):
        f = partial(lambda i, v: F.square(row.ours(*xs[:i], v, *xs[i + 1 :])), i)  # gradients that differ by place
        check_gradient(f, Variable(x), order=2, rtol=1e-5, atol=1e-6, seed=seed)


@each_function
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_value_and_gradients_equal_autograd(row: Row, dtype: type) -> None:
    xs: list[np.ndarray] = [x.astype(dtype) for x in row.draw(0)]
    variables = [Variable(x) for x in xs]
    y = row.ours(*variables)
    F.square(y).backward()
    close = partial(np.testing.assert_allclose, rtol=8 * np.finfo(dtype).eps, strict=True)
    close(np.asarray(y.data), np.asarray(row.theirs(*xs), dtype))
    for i, v in enumerate(variables):
        expected = elementwise_grad(lambda *args: row.theirs(*args) ** 2, i)(*xs)
        assert v.grad is not None
        close(np.asarray(v.grad.data), np.asarray(expected, dtype))


@pytest.mark.step40
@pytest.mark.parametrize("shape", [(), (3,), (2, 1), (1, 1)])
def test_sum_to_is_the_adjoint_of_broadcast_to(shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(0)
    x, y = random.standard_normal(shape), random.standard_normal((2, 3))
    there, back = F.broadcast_to(x, (2, 3)).data, F.sum_to(y, shape).data
    np.testing.assert_allclose(np.sum(there * y), np.sum(x * back))


@pytest.mark.step40
def test_broadcast_to_copies_nothing_and_cannot_be_written() -> None:
    x = Variable(np.arange(3.0))
    y = F.broadcast_to(x, (4, 3))
    assert np.shares_memory(x.data, y.data)
    with pytest.raises(ValueError, match="read-only"):
        y.data[0, 0] = 1.0


@pytest.mark.step39
def test_the_gradient_of_a_sum_is_an_array_that_can_be_written() -> None:
    x = Variable(np.arange(3.0))
    F.sum(x).backward()
    assert x.grad is not None
    x.grad.data += 1
    np.testing.assert_array_equal(x.grad.data, [2.0, 2.0, 2.0])


@pytest.mark.step40
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: F.broadcast_to(np.ones((2, 3)), (3,)), r"broadcast_to cannot stretch \(2, 3\) to \(3,\)"),
        (lambda: F.broadcast_to(np.ones(2), (3,)), r"broadcast_to cannot stretch \(2,\) to \(3,\)"),
        (lambda: F.sum_to(np.ones((2, 3)), (2,)), r"sum_to cannot sum \(2, 3\) to \(2,\)"),
        (lambda: F.sum_to(np.ones(3), (2, 3)), r"sum_to cannot sum \(3,\) to \(2, 3\)"),
    ],
)
def test_shapes_that_do_not_fit_are_named(wrong: Callable, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()


@pytest.mark.step41
@pytest.mark.parametrize("shapes", [((4, 3), (2, 5)), ((3,), (3, 2)), ((2, 3), (3,)), ((2, 2, 3), (3, 2))])
def test_matmul_names_shapes_that_do_not_fit(shapes: tuple[Any, Any]) -> None:
    x, W = map(np.ones, shapes)
    with pytest.raises(ValueError) as error:
        F.matmul(x, W)
    assert str(error.value) == f"matmul needs shapes (N, D) and (D, H), got {shapes[0]} and {shapes[1]}"


@pytest.mark.step39
def test_an_axis_that_is_not_there_is_numpys_error() -> None:
    with pytest.raises(np.exceptions.AxisError):
        F.sum(np.ones(3), axis=1)


def test_every_function_has_a_row() -> None:
    functions = {name for name in stage4.__all__ if name.islower()}
    assert {name.split()[0] for name in TABLE} == functions
    assert functions <= set(F.__all__)
