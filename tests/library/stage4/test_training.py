"""Whole trainings: they learn what they should, keep float32, and leave nothing behind."""

from __future__ import annotations

import tracemalloc
import weakref
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite import datasets, no_grad, optimizers
from dezero_lite.dataloaders import DataLoader
from dezero_lite.layers import Linear, he
from dezero_lite.models import MLP, Sequential
from dezero_lite.stage4 import Variable


def line() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    x = rng.random((100, 1))
    return x, 5 + 2 * x + rng.random((100, 1))


@pytest.mark.step42
def test_linear_regression_reaches_least_squares() -> None:
    x, y = line()
    W, b = Variable(np.zeros((1, 1))), Variable(np.zeros(1))
    losses = []
    for _ in range(1000):
        loss = F.mean_squared_error(x @ W + b, y)
        losses.append(float(loss.data))
        for p in (W, b):
            p.cleargrad()
        loss.backward()
        for p in (W, b):
            assert p.grad is not None
            p.data = p.data - 0.1 * p.grad.data
    expected = np.linalg.lstsq(np.c_[x, np.ones(100)], y, rcond=None)[0].ravel()
    np.testing.assert_allclose([W.data[0, 0], b.data[0]], expected, rtol=1e-6)
    assert [f"{loss:.4f}" for loss in losses[:3]] == ["44.4703", "24.1077", "13.0951"]


def epoch(model: Any, optimizer: Any, loader: DataLoader) -> float:
    """Train for an epoch; return the mean loss."""
    total = 0.0
    for x, t in loader:
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        total += float(loss.data) * len(t)
        assert loss.dtype == np.float32
        assert {p.dtype for p in model.params()} == {np.dtype(np.float32)}
        assert {p.grad.dtype for p in model.params()} == {np.dtype(np.float32)}
    return total / len(loader.dataset)


def accuracy(model: Any, data: datasets.Dataset) -> float:
    with no_grad():
        y = model(data.data)
    assert y.creator is None
    return float(F.accuracy(y, data.label).data)


@pytest.mark.step51
def test_digits_are_learned_in_float32() -> None:
    train, test = datasets.Digits(), datasets.Digits(train=False)
    loader = DataLoader(train, 100, rng=np.random.default_rng(10))
    model = MLP((100, 10), F.relu, rng=np.random.default_rng(0), init=he)
    optimizer = optimizers.Adam(0.01).setup(model)
    losses = [epoch(model, optimizer, loader) for _ in range(10)]
    assert [losses[0], losses[-1]] == pytest.approx([1.397, 0.053], abs=0.003)
    assert accuracy(model, test) == pytest.approx(0.972, abs=0.004)


@pytest.mark.step51
def test_ten_digits_are_learned_by_heart() -> None:
    data = datasets.Digits()
    few = datasets.Dataset(data.data[:10], data.label[:10])
    model = Sequential(
        Linear(30, rng=np.random.default_rng(0), init=he), F.relu, Linear(10, rng=np.random.default_rng(1))
    )
    optimizer = optimizers.Momentum(0.1).setup(model)
    for _ in range(100):
        loss = epoch(model, optimizer, DataLoader(few, 10, shuffle=False))
    assert loss < 0.01
    assert accuracy(model, few) == 1.0


@pytest.mark.step48
def test_the_spiral_needs_a_hidden_layer() -> None:
    train = datasets.Spiral()
    right = []
    for model, optimizer in [
        (MLP((50, 3), F.relu, rng=np.random.default_rng(0), init=he), optimizers.Adam(0.01)),
        (Linear(3, rng=np.random.default_rng(0)), optimizers.SGD(1.0)),
    ]:
        optimizer.setup(model)
        loader = DataLoader(train, 30, rng=np.random.default_rng(10))
        for _ in range(100):
            epoch(model, optimizer, loader)
        right.append(accuracy(model, datasets.Spiral(train=False)))
    assert right[0] > 0.97
    assert right[1] < 0.6


@pytest.mark.step46
@pytest.mark.usefixtures("no_gc")
@pytest.mark.parametrize("make", [optimizers.SGD, optimizers.Momentum, optimizers.AdaGrad, optimizers.AdamW])
def test_a_thousand_rounds_leave_nothing_behind(make: Any) -> None:
    """With the collector off, memory after round 100 is what it is after round 1,000."""
    rng = np.random.default_rng(0)
    x, t = rng.standard_normal((32, 20)).astype(np.float32), rng.integers(10, size=32)
    model = MLP((40, 10), rng=rng)
    optimizer = make(0.01).setup(model).add_hook(optimizers.ClipGrad(1.0)).add_hook(optimizers.WeightDecay(0.01))
    watched, sizes = None, {}
    tracemalloc.start()
    try:
        for i in range(1, 1001):
            loss = F.softmax_cross_entropy(model(x), t)
            assert watched is None or watched() is None
            model.cleargrads()
            loss.backward()
            optimizer.update()
            watched = weakref.ref(loss.creator)
            del loss
            if i in (100, 1000):
                sizes[i] = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert abs(sizes[1000] - sizes[100]) < 20_000  # Python keeps some; 900 of its smallest objects have more


@pytest.mark.step47
@pytest.mark.usefixtures("no_gc")
def test_second_derivatives_of_a_network_leave_nothing_behind() -> None:
    rng = np.random.default_rng(0)
    x = Variable(rng.standard_normal((8, 5)))
    model = MLP((6, 3), F.tanh, rng=rng)
    counts = []
    for _ in range(5):
        loss = F.softmax_cross_entropy(model(x), np.arange(8) % 3)
        loss.backward(create_graph=True)
        penalty = F.sum(x.grad**2)  # type: ignore[operator]
        x.cleargrad()
        model.cleargrads()
        penalty.backward()
        watched = weakref.ref(penalty.creator)
        x.cleargrad()
        del loss, penalty
        counts.append(watched())
    assert counts == [None] * 5
