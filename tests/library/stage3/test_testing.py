"""check_gradient with order=2: it finds the rule whose gradient is right and whose gradient's gradient is not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dezero_lite import stage1, stage2
from dezero_lite.stage3 import Function, Variable, cos, sin, square
from dezero_lite.testing import check_gradient

pytestmark = pytest.mark.step32


class TakesData(Function):
    """sin, whose rule reaches into data."""

    def forward(self, x: Any) -> Any:
        return np.sin(x)

    def backward(self, gy: Any) -> Any:
        return gy * np.cos(self.inputs[0].data)


class LosesIncoming(TakesData):
    """sin, whose rule drops the graph behind gy."""

    def backward(self, gy: Any) -> Any:
        gy = getattr(gy, "data", gy) if isinstance(gy, Variable) else gy
        return cos(self.xs[0]) * gy


class HalfRight(TakesData):
    """sin, whose rule is wrong only when a graph is made of it."""

    def backward(self, gy: Any) -> Any:
        x = self.xs[0]
        return gy * cos(x) + (0.1 * x if isinstance(x, Variable) else 0.0)


X = [np.array(0.7), np.array([0.3, 1.2, -0.8]), np.full((2, 2), 0.5)]


@pytest.mark.parametrize("data", X, ids=lambda data: str(data.shape))
def test_right_rules_pass_both_orders(data: np.ndarray) -> None:
    for f in (sin, square, lambda x: x * sin(x), lambda x: 3 * x, lambda x: x**3 - x, lambda x: 0 * x):
        x = Variable(data.copy())
        for order in (1, 2):
            check_gradient(f, x, order=order)
        np.testing.assert_array_equal(x.data, data)
        assert x.grad is None


@pytest.mark.parametrize("data", X, ids=lambda data: str(data.shape))
@pytest.mark.parametrize("rule", [TakesData, HalfRight])
def test_only_order_2_finds_what_goes_wrong_in_the_graph_of_a_gradient(rule: Any, data: np.ndarray) -> None:
    for f in (lambda x: rule()(x), lambda x: x * rule()(x)):
        check_gradient(f, Variable(data))
        with pytest.raises(AssertionError, match="the second derivative is wrong: backward gives the slope"):
            check_gradient(f, Variable(data), order=2)


def test_a_lost_graph_behind_the_incoming_gradient_is_found_where_another_function_follows() -> None:
    check_gradient(lambda x: square(LosesIncoming()(x)), Variable(X[1]))
    with pytest.raises(AssertionError, match="the second derivative is wrong"):
        check_gradient(lambda x: square(LosesIncoming()(x)), Variable(X[1]), order=2)


def test_the_first_order_is_checked_first() -> None:
    class Wrong(TakesData):
        def backward(self, gy: Any) -> Any:
            return gy

    with pytest.raises(AssertionError, match="the gradient is wrong"):
        check_gradient(lambda x: Wrong()(x), Variable(X[1]), order=2)


@pytest.mark.parametrize("stage", [stage1, stage2])
def test_the_stages_below_have_no_second_order(stage: Any) -> None:
    x = stage.Variable(np.array([0.5, 2.0]))
    check_gradient(stage.square, x)
    with pytest.raises(TypeError) as caught:
        check_gradient(stage.square, x, order=2)
    module = f"dezero_lite.{stage.__name__.split('.')[-1]}.core"
    assert str(caught.value) == f"order=2 needs gradients that are Variables, and those of {module} are none"


@pytest.mark.parametrize("order", [0, 3, -1, None])
def test_other_orders_are_refused(order: Any) -> None:
    with pytest.raises(ValueError, match="check_gradient knows order=1 and order=2, got"):
        check_gradient(square, Variable(X[0]), order=order)


def test_float32_is_refused() -> None:
    with pytest.raises(TypeError, match=r"check_gradient needs float64 data, got float32"):
        check_gradient(square, Variable(np.ones(2, np.float32)), order=2)


def test_an_array_is_no_variable() -> None:
    with pytest.raises(TypeError, match=r"check_gradient needs a Variable, got ndarray; write Variable\(\.\.\.\)"):
        check_gradient(square, np.ones(2))
