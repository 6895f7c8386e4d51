"""Layers that remember: their formulas against autograd at random sizes, their state, and what they refuse."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lite.functions as F
from dezero_lite.layers import GRU, LSTM, RNN, Embedding
from dezero_lite.models import Sequential
from dezero_lite.optimizers import Adam, ClipGrad
from dezero_lite.stage3 import visiting_order
from dezero_lite.stage4 import Layer, Linear, Variable, no_grad
from dezero_lite.stage5 import LinearPair
from dezero_lite.testing import check_gradient

EXAMPLES = int(os.environ.get("DEZERO_EXAMPLES", "25"))
Layers = Callable[..., Any]


def sigmoid(x: Any) -> Any:
    return 1 / (1 + anp.exp(-x))


def rnn_by_hand(params: list[Any], xs: list[Any]) -> Any:
    w, b, u = params
    h = anp.zeros((len(xs[0]), len(u)))
    for x in xs:
        h = anp.tanh(x @ w + b + h @ u)
    return h


def lstm_by_hand(params: list[Any], xs: list[Any]) -> Any:
    wf, wi, wo, wu, uf, ui, uo, uu, bf, bi, bo, bu = params
    h, c = anp.zeros((len(xs[0]), len(uf))), 0
    for x in xs:
        f, i, o = (sigmoid(x @ w + b + h @ u) for w, b, u in ((wf, bf, uf), (wi, bi, ui), (wo, bo, uo)))
        c = f * c + i * anp.tanh(x @ wu + bu + h @ uu)
        h = o * anp.tanh(c)
    return h


def gru_by_hand(params: list[Any], xs: list[Any]) -> Any:
    wr, br, ur, wz, bz, uz, wn, bn, un = params
    h = anp.zeros((len(xs[0]), len(ur)))
    for x in xs:
        r, z = sigmoid(x @ wr + br + h @ ur), sigmoid(x @ wz + bz + h @ uz)
        h = z * h + (1 - z) * anp.tanh(x @ wn + bn + (r * h) @ un)
    return h


NAMES: dict[Any, tuple[str, ...]] = {
    RNN: ("x2h/W", "x2h/b", "h2h/W"),
    LSTM: (*(f"{w}2{g}/W" for w in "xh" for g in "fiou"), *(f"x2{g}/b" for g in "fiou")),
    GRU: tuple(name for g in "rzn" for name in (f"x2{g}/W", f"x2{g}/b", f"h2{g}/W")),
}
BY_HAND: dict[Any, Any] = {RNN: rnn_by_hand, LSTM: lstm_by_hand, GRU: gru_by_hand}
each_layer = pytest.mark.parametrize(
    "make",
    [pytest.param(RNN, marks=pytest.mark.step59), *(pytest.param(m, marks=pytest.mark.step60) for m in (LSTM, GRU))],
)


def in_float64(make: Layers, hidden: int, size: int, seed: int = 0) -> Any:
    """The layer, with biases that are not 0 and parameters fine enough for differences."""
    rng = np.random.default_rng(seed)
    layer = make(hidden, in_size=size, rng=rng)
    for p in layer.params():
        p.data = p.data.astype(float) + rng.normal(0, 0.3, p.shape)
    return layer


def after(layer: Any, xs: Any) -> Any:
    """What the layer says at the end of a sequence."""
    layer.reset_state()
    for x in xs:
        y = layer(x)
    return y


@each_layer
@settings(max_examples=EXAMPLES)
@given(sizes=st.tuples(*[st.integers(1, 4)] * 4), seed=st.integers(0, 999))
def test_values_and_gradients_equal_autograd(make: Layers, sizes: tuple[int, ...], seed: int) -> None:
    steps, rows, size, hidden = sizes
    layer = in_float64(make, hidden, size, seed)
    rng = np.random.default_rng(seed + 1)
    xs = [Variable(rng.standard_normal((rows, size))) for _ in range(steps)]
    weights = rng.standard_normal((rows, hidden))
    y = after(layer, xs)
    (weights * y).sum().backward()
    params = [layer.named_params()[name] for name in NAMES[make]]
    assert len(params) == len(layer.named_params())

    def value(p: list[Any], x: list[Any]) -> Any:
        return anp.sum(weights * BY_HAND[make](p, x))

    plain, inputs = [p.data for p in params], [x.data for x in xs]
    np.testing.assert_allclose(y.data, BY_HAND[make](plain, inputs), rtol=1e-9, atol=1e-12)
    for ours, theirs in ((params, autograd.grad(value, 0)), (xs, autograd.grad(value, 1))):
        for variable, expected in zip(ours, theirs(plain, inputs), strict=True):
            got = 0 if variable.grad is None else variable.grad.data  # what one step never reads
            np.testing.assert_allclose(got, expected, rtol=1e-7, atol=1e-10)


@each_layer
def test_both_orders_equal_differences(make: Layers) -> None:
    layer = in_float64(make, 3, 2)
    xs = np.random.default_rng(1).standard_normal((3, 4, 2))

    def last(x: Variable) -> Any:
        return after(layer, [x, x * 0.5, xs[0]])

    check_gradient(last, Variable(xs[1]))
    check_gradient(last, Variable(xs[1]), order=2)


def composed(layer: LSTM, xs: Any) -> Any:
    """What an LSTM says at the end of a sequence, from the functions at hand."""
    h: Any = None
    c: Any = None
    for x in xs:
        f, i, o, u = (getattr(layer, f"x2{gate}")(x) for gate in "fiou")
        if h is not None:
            f, i, o, u = (s + getattr(layer, f"h2{g}")(h) for s, g in zip((f, i, o, u), "fiou", strict=True))
        new = F.sigmoid(i) * F.tanh(u)
        c = new if c is None else F.sigmoid(f) * c + new
        h = F.sigmoid(o) * F.tanh(c)
    return h


def derivatives(f: Callable[..., Any], layer: LSTM, xs: list[Variable]) -> list[np.ndarray]:
    """Its value, its gradients at all parameters and inputs, and the gradients of a function of these."""
    every = [*layer.params(), *xs]
    for v in every:
        v.cleargrad()
    y = f(layer, xs)
    (y**2).sum().backward(create_graph=True)
    firsts = [v.grad for v in every]
    for v in every:
        v.cleargrad()
    total: Any = 0
    for g in firsts:
        total = total + (g**3).sum()  # type: ignore[operator]
    total.backward()
    return [y.data, *[g.data for g in firsts if g is not None], *[v.grad.data for v in every if v.grad is not None]]


@pytest.mark.step60
def test_an_lstm_in_few_functions_is_the_one_of_many() -> None:
    layer = in_float64(LSTM, 3, 2)
    xs = [Variable(x) for x in np.random.default_rng(1).standard_normal((4, 5, 2))]
    ours, theirs = derivatives(after, layer, xs), derivatives(composed, layer, xs)
    assert len(ours) == 1 + 2 * (12 + 4)
    for got, expected in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.step60
def test_in_float32_the_values_of_both_are_the_same_bits() -> None:
    layer = LSTM(20, in_size=3, rng=np.random.default_rng(0), forget_bias=1)
    xs = np.random.default_rng(1).standard_normal((10, 4, 3)).astype(np.float32)
    y, expected = after(layer, xs), composed(layer, xs)
    np.testing.assert_array_equal(y.data, expected.data, strict=True)
    # at the first step, nothing reads the forget gate
    assert [len(visiting_order(v)) for v in (y, expected)] == [7 + 9 * 6, 9 + 9 * 21]


@pytest.mark.step60
@pytest.mark.parametrize("make", [LSTM, GRU])
def test_what_does_not_fit_is_refused_in_the_words_of_linear(make: Layers) -> None:
    layer = make(3, in_size=2)
    layer(np.ones((1, 2)))
    with pytest.raises(ValueError, match=r"^linear needs x of shape .* got \(1, 4\) and \(2, 3\)$") as caught:
        layer(np.ones((1, 4)))
    assert caught.value.__context__ is None  # and not of two errors, one in NumPy's words
    layer.h = Variable(np.ones((1, 5)))
    with pytest.raises(ValueError, match=r"^linear needs x of shape .* got \(1, 5\) and \(3, 3\)$"):
        layer(np.ones((1, 2)))


@pytest.mark.step60
@pytest.mark.parametrize("make", [LSTM, GRU])
def test_a_state_may_be_there_before_the_weights_are(make: Layers) -> None:
    layer, x, h = make(3), np.ones((1, 2)).tolist(), Variable(np.full((1, 3), 0.5))
    found = []
    for _ in range(2):  # before and after
        layer.reset_state()
        layer.h = h
        found.append(layer(x).data)
    np.testing.assert_array_equal(*found)
    layer.reset_state()
    assert not np.allclose(layer(x).data, found[0])


@pytest.mark.step60
def test_of_two_products_no_gradient_is_computed_that_nobody_wants() -> None:
    f, params = LinearPair(), [Variable(np.ones(shape)) for shape in ((2, 3), (3,), (3, 3))]
    f(np.ones((4, 2)), *params[:2], np.ones((4, 3)), params[2])
    gradients = f.backward(np.ones((4, 3)))
    assert [g is None for g in gradients] == [True, False, False, True, False]


@pytest.mark.step60
def test_cutting_the_graph_frees_what_its_functions_kept(no_gc: None) -> None:
    layer = LSTM(3, in_size=2)
    for _ in range(3):
        y = layer(np.ones((1, 2)))
    functions = [weakref.ref(f) for f in visiting_order(y)]
    del y
    layer.h.unchain_backward()  # type: ignore[union-attr]
    layer.c.unchain()  # type: ignore[union-attr]
    alive = [type(f()).__name__ for f in functions if f() is not None]
    assert alive == ["Show"]


@each_layer
def test_a_layer_remembers_until_it_is_told_to_forget(make: Layers) -> None:
    layer = make(3, in_size=2, rng=np.random.default_rng(0))
    x = np.ones((1, 2), np.float32)
    first, second = layer(x).data, layer(x).data
    assert not np.allclose(first, second)
    assert layer.h.dtype == np.float32
    layer.reset_state()
    np.testing.assert_array_equal(layer(x).data, first)


@each_layer
def test_a_state_of_other_rows_is_refused(make: Layers) -> None:
    """Of one row above all: NumPy would stretch it to any number."""
    layer = make(3, in_size=2)
    layer(np.ones((1, 2)))
    said = r"^this layer remembers 1 rows, and x has 5; call reset_state\(\) where a sequence begins$"
    states = {name: value for name, value in vars(layer).items() if name in "hc"}
    with pytest.raises(ValueError, match=said):
        layer(np.ones((5, 2)))
    assert {name: getattr(layer, name) for name in states} == states  # refused, and nothing forgotten
    layer.reset_state()
    assert layer(np.ones((5, 2))).shape == (5, 3)


@each_layer
def test_the_first_x_decides_the_size(make: Layers) -> None:
    layer = make(3)
    layer(np.ones((1, 7)))
    assert {p.shape for name, p in layer.named_params().items() if name.startswith("x2")} == {(7, 3), (3,)}


@each_layer
def test_the_states_are_no_parameters(make: Layers) -> None:
    layer = make(3, in_size=2)
    before = list(layer.named_params())
    layer(np.ones((1, 2))).backward()
    layer.h.unchain()
    layer(np.ones((1, 2))).backward()
    assert list(layer.named_params()) == before == list(dict.fromkeys(before))


@pytest.mark.step60
def test_parameters_are_drawn_in_the_order_of_definition() -> None:
    rng = np.random.default_rng(0)
    for make, sizes in ((RNN, (2, 3)), (LSTM, (2, 2, 2, 2, 3, 3, 3, 3)), (GRU, (2, 3, 2, 3, 2, 3))):
        mine, layer = np.random.default_rng(0), make(3, in_size=2, rng=rng)
        weights = [p.data for name, p in layer.named_params().items() if name.endswith("W")]
        expected = [(mine.standard_normal((n, 3)) * np.sqrt(1 / n)).astype(np.float32) for n in sizes]
        np.testing.assert_array_equal(np.concatenate(weights), np.concatenate(expected))
        rng = np.random.default_rng(0)


@pytest.mark.step60
@pytest.mark.parametrize("bias", [0.0, 1.0])
def test_the_forget_bias_is_that_of_one_gate(bias: float) -> None:
    layer = LSTM(3, in_size=2, forget_bias=bias)
    biases = {name: p for name, p in layer.named_params().items() if name.endswith("b")}
    for name, p in biases.items():
        np.testing.assert_array_equal(p.data, np.full(3, bias if name == "x2f/b" else 0, np.float32), strict=True)
    np.testing.assert_array_equal(LSTM(3, in_size=2).x2f.b.data, np.zeros(3))  # type: ignore[union-attr]


@pytest.mark.step60
def test_an_lstm_of_20_units_has_1760_parameters() -> None:
    assert [sum(p.size for p in make(20, in_size=1).params()) for make in (RNN, LSTM, GRU)] == [440, 1760, 1320]


class Recall(Sequential):
    """A layer that remembers, and one number from it."""


def recall(layer: Layer, rng: np.random.Generator) -> float:
    """How far a layer is from the first of 20 numbers after 100 steps of training; guessing gives 1."""
    model = Recall(layer, Linear(1, in_size=16, rng=rng))
    optimizer = Adam(0.01).setup(model).add_hook(ClipGrad(1))
    draw = np.random.default_rng(10)
    losses = []
    for _ in range(100):
        xs = draw.choice([-1.0, 1.0], (20, 32, 1)).astype(np.float32)
        layer.reset_state()  # type: ignore[attr-defined]
        for x in xs:
            y = model(x)
        loss = F.mean_squared_error(y, xs[0])
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(float(loss.data))
    return float(np.mean(losses[-10:]))


@pytest.mark.step60
def test_the_forget_bias_makes_the_recall_task() -> None:
    results = {}
    for bias in (0, 1):
        rng = np.random.default_rng(0)
        results[bias] = recall(LSTM(16, in_size=1, rng=rng, forget_bias=bias), rng)
    assert results[0] > 0.9
    assert results[1] < 0.1


def test_without_a_graph_the_state_has_none_either() -> None:
    layer = RNN(3, in_size=2)
    with no_grad():
        layer(np.ones((1, 2)))
    assert layer.h is not None
    assert layer.h.creator is None


def test_an_embedding_returns_rows_and_adds_up_their_gradients() -> None:
    table = Embedding(5, 3, rng=np.random.default_rng(0))
    expected = np.random.default_rng(0).standard_normal((5, 3)).astype(np.float32)
    np.testing.assert_array_equal(table.W.data, expected, strict=True)
    x = np.array([[1, 4], [1, 1]])
    for given_x in (x, Variable(x), x.tolist()):
        y = table(given_x)
        np.testing.assert_array_equal(y.data, expected[x])
    weights = np.random.default_rng(1).standard_normal(y.shape)
    (weights * y).sum().backward()
    gradient = np.zeros((5, 3))
    for i, j in np.ndindex(2, 2):
        gradient[x[i, j]] += weights[i, j]
    assert table.W.grad is not None
    np.testing.assert_allclose(table.W.grad.data, gradient, atol=1e-6)
    assert list(table.named_params()) == ["W"]
    assert Embedding(2, 2, dtype=np.float64).W.dtype == np.float64


def test_an_embedding_takes_small_types_for_large_tables() -> None:
    table = Embedding(300, 2)
    np.testing.assert_array_equal(table(np.array([200, 255], np.uint8)).data, table.W.data[[200, 255]])


@pytest.mark.parametrize(
    ("x", "error", "said"),
    [
        (5, ValueError, "Embedding has rows 0 to 4, and none for 5"),
        (-1, ValueError, "Embedding has rows 0 to 4, and none for -1"),
        (0.0, TypeError, r"Embedding takes whole numbers, got float64; write x.astype\(int\)"),
        (True, TypeError, r"Embedding takes whole numbers, got bool; write x.astype\(int\)"),
    ],
)
def test_an_embedding_refuses_what_has_no_row(x: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=f"^{said}$"):
        Embedding(5, 3)(np.array([0, x]) if isinstance(x, int) and not isinstance(x, bool) else np.array([x]))
