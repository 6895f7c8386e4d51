"""The switch that turns the graph off: it always comes back. What holds among threads is in test_faults.py."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from dezero_lite.stage3 import Config, Function, Variable, no_grad, square, using_config

pytestmark = pytest.mark.step32


def makes_a_graph() -> bool:
    return square(Variable(np.array(2.0))).creator is not None


def test_nested_switches_come_back_one_by_one() -> None:
    assert makes_a_graph()
    with no_grad():
        assert not makes_a_graph()
        with using_config("enable_backprop", True):
            assert makes_a_graph()
            with no_grad():
                assert not makes_a_graph()
            assert makes_a_graph()
        assert not makes_a_graph()
    assert makes_a_graph()
    assert Config.enable_backprop is True


def test_one_switch_may_be_used_again_and_within_itself() -> None:
    off = no_grad()
    for _ in range(2):
        with off:
            with off:
                assert not makes_a_graph()
            assert not makes_a_graph()
        assert makes_a_graph()


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, GeneratorExit])
def test_the_switch_comes_back_after_an_error(error: type[BaseException]) -> None:
    with pytest.raises(error), no_grad(), no_grad():
        raise error
    assert makes_a_graph()


@pytest.mark.parametrize("create_graph", [False, True])
def test_the_switch_comes_back_after_an_error_on_the_way_back(create_graph: bool) -> None:
    class Broken(Function):
        def forward(self, x: np.ndarray) -> np.ndarray:
            return x

        def backward(self, gy: np.ndarray) -> np.ndarray:
            raise FloatingPointError("backward")

    y = Broken()(Variable(np.array(2.0)))
    for graph in (True, False):
        with using_config("enable_backprop", graph):
            with pytest.raises(FloatingPointError, match="backward"):
                y.backward(create_graph=create_graph)
            assert Config.enable_backprop == graph


def test_the_switch_comes_back_after_return_and_break() -> None:
    def early() -> bool:
        with no_grad():
            return makes_a_graph()

    assert not early()
    for _ in range(2):
        with no_grad():
            break
    assert makes_a_graph()


def test_what_pauses_within_a_block_leaves_its_value_to_what_runs_meanwhile() -> None:
    """As in PyTorch; values by contextvars would let tasks run side by side, but generators would share them all the same."""

    def pauses() -> Iterator[None]:
        with no_grad():
            yield

    paused = pauses()
    next(paused)
    assert not makes_a_graph()
    del paused
    assert makes_a_graph()


def test_an_unknown_switch_is_refused_and_not_made() -> None:
    with pytest.raises(AttributeError) as caught, using_config("enable_backpropp", False):
        pass
    assert str(caught.value) == "'Config' object has no attribute 'enable_backpropp'"
    assert not hasattr(Config, "enable_backpropp")


def test_all_switches_are_on_until_they_are_turned() -> None:
    assert Config.enable_backprop is True
    assert Config.train is True
