"""Nothing leaks: with the garbage collector off, memory comes back as soon as nobody holds the result."""

from __future__ import annotations

import tracemalloc
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage2 import Function, Square, Variable, square, using_config
from tests.library.stage2.expressions import functions_behind
from tests.library.stage2.graphs import SumAndProduct, Total

pytestmark = [pytest.mark.step17, pytest.mark.usefixtures("no_gc")]

SIZE = 100_000
BYTES = SIZE * 8


class Data(np.ndarray):
    """An array that can be watched."""


def watch(y: Variable) -> list[weakref.ref]:
    """Watch all functions behind y, their inputs, and y."""
    functions = functions_behind(y)
    things = [y, *functions, *[x for f in functions for x in f.inputs]]
    return [weakref.ref(thing) for thing in things]


def alive(watched: list[weakref.ref]) -> list[Any]:
    return [ref() for ref in watched if ref() is not None]


def forward() -> Variable:
    x = Variable(np.ones(3))
    plus, times = SumAndProduct()(square(x), 2.0 * x)
    return Total()(plus / times, -plus, times**3)


def backward() -> Variable:
    y = forward()
    y.backward()
    return y


def backward_twice_keeping_gradients() -> Variable:
    y = forward()
    y.backward(retain_grad=True)
    y.backward(retain_grad=True)
    return y


def an_output_without_gradient() -> Variable:
    x = Variable(np.ones(3))
    plus, _ = SumAndProduct()(x, x)
    try:
        plus.backward()
    except ValueError:
        return plus
    raise AssertionError


def an_error_on_the_way_back() -> Variable:
    class Broken(Total):
        def backward(self, gy: np.ndarray) -> tuple[np.ndarray, ...]:
            raise ZeroDivisionError

    y = square(Broken()(forward(), np.ones(3)))
    try:
        y.backward()
    except ZeroDivisionError:
        return y
    raise AssertionError


@pytest.mark.parametrize(
    "make",
    [forward, backward, backward_twice_keeping_gradients, an_output_without_gradient, an_error_on_the_way_back],
    ids=lambda make: make.__name__,
)
def test_a_dropped_graph_is_gone_at_once(make: Callable[[], Variable]) -> None:
    y = make()
    watched = watch(y)
    assert len(alive(watched)) == len(watched) > 2
    del y
    assert alive(watched) == []


def test_the_data_is_gone_with_the_graph() -> None:
    data = np.ones(3).view(Data)
    watched = [weakref.ref(data)]
    y = square(Variable(data))
    watched.append(weakref.ref(y.data))
    del data
    assert len(alive(watched)) == 2
    y.backward()
    del y
    assert alive(watched) == []


def test_the_result_keeps_the_whole_graph_and_the_inputs_keep_nothing() -> None:
    x = Variable(np.ones(3))
    a = square(x)
    y = square(a)
    inner = weakref.ref(a)
    del a
    assert inner() is not None  # y -> its creator -> a
    del y
    assert inner() is None  # x does not know who used it
    assert x.generation == 0


def test_an_output_that_nobody_holds_is_given_back() -> None:
    plus, times = SumAndProduct()(Variable(np.ones(3)), Variable(np.ones(3)))
    watched = weakref.ref(times)
    del times
    assert watched() is None
    assert [output() for output in plus.creator.outputs] == [plus, None]


@pytest.mark.step18
def test_without_a_graph_inputs_are_given_back_while_the_result_lives() -> None:
    for graph in (True, False):
        x, f = Variable(np.ones(3)), Square()
        watched = weakref.ref(x)
        with using_config("enable_backprop", graph):
            y = f(x)
        del x
        assert (watched() is not None) == graph
        assert y.shape == (3,)


def peak(work: Callable[[], Any]) -> int:
    """How much memory work takes beyond what is held before, at its highest, in arrays of SIZE."""
    work()  # whatever is made once is made now
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        return round((tracemalloc.get_traced_memory()[1] - before) / BYTES)
    finally:
        tracemalloc.stop()


def test_memory_stays_flat() -> None:
    """Twenty rounds leave nothing behind, and take no more than one."""
    x = Variable(np.ones(SIZE))

    def rounds(count: int) -> Callable[[], None]:
        def work() -> None:
            for _ in range(count):
                y = square(square(x) + 1.0) - x
                y.backward()
                del y
                x.cleargrad()

        return work

    assert peak(rounds(20)) == peak(rounds(1)) > 3
    tracemalloc.start()
    try:
        rounds(1)()
        before = tracemalloc.get_traced_memory()[0]
        rounds(20)()
        assert tracemalloc.get_traced_memory()[0] - before < BYTES / 100
    finally:
        tracemalloc.stop()


@pytest.mark.step18
def test_gradients_on_the_way_are_given_back_on_the_way() -> None:
    """However long the chain is; with retain_grad all of them are kept."""

    class Double(Function):
        def forward(self, x: np.ndarray) -> np.ndarray:
            return np.broadcast_to(1.0, x.shape)  # takes no memory

        def backward(self, gy: np.ndarray) -> np.ndarray:
            return 2.0 * gy

    def way_back(length: int, retain_grad: bool) -> Callable[[], None]:
        y = Variable(np.ones(SIZE))
        for _ in range(length):
            y = Double()(y)

        def work() -> None:
            for v in [y, *[f.inputs[0] for f in functions_behind(y)]]:
                v.cleargrad()
            y.backward(retain_grad)

        return work

    assert peak(way_back(30, False)) == peak(way_back(10, False)) <= 4
    assert peak(way_back(30, True)) >= 30
