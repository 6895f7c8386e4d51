"""Nothing leaks: with the garbage collector off, memory comes back as soon as nobody holds the result."""

from __future__ import annotations

import gc
import tracemalloc
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage3 import Function, Square, Variable, exp, sin, square, tanh, using_config

from .expressions import functions_behind
from .graphs import SumAndProduct, Total

pytestmark = [pytest.mark.step33, pytest.mark.usefixtures("no_gc")]

SIZE = 100_000
BYTES = SIZE * 8


def alive(watched: list[weakref.ref]) -> list[Any]:
    return [ref() for ref in watched if ref() is not None]


def arrays() -> int:
    """How many large arrays are alive, in units of SIZE."""
    return round(tracemalloc.get_traced_memory()[0] / BYTES)


def forward() -> Variable:
    x = Variable(np.ones(3))
    plus, times = SumAndProduct()(square(x), 2.0 * x)
    y: Variable = Total()(plus / times, -plus, times**3)
    return y


def backward() -> Variable:
    y = forward()
    y.backward()
    return y


def backward_twice_keeping_gradients() -> Variable:
    y = forward()
    y.backward(retain_grad=True)
    y.backward(retain_grad=True)
    return y


def with_a_graph_of_its_gradients() -> Variable:
    y = forward()
    y.backward(create_graph=True)
    y.backward(create_graph=True)
    return y


def an_output_without_gradient() -> Variable:
    x = Variable(np.ones(3))
    plus, _ = SumAndProduct()(x, x)
    try:
        plus.backward()
    except ValueError:
        found: Variable = plus
        return found
    raise AssertionError


def an_error_on_the_way_back() -> Variable:
    class Broken(Total):
        def backward(self, gy: Any) -> Any:
            raise ZeroDivisionError

    y = square(Broken()(forward(), np.ones(3)))
    try:
        y.backward(create_graph=True)
    except ZeroDivisionError:
        return y
    raise AssertionError


@pytest.mark.parametrize(
    "make",
    [
        forward,
        backward,
        backward_twice_keeping_gradients,
        with_a_graph_of_its_gradients,
        an_output_without_gradient,
        an_error_on_the_way_back,
    ],
    ids=lambda make: make.__name__,
)
def test_a_dropped_graph_is_gone_at_once(make: Callable[[], Variable]) -> None:
    y = make()
    functions = functions_behind(y)
    watched = [weakref.ref(thing) for thing in [y, *functions, *[x for f in functions for x in f.inputs]]]
    del functions
    assert len(alive(watched)) == len(watched) > 2
    del y
    assert alive(watched) == []


@pytest.mark.parametrize("create_graph", [False, True])
def test_a_gradient_s_graph_goes_with_the_gradient_and_a_variable_with_its_name(create_graph: bool) -> None:
    """x -> x.grad -> its graph -> x would be a circle; the graph has a leaf in the place of x."""
    x = Variable(np.ones(3))
    y = sin(x) * x
    y.backward(create_graph=create_graph)
    assert x.grad is not None
    watched = [weakref.ref(f) for f in functions_behind(y) + functions_behind(x.grad)]
    watched_x = weakref.ref(x)
    del y
    assert (alive(watched) != []) == create_graph
    x.cleargrad()
    assert alive(watched) == []
    y = sin(x) * x
    y.backward(create_graph=create_graph)
    del x
    assert watched_x() is None  # and neither does the graph keep it
    y.backward(create_graph=create_graph)


def test_twenty_rounds_with_graphs_of_gradients_leave_nothing_behind() -> None:
    """Newton's loop, as step 33 writes it, on arrays; and with gradients that are not cleared away before."""
    x = Variable(np.full(SIZE, 2.0))
    counts = []
    tracemalloc.start()
    try:
        for _ in range(20):
            y = x**4 - 2 * x**2
            x.cleargrad()
            y.backward(create_graph=True)
            gx = x.grad
            x.cleargrad()
            assert gx is not None
            gx.backward()
            assert x.grad is not None
            x.data = x.data - gx.data / x.grad.data
            counts.append(arrays())
    finally:
        tracemalloc.stop()
    np.testing.assert_allclose(x.data, np.ones(SIZE))
    assert counts[1:] == counts[1:2] * 19
    assert not gc.isenabled()


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


@pytest.mark.step32
def test_without_a_graph_inputs_are_given_back_while_the_result_lives() -> None:
    for graph in (True, False):
        x, f = Variable(np.ones(3)), Square()
        watched = weakref.ref(square(x))
        a = square(x)
        watched = weakref.ref(a)
        with using_config("enable_backprop", graph):
            y = f(a)
        del a
        assert (watched() is not None) == graph
        assert y.shape == (3,)


@pytest.mark.parametrize("f", [square, exp, tanh, lambda x: x**2, lambda x: 2 * x, lambda x: -x])
def test_three_functions_in_a_row_keep_four_arrays_and_no_more(f: Callable[[Variable], Variable]) -> None:
    """The data of x, of the two in between, and of y: no array is held twice, none for the way back alone."""
    tracemalloc.start()
    try:
        x = Variable(np.ones(SIZE))
        y = f(f(f(x)))
        assert arrays() == 4
        y.backward()
        assert arrays() == 5  # and x.grad
        x.cleargrad()
        y.backward(create_graph=False)
        del y
        assert arrays() == 2
    finally:
        tracemalloc.stop()


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


def test_gradients_on_the_way_are_given_back_on_the_way() -> None:
    """However long the chain is; with retain_grad all of them are kept."""

    class Double(Function):
        def forward(self, x: Any) -> Any:
            return np.broadcast_to(1.0, x.shape)  # takes no memory

        def backward(self, gy: Any) -> Any:
            return 2.0 * gy

    def way_back(length: int, retain_grad: bool) -> Callable[[], None]:
        y = Variable(np.ones(SIZE))
        for _ in range(length):
            y = Double()(y)

        def work() -> None:
            for v in [y, *[f.inputs[0] for f in functions_behind(y)]]:
                if v.creator is not None:
                    v.cleargrad()
            y.backward(retain_grad)

        return work

    assert peak(way_back(30, False)) == peak(way_back(10, False)) <= 4
    assert peak(way_back(30, True)) >= 29
