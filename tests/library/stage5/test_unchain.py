"""Cutting a graph off: values stay, gradients end there, and memory and time no longer grow."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite import Variable
from dezero_lite.layers import GRU, LSTM, RNN
from dezero_lite.stage3 import visiting_order

pytestmark = pytest.mark.step59


def test_a_variable_that_is_unchained_is_an_end_of_the_graph() -> None:
    x = Variable(np.array(2.0))
    h = 3 * x
    h.unchain()
    assert (float(h.data), h.creator, h.generation) == (6.0, None, 0)
    z = h**2
    assert z.generation == 1
    z.backward()
    assert x.grad is None
    assert h.grad is not None
    assert float(h.grad.data) == 12.0


def test_unchain_backward_keeps_values_and_the_last_function() -> None:
    x = Variable(np.array([1.0, 2.0]))
    a = F.exp(x)
    b = a * x
    y = (a + b).sum()
    values = [v.data.copy() for v in (x, a, b, y)]
    y.unchain_backward()
    for v, value in zip((x, a, b, y), values, strict=True):
        np.testing.assert_array_equal(v.data, value)
    assert y.creator is not None
    assert [v.creator for v in (x, a, b)] == [None] * 3
    assert [v.generation for v in (x, a, b)] == [0] * 3


def test_the_graph_is_freed_without_the_collector(no_gc: None) -> None:
    x = Variable(np.ones(3))
    a = F.exp(x)
    function = weakref.ref(a.creator)
    y = (a * 2).sum()
    y.unchain_backward()
    assert function() is None
    assert a.shape == (3,)


def test_a_graph_may_be_as_deep_as_it_likes() -> None:
    y = Variable(np.array(1.0))
    for _ in range(3000):
        y = -y
    y.unchain_backward()
    assert len(visiting_order(y)) == 1


def test_a_gradient_that_is_there_stays() -> None:
    x = Variable(np.array(2.0))
    h = x**2
    (3 * h).backward(retain_grad=True)
    h.unchain()
    assert h.grad is not None
    assert float(h.grad.data) == 3.0


def test_a_variable_of_the_user_has_nothing_to_forget() -> None:
    x = Variable(np.array(2.0))
    x.unchain()
    x.unchain_backward()
    y = x**2
    y.backward()
    assert x.grad is not None
    assert float(x.grad.data) == 4.0


@pytest.mark.parametrize("make", [RNN, LSTM, GRU])
def test_the_graph_grows_unless_it_is_cut(make: Any) -> None:
    def sizes(cut: bool) -> list[tuple[int, int]]:
        layer = make(3, in_size=2, rng=np.random.default_rng(0))
        found = []
        for _ in range(4):
            loss: Any = 0
            for _ in range(5):
                loss = loss + layer(np.ones((1, 2))).sum()
            found.append((len(visiting_order(loss)), loss.generation))
            loss.backward()
            if cut:
                loss.unchain_backward()
        return found

    cut, whole = sizes(True), sizes(False)
    assert cut[1] == cut[2] == cut[3]
    assert whole[0] < whole[1] < whole[2] < whole[3]
    assert whole[0] == cut[0]


def test_truncated_gradients_are_those_of_the_window() -> None:
    """The state that comes from before counts as a constant."""
    rng = np.random.default_rng(0)
    xs = rng.standard_normal((6, 2, 3))
    layer = RNN(4, in_size=3, rng=rng)
    for p in layer.params():
        p.data = p.data.astype(float)
    for x in xs[:3]:
        y = layer(x)
    y.sum().unchain_backward()
    state = y.data.copy()
    for x in xs[3:]:
        y = layer(x)
    (y**2).sum().backward()
    cut = [p.grad.data for p in layer.params() if p.grad is not None]
    layer.cleargrads()
    layer.h = Variable(state)
    for x in xs[3:]:
        y = layer(x)
    (y**2).sum().backward()
    assert len(cut) == 3
    for ours, p in zip(cut, layer.params(), strict=True):
        assert p.grad is not None
        np.testing.assert_array_equal(ours, p.grad.data)
