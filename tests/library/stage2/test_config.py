"""The switch that turns the graph off: where it holds, and that it always comes back."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage2 import Config, Function, Variable, no_grad, square, using_config

pytestmark = pytest.mark.step18


def makes_a_graph() -> bool:
    return square(Variable(np.array(2.0))).creator is not None


def test_without_a_graph_values_are_the_same_and_nothing_is_remembered() -> None:
    x = Variable(np.array(3.0))
    with no_grad():
        y = square(x) * 2.0
    assert y.data == 18.0
    assert (y.creator, y.generation) == (None, 0)
    y.backward()
    assert x.grad is None


def test_a_graph_that_exists_can_be_gone_through_within_no_grad() -> None:
    x = Variable(np.array(3.0))
    y = square(x)
    with no_grad():
        y.backward()
    assert x.grad == 6.0


def test_what_was_computed_without_a_graph_is_a_beginning_for_what_follows() -> None:
    x = Variable(np.array(3.0))
    with no_grad():
        a = square(x)
    square(a).backward()
    assert (a.grad, x.grad) == (18.0, None)


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


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, GeneratorExit])
def test_the_switch_comes_back_after_an_error(error: type[BaseException]) -> None:
    with pytest.raises(error), no_grad(), no_grad():
        raise error
    assert makes_a_graph()


def test_the_switch_comes_back_after_an_error_inside_a_function() -> None:
    class Broken(Function):
        def forward(self, x: np.ndarray) -> np.ndarray:
            raise FloatingPointError("forward")

    x = Variable(np.array(2.0))
    a = square(x)
    with pytest.raises(FloatingPointError, match="forward"), no_grad():
        Broken()(a)
    with pytest.raises(FloatingPointError, match="forward"):
        Broken()(a)
    assert makes_a_graph()
    square(a).backward()
    assert x.grad == 32.0


def test_the_switch_comes_back_after_return_and_break() -> None:
    def early() -> bool:
        with no_grad():
            return makes_a_graph()

    assert not early()
    for _ in range(2):
        with no_grad():
            break
    assert makes_a_graph()


def test_an_unknown_switch_is_refused_and_not_made() -> None:
    with pytest.raises(AttributeError) as caught, using_config("enable_backpropp", False):
        pass
    assert str(caught.value) == "type object 'Config' has no attribute 'enable_backpropp'"
    assert not hasattr(Config, "enable_backpropp")


def test_a_new_switch_needs_a_default_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Config, "train", True, raising=False)
    with using_config("train", False):
        assert (Config.train, Config.enable_backprop) == (False, True)  # type: ignore[attr-defined]
    assert Config.train is True  # type: ignore[attr-defined]


def run_in_a_thread(work: Any) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive()


def test_the_switch_is_one_for_all_threads() -> None:
    """As its description says: a thread that turns it off does so for the others, until it is done."""
    seen: list[bool] = []
    with no_grad():
        run_in_a_thread(lambda: seen.append(makes_a_graph()))
    run_in_a_thread(lambda: seen.append(makes_a_graph()))
    assert seen == [False, True]

    off, done = threading.Event(), threading.Event()

    def turn_off_and_wait() -> None:
        with no_grad():
            off.set()
            done.wait(timeout=60)

    thread = threading.Thread(target=turn_off_and_wait)
    thread.start()
    try:
        assert off.wait(timeout=60)
        assert not makes_a_graph()
    finally:
        done.set()
        thread.join(timeout=60)
    assert makes_a_graph()
