"""Optimizers against formulas that are computed here in plain loops; hooks, schedules, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dezero_lite.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    ClipGrad,
    FreezeParam,
    Momentum,
    Optimizer,
    WeightDecay,
    cosine_decay,
    step_decay,
    warm_up,
)
from dezero_lite.stage4 import Layer, Parameter, Variable

pytestmark = pytest.mark.step46


class Pair(Layer):
    def __init__(self, dtype: Any = np.float64) -> None:
        rng = np.random.default_rng(0)
        self.a = Parameter(rng.standard_normal((2, 3)).astype(dtype))
        self.b = Parameter(rng.standard_normal(4).astype(dtype))
        self.c = Parameter(np.array(0.5, dtype))

    def grads(self, rng: np.random.Generator, dtype: Any = np.float64) -> list[np.ndarray]:
        """Set a gradient for each parameter, and return them."""
        found = [np.asarray(rng.standard_normal(p.shape)).astype(dtype) for p in self.params()]
        for p, g in zip(self.params(), found, strict=True):
            p.grad = Variable(g)
        return found


Step = Callable[[float, float, dict[str, float]], float]


def sgd(p: float, g: float, s: dict[str, float]) -> float:
    return p - 0.1 * g


def momentum(p: float, g: float, s: dict[str, float]) -> float:
    s["v"] = 0.8 * s.get("v", 0.0) - 0.1 * g
    return p + s["v"]


def adagrad(p: float, g: float, s: dict[str, float]) -> float:
    s["h"] = s.get("h", 0.0) + g**2
    return p - 0.1 * g / (math.sqrt(s["h"]) + 1e-8)


def adam(p: float, g: float, s: dict[str, float], decay: float = 0.0) -> float:
    s["t"] = s.get("t", 0) + 1
    s["m"] = 0.8 * s.get("m", 0.0) + 0.2 * g
    s["v"] = 0.9 * s.get("v", 0.0) + 0.1 * g**2
    m, v = s["m"] / (1 - 0.8 ** s["t"]), s["v"] / (1 - 0.9 ** s["t"])
    return p * (1 - 0.1 * decay) - 0.1 * m / (math.sqrt(v) + 1e-8)


def adamw(p: float, g: float, s: dict[str, float]) -> float:
    return adam(p, g, s, 0.5)


@pytest.mark.parametrize(
    ("optimizer", "step"),
    [
        (lambda: SGD(0.1), sgd),
        (lambda: Momentum(0.1, 0.8), momentum),
        (lambda: AdaGrad(0.1), adagrad),
        (lambda: Adam(0.1, 0.8, 0.9), adam),
        (lambda: AdamW(0.1, 0.8, 0.9, weight_decay=0.5), adamw),
    ],
)
def test_seven_updates_equal_the_formula_for_each_number_alone(optimizer: Any, step: Step) -> None:
    model, rng = Pair(), np.random.default_rng(1)
    expected = [p.data.ravel().tolist() for p in model.params()]
    states: list[list[dict[str, float]]] = [[{} for _ in numbers] for numbers in expected]
    optimizer = optimizer().setup(model)
    for _ in range(7):
        grads = model.grads(rng)
        before = [(p.data, np.copy(p.data)) for p in model.params()]
        optimizer.update()
        for data, copy in before:
            np.testing.assert_array_equal(data, copy)  # old arrays stay: a graph may hold them
        for numbers, g, kept in zip(expected, grads, states, strict=True):
            for i, gi in enumerate(g.ravel()):
                numbers[i] = step(numbers[i], float(gi), kept[i])
        for p, numbers in zip(model.params(), expected, strict=True):
            np.testing.assert_allclose(p.data.ravel(), numbers, rtol=1e-12)
        for p, g in zip(model.params(), grads, strict=True):
            np.testing.assert_array_equal(p.grad.data, g)  # type: ignore[union-attr]


@pytest.mark.parametrize("gradient", [1e-3, -20.0])
def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_gradient(gradient: float) -> None:
    layer = Layer()
    layer.p = Parameter(np.array([1.0]))  # type: ignore[attr-defined]
    layer.p.grad = Variable(np.array([gradient]))  # type: ignore[attr-defined]
    Adam(0.1).setup(layer).update()
    moved = abs(layer.p.data[0] - 1)  # type: ignore[attr-defined]
    assert moved == pytest.approx(0.1, rel=1e-4)
    if gradient == 1e-3:
        assert f"{moved:.7f}" == "0.0999990"


def test_a_parameter_that_comes_late_has_a_first_step_of_its_own() -> None:
    model, rng = Pair(), np.random.default_rng(1)
    optimizer = Adam(0.1).setup(model)
    for i in range(5):
        model.grads(rng)
        if i < 4:
            model.b.cleargrad()
        before = model.b.data
        optimizer.update()
        if i < 4:
            assert model.b.data is before
    np.testing.assert_allclose(np.abs(model.b.data - before), 0.1, rtol=1e-5)


@pytest.mark.parametrize("make", [SGD, Momentum, AdaGrad, Adam, AdamW])
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("lr", [0.01, np.float64(0.01)])
@pytest.mark.parametrize("grad_dtype", [np.float16, np.float32, np.float64])
def test_parameters_keep_their_type(make: Any, dtype: Any, lr: Any, grad_dtype: Any) -> None:
    model, rng = Pair(dtype), np.random.default_rng(1)
    optimizer = make(lr).setup(model).add_hook(WeightDecay(np.float64(0.1))).add_hook(ClipGrad(np.float64(0.5)))
    for _ in range(3):
        model.grads(rng, grad_dtype)
        optimizer.update()
        assert {p.dtype for p in model.params()} == {np.dtype(dtype)}


@pytest.mark.parametrize("make", [Momentum, AdaGrad, Adam, AdamW])
def test_what_is_kept_for_float32_is_float32(make: Any) -> None:
    """Else a large model's state takes twice its memory, and every update is slower."""
    model, rng = Pair(np.float32), np.random.default_rng(1)
    optimizer = make(0.1).setup(model).add_hook(WeightDecay(0.1)).add_hook(ClipGrad(0.5))
    for _ in range(2):
        model.grads(rng, np.float32)
        optimizer.update()
    kept = [state for states in vars(optimizer).values() if isinstance(states, dict) for state in states.values()]
    parts = [part for state in kept for part in (state if isinstance(state, tuple) else (state,))]
    assert len(kept) == 3
    grads = [p.grad.data for p in model.params() if p.grad is not None]
    assert {x.dtype for x in [*grads, *parts] if not isinstance(x, int)} == {np.dtype(np.float32)}


@pytest.mark.parametrize("make", [SGD, Momentum, AdaGrad, Adam, AdamW])
@pytest.mark.parametrize("gradient", [0.0, 1e-4, 300.0])
def test_float16_steps_as_float32_does(make: Any, gradient: float) -> None:
    """There 300 squared is infinite, and 1e-8, which keeps from dividing by 0, is 0 itself."""
    data = []
    for dtype in (np.float16, np.float32):
        model = Pair(dtype)
        optimizer = make(0.01).setup(model)
        for _ in range(3):
            for p in model.params():
                p.grad = Variable(np.full(p.shape, gradient, dtype))
            optimizer.update()
        data.append(model.a.data)
    np.testing.assert_allclose(data[0], data[1], rtol=3e-3)


@pytest.mark.parametrize("dtype", [int, np.uint8, bool])
def test_whole_numbers_are_no_parameters(dtype: Any) -> None:
    """A step of 0.1 would become one of 0 or 1 without a word."""
    model, other = Pair(), Layer()
    other.pair, other.whole = model, Parameter(np.ones(2, dtype))  # type: ignore[attr-defined]
    model.grads(np.random.default_rng(0))
    other.whole.grad, before = Variable(np.ones(2)), model.a.data  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match=r"cannot take small steps; make it with \.astype\(float\)"):
        SGD(0.1).setup(other).update()
    assert model.a.data is before


def test_the_learning_rate_may_be_changed_on_the_way() -> None:
    model, rng = Pair(), np.random.default_rng(1)
    optimizer = SGD(0.1).setup(model)
    for lr in (0.1, 0.01):
        optimizer.lr = lr
        before, (grad, *_) = model.a.data, model.grads(rng)
        optimizer.update()
        np.testing.assert_allclose(model.a.data, before - lr * grad)


def test_the_velocity_keeps_the_rates_that_it_has_come_from() -> None:
    """v = momentum * v - lr * g: a rate that changes does not reach back to the steps before."""
    model = Layer()
    model.p = Parameter(np.array(0.0))  # type: ignore[attr-defined]
    optimizer = Momentum(1.0, momentum=0.5).setup(model)
    places = []
    for lr in (1.0, 0.25, 0.0):
        optimizer.lr = lr
        model.p.grad = Variable(np.array(-1.0))  # type: ignore[attr-defined]
        optimizer.update()
        places.append(float(model.p.data))  # type: ignore[attr-defined]
    assert places == [1.0, 1.75, 2.125]


def test_the_last_model_that_was_set_up_is_the_one_that_learns() -> None:
    first, second = Pair(), Pair()
    optimizer = SGD(0.1).setup(first).setup(second)
    before = [model.a.data for model in (first, second)]
    for model in (first, second):
        model.grads(np.random.default_rng(1))
    optimizer.update()
    assert [model.a.data is data for model, data in zip((first, second), before, strict=True)] == [True, False]


def test_weight_decay_adds_to_the_gradient() -> None:
    model = Pair()
    data, grads = [p.data for p in model.params()], model.grads(np.random.default_rng(1))
    SGD(0.1).setup(model).add_hook(WeightDecay(0.5)).update()
    for p, before, g in zip(model.params(), data, grads, strict=True):
        np.testing.assert_allclose(p.data, before - 0.1 * (g + 0.5 * before))


@pytest.mark.parametrize("max_norm", [0.5, 1e6])
def test_clipping_keeps_the_direction_and_bounds_the_length(max_norm: float) -> None:
    model = Pair()
    grads = model.grads(np.random.default_rng(1))
    ClipGrad(max_norm)(list(model.params()))
    before = np.concatenate([g.ravel() for g in grads])
    after = np.concatenate([p.grad.data.ravel() for p in model.params()])  # type: ignore[union-attr]
    length = np.linalg.norm(before)
    np.testing.assert_allclose(after, before * min(1.0, max_norm / length))


def test_clipping_float16_measures_in_float32() -> None:
    """There the square of 256 is infinite: a gradient of such a length would become 0."""
    p = Parameter(np.zeros(2, np.float16))
    p.grad = Variable(np.array([300, 400], np.float16))
    ClipGrad(5.0)([p])
    assert p.grad.data.tolist() == [3, 4]
    assert p.grad.dtype == np.float16


def test_hooks_change_no_array_in_place_and_see_gradients_in_their_order() -> None:
    model = Pair()
    shared = Variable(np.ones((2, 3)))
    model.grads(np.random.default_rng(1))
    model.a.grad = shared
    optimizer = SGD(0.1).setup(model).add_hook(WeightDecay(0.5)).add_hook(ClipGrad(0.1))
    assert optimizer.add_hook(lambda params: None) is optimizer
    optimizer.update()
    np.testing.assert_array_equal(shared.data, np.ones((2, 3)))


@pytest.mark.parametrize("frozen", [lambda model: model.l0, lambda model: model.l0.b])
@pytest.mark.parametrize("order", [1, -1])
def test_what_is_frozen_stays(frozen: Any, order: int) -> None:
    model = Layer()
    model.l0, model.l1 = Pair(), Pair()  # type: ignore[attr-defined]
    rng = np.random.default_rng(1)
    optimizer = Adam(0.1).setup(model)
    hooks: list[Any] = [FreezeParam(frozen(model)), WeightDecay(0.1), ClipGrad(0.1)]
    for hook in hooks[::order]:
        optimizer.add_hook(hook)
    still = [frozen(model)] if isinstance(frozen(model), Parameter) else list(frozen(model).params())
    before = {p: p.data for p in model.params()}
    for pair in (model.l0, model.l1):  # type: ignore[attr-defined]
        pair.grads(rng)
    optimizer.update()
    for p in model.params():
        assert (p.data is before[p]) == any(p is q for q in still)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: SGD().update(), "an optimizer needs a model; call setup(model) first"),
        (lambda: SGD().setup(Layer()), "Layer has no parameters to learn"),
        (lambda: SGD().setup(Pair()).update(), "no parameter has a gradient; call backward() before update()"),
    ],
)
def test_what_would_train_nothing_is_refused(wrong: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        wrong()
    assert str(caught.value) == message


def test_an_optimizer_without_a_rule_says_so() -> None:
    model = Pair()
    model.grads(np.random.default_rng(0))
    with pytest.raises(NotImplementedError, match=r"Optimizer does not define update_one\(param, grad\)"):
        Optimizer(0.1).setup(model).update()


def test_what_is_not_said_is_as_the_papers_have_it() -> None:
    adam, adamw = Adam(), AdamW()
    assert (adam.lr, adam.beta1, adam.beta2, adam.eps) == (0.001, 0.9, 0.999, 1e-8)
    assert (adamw.lr, adamw.beta1, adamw.beta2, adamw.eps, adamw.weight_decay) == (0.001, 0.9, 0.999, 1e-8, 0.01)
    assert (SGD().lr, Momentum().lr, Momentum().momentum, AdaGrad().lr, AdaGrad().eps) == (0.01, 0.01, 0.9, 0.01, 1e-8)


def test_schedules_are_the_curves_that_they_are_named_for() -> None:
    np.testing.assert_allclose(
        [cosine_decay(i, 4, 0.1, 0.02) for i in range(5)],
        [0.1, 0.06 + 0.04 * math.sqrt(0.5), 0.06, 0.06 - 0.04 * math.sqrt(0.5), 0.02],
    )
    assert cosine_decay(4, 4, 0.1) == pytest.approx(0.0)
    np.testing.assert_allclose([step_decay(i, 2, 1.0, 0.5) for i in range(6)], [1, 1, 0.5, 0.5, 0.25, 0.25])
    assert step_decay(5, 5, 1.0) == pytest.approx(0.1)
    np.testing.assert_allclose([warm_up(i, 4, 2.0) for i in range(6)], [0.5, 1, 1.5, 2, 2, 2])
    for rate in (cosine_decay(1, 4, 0.1), step_decay(1, 2, 1.0), warm_up(1, 4, 2.0)):
        assert type(rate) is float  # of NumPy's, float32 parameters would become float64
