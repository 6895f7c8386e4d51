"""Types with few digits: float16 for many numbers, whole numbers where 0 - 1 may be 255; each against float64."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite import Variable

MANY = 70_000  # float16 ends at 65504, and counts by ones to 2048
ONES, ZEROS = np.ones(3), np.zeros(3)
LABELS = np.array([0, 2])

# each with an array of shape (2, 3)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "accuracy": lambda x: F.accuracy(x, LABELS),
    "average_pooling": lambda x: F.average_pooling(x.reshape(1, 1, 2, 3), 2),
    "batch_norm": lambda x: F.batch_norm(x, ONES, ZEROS, ZEROS.copy(), ONES.copy()),
    "broadcast_to": lambda x: F.broadcast_to(x, (2, 2, 3)),
    "clip": lambda x: F.clip(x, -0.5, 2.5),
    "col2im": lambda x: F.col2im(x.reshape(1, 1, 1, 3, 2, 1), (1, 1, 2, 3), (1, 3), to_matrix=False),
    "concatenate": lambda x: F.concatenate([x, x]),
    "conv2d": lambda x: F.conv2d(x.reshape(1, 1, 2, 3), np.ones((1, 1, 2, 2))),
    "conv2d_simple": lambda x: F.conv2d_simple(x.reshape(1, 1, 2, 3), np.ones((1, 1, 2, 2))),
    "cos": F.cos,
    "deconv2d": lambda x: F.deconv2d(x.reshape(1, 1, 2, 3), np.ones((1, 1, 2, 2))),
    "dropout": lambda x: F.dropout(x, 0.5, np.random.default_rng(0)),
    "exp": lambda x: F.exp(F.clip(x, 0, 3)),
    "get_item": lambda x: F.get_item(x, [0, 0]),
    "global_average_pooling": lambda x: F.global_average_pooling(x.reshape(1, 1, 2, 3)),
    "im2col": lambda x: F.im2col(x.reshape(1, 1, 2, 3), 2),
    "leaky_relu": F.leaky_relu,
    "linear": lambda x: F.linear(x, np.ones((3, 2)), np.ones(2)),
    "log": lambda x: F.log(F.clip(x, 1, 99)),
    "log_softmax": F.log_softmax,
    "matmul": lambda x: F.matmul(x, np.ones((3, 2))),
    "max": lambda x: F.max(x, axis=0),
    "mean": lambda x: F.mean(x, axis=0),
    "mean_squared_error": lambda x: F.mean_squared_error(x, np.array([[1, 0, 1], [0, 1, 1]], x.dtype)),
    "min": lambda x: F.min(x, axis=0),
    "pooling": lambda x: F.pooling(x.reshape(1, 1, 2, 3), 2),
    "pooling_simple": lambda x: F.pooling_simple(x.reshape(1, 1, 2, 3), 2),
    "relu": F.relu,
    "reshape": lambda x: F.reshape(x, 3, 2),
    "sigmoid": F.sigmoid,
    "sin": F.sin,
    "softmax": F.softmax,
    "softmax_cross_entropy": lambda x: F.softmax_cross_entropy(x, LABELS),
    "sqrt": lambda x: F.sqrt(F.clip(x, 1, 99)),
    "square": lambda x: F.square(F.clip(x, 0, 11)),  # as x * x: in the type of x
    "stack": lambda x: F.stack([x, x]),
    "sum": F.sum,
    "sum_to": lambda x: F.sum_to(x, (1, 3)),
    "tanh": F.tanh,
    "transpose": F.transpose,
    "where": lambda x: F.where(x > 1, x, 0.5),
}


def answer(f: Callable[[Any], Any], x: np.ndarray) -> tuple[Any, Any]:
    """The function's value, and the gradient that it gives where it has one."""
    v = Variable(x)
    y = f(v)
    if y.creator is not None:
        (y * np.arange(1.0, y.size + 1).reshape(y.shape)).sum().backward()
    return y, v.grad


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint16, np.int64, np.uint64, np.float16])
def test_small_types_give_the_answer_of_float64(name: str, dtype: type) -> None:
    x: np.ndarray = np.array([[0, 1, 120], [3, 100, 2]], dtype)
    y, gx = answer(FUNCTIONS[name], x)
    expected, expected_gx = answer(FUNCTIONS[name], x.astype(float))
    assert y.dtype.kind in ("f" if dtype is np.float16 else "fiu")
    # NumPy's own exp and its like give float16 for bytes
    rough = np.float16 in (dtype, y.dtype)
    off = 4e-3 if rough else 1e-6
    np.testing.assert_allclose(y.data.astype(float), expected.data, rtol=off, atol=off)
    assert (gx is None) == (expected_gx is None)
    if gx is not None:
        np.testing.assert_allclose(gx.data.astype(float), expected_gx.data, rtol=off, atol=off)


def test_every_function_is_in_the_table() -> None:
    assert set(FUNCTIONS) == set(F.__all__)


@pytest.mark.parametrize("name", ["mean", "mean_squared_error", "softmax", "log_softmax", "softmax_cross_entropy"])
def test_truth_values_count_as_zero_and_one(name: str) -> None:
    x = np.array([[True, False, True], [False, False, True]])
    y, gx = answer(FUNCTIONS[name], x)
    expected, expected_gx = answer(FUNCTIONS[name], x.astype(float))
    np.testing.assert_allclose(y.data, expected.data)
    np.testing.assert_allclose(gx.data, expected_gx.data, atol=1e-15)


def test_a_number_that_the_type_beside_it_cannot_hold_is_refused() -> None:
    """np.where makes 255 of it, without a word."""
    x = np.array([0, 3], np.uint8)
    for xs in ((x, -1), (-1, x), (Variable(x), 256)):
        with pytest.raises(OverflowError, match="out of bounds for uint8"):
            F.where(x > 1, *xs)
    assert F.where(x > 1, x, 255).dtype == np.uint8
    assert F.where(x > 1, 1, -1).data.tolist() == [-1, 1]
    assert F.where(x > 1, x.astype(np.float32), 0).dtype == np.float32


def test_the_mean_of_large_whole_numbers_does_not_begin_again() -> None:
    assert F.mean(np.full(4, 2**62)).data == 2.0**62


def halves(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float16)


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    ("f", "x", "value", "share"),
    [
        (F.mean, halves(MANY) + 1, 1, 1 / MANY),
        (lambda x: F.mean(x, axis=0), halves(MANY, 1) + 300, 300, 1 / MANY),
        (F.global_average_pooling, halves(1, 1, 300, 300) + 1, 1, 1 / 90_000),
        (lambda x: F.max(x, axis=0), halves(5000, 2), 0, 1 / 5000),
        (F.min, halves(MANY), 0, 1 / MANY),
        (lambda x: F.softmax(x)[0], halves(MANY), 1 / MANY, 0),
        (lambda x: F.softmax(x, axis=0)[0], halves(5000, 1), 1 / 5000, 0),
        (lambda x: F.log_softmax(x)[0], halves(MANY), -np.log(MANY), -1 / MANY),
        (lambda x: F.softmax_cross_entropy(x, [0]), halves(1, MANY), np.log(MANY), 1 / MANY),
        (lambda x: F.softmax_cross_entropy(x, np.zeros(MANY, int)), halves(MANY, 2), np.log(2), 0.5 / MANY),
        (lambda x: F.mean_squared_error(x, halves(MANY)), halves(MANY) + 1, 1, 2 / MANY),
        (lambda x: F.mean_squared_error(x, halves(9)), np.diag(halves(9) + 300)[0], 1e4, 0),
    ],
)
def test_float16_has_room_for_many(f: Any, x: np.ndarray, value: float, share: float, create_graph: bool) -> None:
    """Sums and counts are made in float32, as NumPy's mean makes them."""
    v = Variable(x)
    with np.errstate(over="raise", invalid="raise"):
        y = f(v)
        y.backward(create_graph=create_graph)
    assert y.dtype == np.float16
    np.testing.assert_allclose(y.data.astype(float), value, rtol=2e-3)
    assert v.grad is not None
    assert v.grad.dtype == np.float16
    np.testing.assert_allclose(v.grad.data.reshape(-1)[-1], share, rtol=5e-3, atol=1e-7)


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    "f",
    [
        lambda b: b + np.ones((5000, 2), np.float16),
        lambda b: F.linear(halves(5000, 1), halves(1, 2), b),
        lambda b: F.broadcast_to(b, (5000, 2)),
        lambda b: F.sum(F.broadcast_to(b, (5000, 2)), axis=0),
    ],
)
def test_float16_adds_up_more_than_2048_gradients(f: Any, create_graph: bool) -> None:
    """In float16, 2048 + 1 is 2048, so whoever adds up row by row gets no further."""
    b = Variable(np.ones(2, np.float16))
    f(b).backward(create_graph=create_graph)
    assert b.grad is not None
    assert b.grad.dtype == np.float16
    np.testing.assert_allclose(b.grad.data, [5000, 5000], rtol=1e-3)


def test_float16_adds_up_more_than_2048_ones() -> None:
    y = F.sum(halves(5000, 2) + 1, axis=0)
    assert y.dtype == np.float16
    np.testing.assert_allclose(y.data, [5000, 5000], rtol=1e-3)


@pytest.mark.parametrize("create_graph", [False, True])
def test_float16_can_be_normalized_in_large_batches_far_from_zero(create_graph: bool) -> None:
    x = (1000 + 2 * (np.arange(MANY) % 2)).astype(np.float16).reshape(MANY, 1)
    v, gamma, beta = [Variable(x), *[Variable(np.full(1, n, np.float16)) for n in (1, 0)]]
    means, variances = np.zeros(1, np.float16), np.ones(1, np.float16)
    with np.errstate(over="raise", invalid="raise"):
        y = F.batch_norm(v, gamma, beta, means, variances)
        y.grad = Variable((y.data / np.float32(MANY)).astype(np.float16))
        y.backward(create_graph=create_graph)
    assert np.unique(y.data).tolist() == [-1, 1]
    assert (means[0], variances[0]) == (np.float16(100.1), 1)
    for one, gradient in zip((v, gamma, beta), (0, 1, 0), strict=True):
        assert one.grad is not None
        assert one.grad.dtype == np.float16
        np.testing.assert_allclose(one.grad.data.astype(float), gradient, rtol=5e-3, atol=1e-6)


def test_given_numbers_stay_constants_whatever_their_type() -> None:
    y = F.mean_squared_error(Variable(np.ones(3)), np.zeros(3, np.uint8))
    assert [x.wanted for x in y.creator.inputs] == [True, False]


def test_types_that_meet_give_the_type_that_numpy_gives() -> None:
    x = np.ones((2, 3), np.float16)
    for other in (np.float16, np.float32, np.float64, np.int64):
        y = F.mean_squared_error(x, np.zeros((2, 3), other))
        assert y.dtype == np.result_type(np.float16, other)
    for other in (np.float16, np.float32):
        y = F.batch_norm(x, ONES.astype(other), ZEROS.astype(other), ZEROS.astype(other), ONES.astype(other))
        assert y.dtype == other
