"""Layers that remember, against PyTorch's with the same parameters: values and gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from dezero_lite.layers import LSTM, RNN, Embedding

STEPS, ROWS, SIZE, HIDDEN = 6, 4, 3, 5


def in_float64(layer: Any) -> Any:
    rng = np.random.default_rng(1)
    for p in layer.params():
        p.data = p.data.astype(float) + rng.normal(0, 0.1, p.shape)
    return layer


def theirs_of(layer: Any, gates: list[str], kind: type[Any]) -> Any:
    """PyTorch's layer with our parameters: it keeps matrices transposed, all gates in one, and two biases."""
    theirs = kind(SIZE, HIDDEN, dtype=torch.float64)
    named = layer.named_params()
    with torch.no_grad():
        for ours, name in (("x2", "weight_ih_l0"), ("h2", "weight_hh_l0")):
            stacked = np.concatenate([named[f"{ours}{gate}/W"].data.T for gate in gates])
            getattr(theirs, name).copy_(torch.from_numpy(stacked))
        theirs.bias_ih_l0.copy_(torch.from_numpy(np.concatenate([named[f"x2{gate}/b"].data for gate in gates])))
        theirs.bias_hh_l0.zero_()
    return theirs


@pytest.mark.parametrize(("make", "kind", "gates"), [(RNN, torch.nn.RNN, "h"), (LSTM, torch.nn.LSTM, "ifuo")])
def test_values_and_gradients_are_those_of_pytorch(make: Any, kind: type[Any], gates: str) -> None:
    rng = np.random.default_rng(0)
    layer = in_float64(make(HIDDEN, in_size=SIZE, rng=rng))
    xs = rng.standard_normal((STEPS, ROWS, SIZE))
    weights = rng.standard_normal((STEPS, ROWS, HIDDEN))
    total: Any = 0
    for x, w in zip(xs, weights, strict=True):
        y = layer(x)
        total = total + (w * y).sum()
    total.backward()

    theirs = theirs_of(layer, list(gates), kind)
    ys, _ = theirs(torch.from_numpy(xs))
    (torch.from_numpy(weights) * ys).sum().backward()
    np.testing.assert_allclose(y.data, ys[-1].detach().numpy(), rtol=1e-10, atol=1e-12)
    named = layer.named_params()
    for ours, name in (("x2", "weight_ih_l0"), ("h2", "weight_hh_l0")):
        stacked = np.concatenate([named[f"{ours}{gate}/W"].grad.data.T for gate in gates])
        np.testing.assert_allclose(stacked, getattr(theirs, name).grad.numpy(), rtol=1e-9, atol=1e-12)
    biases = np.concatenate([named[f"x2{gate}/b"].grad.data for gate in gates])
    np.testing.assert_allclose(biases, theirs.bias_ih_l0.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_an_embedding_is_that_of_pytorch() -> None:
    table = Embedding(7, 3, rng=np.random.default_rng(0))
    places = np.array([[1, 6, 1], [0, 1, 5]])
    theirs = torch.nn.Embedding(7, 3)
    with torch.no_grad():
        theirs.weight.copy_(torch.from_numpy(table.W.data))
    y, expected = table(places), theirs(torch.from_numpy(places))
    (y**2).sum().backward()
    (expected**2).sum().backward()
    np.testing.assert_array_equal(y.data, expected.detach().numpy())
    assert table.W.grad is not None
    assert theirs.weight.grad is not None
    np.testing.assert_allclose(table.W.grad.data, theirs.weight.grad.numpy(), rtol=1e-6)
