"""The functions that change shapes, at random ones: what holds for one shape only is found."""

from __future__ import annotations

from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lite.functions as F
from dezero_lite import Variable

Shape = tuple[int, ...]
SHAPES = st.lists(st.integers(1, 4), max_size=4).map(tuple)


@st.composite
def stretches(draw: Any) -> tuple[Shape, Shape]:
    """A shape, and one that NumPy would stretch to it: with axes of length 1, and with fewer axes in front."""
    longer = draw(SHAPES)
    kept = longer[draw(st.integers(0, len(longer))) :]
    return longer, tuple(1 if draw(st.booleans()) else length for length in kept)


def _array(shape: Shape, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.5, 2.0, shape)


def _axes(longer: Shape, shape: Shape) -> tuple[int, ...]:
    """The axes that are summed from the one shape to the other."""
    front = len(longer) - len(shape)
    inside = [front + i for i, length in enumerate(shape) if length == 1 and longer[front + i] != 1]
    return (*range(front), *inside)


@pytest.mark.step40
@settings(deadline=None, max_examples=150)
@given(shapes=stretches(), seed=st.integers(0, 99))
def test_sum_to_of_any_shape(shapes: tuple[Shape, Shape], seed: int) -> None:
    longer, shape = shapes
    x = _array(longer, seed)
    _same(lambda v: F.sum_to(v, shape), lambda v: anp.reshape(anp.sum(v, _axes(longer, shape)), shape), x)


@pytest.mark.step40
@settings(deadline=None, max_examples=150)
@given(shapes=stretches(), seed=st.integers(0, 99))
def test_broadcast_to_any_shape(shapes: tuple[Shape, Shape], seed: int) -> None:
    longer, shape = shapes
    _same(lambda v: F.broadcast_to(v, longer), lambda v: v + anp.zeros(longer), _array(shape, seed))


@pytest.mark.step39
@settings(deadline=None, max_examples=150)
@given(data=st.data(), shape=SHAPES, kept=st.booleans(), seed=st.integers(0, 99))
def test_sum_along_any_axes(data: Any, shape: Shape, kept: bool, seed: int) -> None:
    axes = data.draw(st.none() | st.sets(st.integers(0, len(shape) - 1)).map(tuple)) if shape else None
    _same(
        lambda v: F.sum(v, axis=axes, keepdims=kept),
        lambda v: anp.sum(v, axis=axes, keepdims=kept),
        _array(shape, seed),
    )


@pytest.mark.step41
@settings(deadline=None, max_examples=100)
@given(lengths=st.tuples(*[st.integers(1, 5)] * 3), seed=st.integers(0, 99))
def test_matmul_of_any_lengths(lengths: tuple[int, int, int], seed: int) -> None:
    n, d, h = lengths
    x, W = _array((n, d), seed), _array((d, h), seed + 1)
    _same(lambda v: F.matmul(v, W), lambda v: anp.dot(v, W), x)
    _same(lambda v: F.matmul(x, v), lambda v: anp.dot(x, v), W)


def _same(ours: Any, theirs: Any, x: np.ndarray) -> None:
    """Value and gradient equal autograd's, where the gradients that come back differ from place to place."""
    v = Variable(x)
    y = ours(v)
    F.square(y).backward()
    np.testing.assert_allclose(y.data, theirs(x), rtol=1e-13, strict=True)
    assert v.grad is not None
    assert v.grad.shape == x.shape
    np.testing.assert_allclose(v.grad.data, elementwise_grad(lambda a: theirs(a) ** 2)(x), rtol=1e-12)
