"""What chooses elements: it may be any sequence, may be changed after the call, and keeps gradients apart."""

from __future__ import annotations

import array
import collections
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
import dezero_lite.layers as L
from dezero_lite import Variable


@pytest.mark.parametrize("make", [list, tuple, np.array, collections.deque, lambda i: array.array("l", i), Variable])
@pytest.mark.parametrize("alone", [True, False])
def test_whatever_lists_an_element_twice_gives_it_both_gradients(make: Any, alone: bool) -> None:
    """x[(0, 0), (1, 1)] once got one of the two."""
    place = make(np.array([0, 0, 2])) if make is Variable else make([0, 0, 2])
    x = Variable(np.arange(3.0) if alone else np.arange(6.0).reshape(3, 2))
    (x[(place,)] if alone else x[place, (1, 1, 0)]).sum().backward()
    wanted = [2, 0, 1] if alone else [[0, 2], [0, 0], [1, 0]]
    assert x.grad is not None
    assert x.grad.data.tolist() == wanted


@pytest.mark.parametrize("f", [
    lambda x, i: x[i], lambda x, i: x[i.data], lambda x, i: x[:, i.data[0]], lambda x, i: x[[0, 1], i.data],
    lambda x, i: F.where(i.data == 0, x[0, :2], 1.0), lambda x, i: F.softmax_cross_entropy(x, i.data),
    lambda x, i: F.softmax_cross_entropy(x, i), lambda x, i: L.Embedding(2, 3)(i) * x,
])  # fmt: skip
def test_what_chooses_may_change_after_the_call(f: Any) -> None:
    """A loop may count on in one array: i += 1."""
    grads = []
    for later in (0, 1):
        x, i = Variable(np.arange(6.0).reshape(2, 3)), Variable(np.array([0, 1]))
        np.random.seed(0)
        y = f(x, i)
        i.data[...] = (i.data + later) % 2
        (y * np.arange(1.0, y.size + 1).reshape(y.shape)).sum().backward()
        assert x.grad is not None
        grads.append(x.grad.data)
    np.testing.assert_array_equal(grads[0], grads[1])


def test_lists_and_conditions_may_change_after_the_call() -> None:
    x, place, condition = Variable(np.zeros(2)), [0, 1], np.array([True, False])
    y, z = x[place], F.where(condition, x, 0.0)
    place[1], condition[1] = 0, True
    (y + z).sum().backward()
    assert x.grad is not None
    assert x.grad.data.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("f", "grad"),
    [
        (lambda x: F.where(x > 0, x, 0.0), [0, np.inf]),
        (lambda x: F.clip(x, 0.0, 2.0), [0, np.inf]),
        (lambda x: F.leaky_relu(x, 0.5), [np.inf, np.inf]),
        (F.relu, [0, np.inf]),
        (lambda x: x[1], [0, np.inf]),
        (lambda x: x**0, [0, 0]),
    ],
)
@pytest.mark.parametrize("create_graph", [False, True])
def test_an_infinite_gradient_stays_where_it_belongs(f: Any, grad: list[float], create_graph: bool) -> None:
    """Zero times infinity would be NaN, for what has nothing to do with it."""
    x = Variable(np.array([-1.0, 1.0]))
    y = f(x)
    y.grad = Variable(np.full_like(y.data, np.inf))
    y.backward(create_graph=create_graph)
    assert x.grad is not None
    assert x.grad.data.tolist() == grad


@pytest.mark.parametrize("size", [1, 2000])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_relu_lets_gradients_through_in_arrays_of_any_size(size: int, dtype: type) -> None:
    """Large arrays are multiplied, and only an infinite gradient or NaN makes it choose."""
    for gradient, grad in (
        ([3, np.inf, np.nan], [0, np.inf, np.nan]),
        ([np.nan, 3, 4], [0, 3, 4]),
        ([np.inf, 3, 4], [0, 3, 4]),
        ([5, 3, 4], [0, 3, 4]),
    ):
        x = Variable(np.tile(np.array([-1, 1, 2], dtype), size))
        y = F.relu(x)
        y.grad = Variable(np.tile(np.array(gradient, dtype), size))
        y.backward()
        assert x.grad is not None
        np.testing.assert_array_equal(x.grad.data, np.tile(np.array(grad, dtype), size), strict=True)


@pytest.mark.parametrize(
    ("f", "start"),
    [
        (F.relu, [1, 1]),
        (lambda x: F.where(x > 0, x, 0.0), [1, 1]),
    ],
)
@pytest.mark.parametrize("create_graph", [False, True])
def test_an_infinite_gradient_of_a_gradient_does_so_too(f: Any, start: Any, create_graph: bool) -> None:
    x, start = Variable(np.array([-1.0, 1.0])), Variable(np.array(start, float))
    y = f(x)
    y.grad = start * 1.0
    y.backward(create_graph=True)
    gx = x.grad
    assert gx is not None
    gx.grad = Variable(np.array([np.inf, 5.0]))  # the first one had no part in y
    gx.backward(create_graph=create_graph)
    assert start.grad is not None
    assert np.sum(start.grad.data) == 5


@pytest.mark.parametrize("use", [list, sum, tuple])
def test_a_single_number_is_no_empty_list(use: Any) -> None:
    """Python takes an IndexError of x[0] for the end: sum(x) was 0."""
    with pytest.raises(TypeError, match="a Variable without axes holds one number, and no list"):
        use(Variable(np.array(5.0)))
