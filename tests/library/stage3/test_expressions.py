"""Laws that hold for every expression, tried on random ones; both orders of derivatives against HIPS autograd."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from dezero_lite.stage3 import Leaf, Variable, visiting_order

from .expressions import Program, Space, functions_behind, programs

pytestmark = [pytest.mark.step32, pytest.mark.step36]
THEIRS = Space(anp)


def gradients(xs: list[Variable]) -> list[np.ndarray]:
    """The gradients, cleared away; zeros where none arrived, because the result does not use the input."""
    found = [np.zeros(x.shape) if x.grad is None else np.asarray(x.grad.data) for x in xs]
    for x in xs:
        x.cleargrad()
    return found


def assert_close(actual: Any, expected: Any, scale: float, rtol: float) -> None:
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol * max(scale, 1.0))


def size(arrays: list[np.ndarray]) -> float:
    return max(float(np.max(np.abs(array), initial=0.0)) for array in arrays)


@pytest.mark.filterwarnings("ignore:Output seems independent of input")
def test_both_orders_equal_autograd() -> None:
    """The second order is that of the gradients' sum, weighted at random; mixed derivatives are in it."""
    for number, program in enumerate(programs(500)):
        weights = np.random.default_rng(number).standard_normal((2, *program.inputs[0].shape))

        def value(xs: Any, program: Program = program) -> Any:
            return anp.sum(program.run(xs, THEIRS)[-1])

        def weighted(xs: Any, value: Any = value, weights: np.ndarray = weights) -> Any:
            gxs = autograd.grad(value)(xs)
            return anp.sum(weights[0] * gxs[0]) + anp.sum(weights[1] * gxs[1])

        values = program.variables()
        xs = values[:2]
        expected = program.run(program.inputs, THEIRS)[-1]
        np.testing.assert_allclose(values[-1].data, expected, rtol=1e-12, atol=1e-12, err_msg=str(program))
        with np.errstate(all="ignore"):
            first = autograd.grad(value)(tuple(program.inputs))
            second = autograd.grad(weighted)(tuple(program.inputs))
        values[-1].backward(create_graph=True)
        gxs = [x.grad for x in xs]
        for ours, theirs in zip(gradients(xs), first, strict=True):
            assert_close(ours, theirs, size([*first]), 1e-10)
        total = sum(weight * gx for weight, gx in zip(weights, gxs, strict=True) if gx is not None)
        if isinstance(total, Variable):
            total.backward()
        for ours, theirs in zip(gradients(xs), second, strict=True):
            assert_close(ours, theirs, size([*second]), 1e-9)


def test_with_and_without_a_graph_the_gradients_are_the_same() -> None:
    for program in programs(200):
        results = []
        for create_graph in (False, True):
            values = program.variables()
            values[-1].backward(retain_grad=True, create_graph=create_graph)
            results.append([None if v.grad is None else v.grad.data for v in values])
            for v in values:
                assert v.grad is None or not isinstance(v.grad, Leaf)
                assert create_graph or v.grad is None or v.grad.creator is None
        for a, b in zip(*results, strict=True):
            np.testing.assert_array_equal(a, b)


def test_a_second_backward_adds_exactly_the_same_again() -> None:
    for program in programs(100):
        values = program.variables()
        values[-1].backward()
        once = [None if x.grad is None else x.grad.data for x in values[:2]]
        values[-1].backward()
        for x, first in zip(values[:2], once, strict=True):
            assert (x.grad is None) == (first is None)
            if x.grad is not None and first is not None:
                np.testing.assert_array_equal(x.grad.data, first + first)


def test_backward_is_linear_in_its_start() -> None:
    for number, program in enumerate(programs(100)):
        starts = np.random.default_rng(number).standard_normal((2, *program.inputs[0].shape))
        results = []
        for start in (starts[0], starts[1], 2 * starts[0] - 3 * starts[1]):
            values = program.variables()
            values[-1].grad = Variable(np.asarray(start))
            values[-1].backward()
            results.append(gradients(values[:2]))
        for a, b, combined in zip(*results, strict=True):
            assert_close(combined, 2 * a - 3 * b, size([a, b]), 1e-10)


def test_keeping_gradients_changes_none_and_not_keeping_leaves_none() -> None:
    for program in programs(100):
        kept, dropped = program.variables(), program.variables()
        kept[-1].backward(retain_grad=True)
        dropped[-1].backward()
        behind = {id(x) for f in functions_behind(kept[-1]) for x in f.inputs} | {id(kept[-1])}
        behind |= {id(x.user()) for f in functions_behind(kept[-1]) for x in f.inputs if isinstance(x, Leaf)}
        for i, (a, b) in enumerate(zip(kept, dropped, strict=True)):
            assert (a.grad is not None) == (id(a) in behind)
            if i < 2:
                assert (a.grad is None) == (b.grad is None)
                assert a.grad is None or np.array_equal(a.grad.data, b.grad.data)  # type: ignore[union-attr]
            else:
                assert b.grad is None


def test_functions_are_visited_once_and_after_all_that_use_their_outputs() -> None:
    for program in programs(100):
        y = program.variables()[-1]
        order = visiting_order(y)
        assert Counter(map(id, order)) == Counter(map(id, functions_behind(y)))
        place = {id(f): i for i, f in enumerate(order)}
        for f in order:
            makers = [x.creator for x in f.inputs if x.creator is not None]
            assert all(place[id(f)] < place[id(maker)] for maker in makers)
            assert f.generation == max([maker.generation + 1 for maker in makers], default=0)
        assert y.generation == order[0].generation + 1


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_small_types_stay_what_they_are_in_both_orders(dtype: type) -> None:
    for program in programs(150):
        steps = [
            step._replace(other=step.other.astype(dtype)) if isinstance(step.other, np.ndarray) else step
            for step in program.steps
        ]
        with np.errstate(all="ignore"):
            values = program._replace(steps=steps).variables(dtype)
            values[-1].backward(retain_grad=True, create_graph=True)
            grads = [v.grad for v in values if v.grad is not None]
            for x in values[:2]:
                if x.grad is not None:
                    gx = x.grad
                    gx.cleargrad()
                    gx.backward()
        for v in [*values, *grads, *[x.grad for x in values[:2] if x.grad is not None]]:
            assert (v.dtype, v.shape) == (dtype, program.inputs[0].shape)


def test_an_error_on_the_way_back_changes_no_gradient_and_spoils_nothing() -> None:
    def fail(*gys: Any) -> None:
        raise ZeroDivisionError

    for program in programs(40):
        values = program.variables()
        values[-1].backward(retain_grad=True)
        before = [v.grad for v in values]
        for f in functions_behind(values[-1]):
            vars(f)["backward"] = fail
            for create_graph in (False, True):
                with pytest.raises(ZeroDivisionError):
                    values[-1].backward(retain_grad=True, create_graph=create_graph)
                assert all(v.grad is grad for v, grad in zip(values, before, strict=True))
            del vars(f)["backward"]
        values[-1].cleargrad()
        values[-1].backward()
        for v, grad in zip(values[:2], before, strict=False):
            assert (v.grad is None) == (grad is None)
            if v.grad is not None and grad is not None:
                np.testing.assert_array_equal(v.grad.data, grad.data + grad.data)


@pytest.mark.usefixtures("no_gc")
@pytest.mark.step33
def test_a_dropped_graph_is_gone_at_once_gradients_with_their_graphs_too() -> None:
    for program in programs(60):
        for create_graph in (False, True):
            values = program.variables()
            values[-1].backward(create_graph=create_graph)
            functions = functions_behind(values[-1])
            for x in values[:2]:
                if x.grad is not None:
                    functions += functions_behind(x.grad)
            watched = [weakref.ref(thing) for thing in [*values, *functions]]
            del values, functions, x
            assert [ref() for ref in watched if ref() is not None] == []
    assert not gc.isenabled()
