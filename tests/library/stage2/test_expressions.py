"""Laws that hold for every expression: tried on random ones, the gradients against HIPS autograd."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given

from dezero_lite.stage2 import Variable, visiting_order
from tests.library.stage2.expressions import Program, examples, functions_behind, programs

pytestmark = pytest.mark.step24


def gradients(values: list[Variable]) -> list[np.ndarray]:
    """The gradients at the inputs; zeros where none arrived, because the result does not use the input."""
    return [np.zeros(x.shape) if x.grad is None else x.grad.copy() for x in values[:2]]


def assert_close(actual: Any, expected: Any, values: list[Variable]) -> None:
    """Equal up to rounding, measured by the largest gradient on the way, for a sum may cancel it out."""
    scale = max([np.max(np.abs(v.grad), initial=0.0) for v in values if v.grad is not None], default=0.0)
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-11 * scale)


@examples(60)
@given(programs())
def test_value_and_gradients_equal_autograd(program: Program) -> None:
    values = program.variables()
    values[-1].backward(retain_grad=True)

    def theirs(xs: Any) -> Any:
        return program.run(xs, anp)[-1]

    np.testing.assert_allclose(values[-1].data, theirs(program.inputs), rtol=1e-12, atol=1e-12)
    for ours, expected in zip(gradients(values), elementwise_grad(theirs)(tuple(program.inputs)), strict=True):
        assert_close(ours, expected, values)


@examples(60)
@given(programs())
def test_a_second_backward_adds_exactly_the_same_again(program: Program) -> None:
    values = program.variables()
    values[-1].backward()
    once = gradients(values)
    values[-1].backward()
    for first, both in zip(once, gradients(values), strict=True):
        np.testing.assert_array_equal(both, first + first)


@examples(60)
@given(programs())
def test_backward_is_linear_in_its_start(program: Program) -> None:
    results = []
    starts = np.random.default_rng(0).standard_normal((2, *program.inputs[0].shape))
    for start in (starts[0], starts[1], 2 * starts[0] - 3 * starts[1]):
        values = program.variables()
        values[-1].grad = np.asarray(start)
        values[-1].backward(retain_grad=True)
        results.append(gradients(values))
    for a, b, combined in zip(*results, strict=True):
        assert_close(combined, 2 * a - 3 * b, values)


@examples(25)
@given(programs())
def test_a_kept_gradient_is_that_of_a_graph_that_begins_there(program: Program) -> None:
    values = program.variables()
    values[-1].backward(retain_grad=True)
    for place, kept in enumerate(values[2:], 2):
        leaf = Variable(kept.data)
        program.run([Variable(x) for x in program.inputs], cut={place: leaf})[-1].backward()
        assert (kept.grad is None) == (leaf.grad is None)
        if kept.grad is not None:
            assert_close(kept.grad, leaf.grad, values)


@pytest.mark.step18
@examples(60)
@given(programs())
def test_keeping_gradients_changes_none_and_not_keeping_leaves_none(program: Program) -> None:
    kept, dropped = program.variables(), program.variables()
    kept[-1].backward(retain_grad=True)
    dropped[-1].backward()
    behind = {id(x) for f in functions_behind(kept[-1]) for x in f.inputs} | {id(kept[-1])}
    for i, (a, b) in enumerate(zip(kept, dropped, strict=True)):
        assert (a.grad is not None) == (id(a) in behind)
        if i < 2:
            np.testing.assert_array_equal(a.grad, b.grad)
        else:
            assert b.grad is None
    once: list[Any] = [v.grad for v in kept]
    kept[-1].backward(retain_grad=True)
    np.testing.assert_array_equal(kept[-1].grad, once[-1])  # where both began
    for v, grad in zip(kept[:-1], once, strict=False):
        if grad is not None:
            np.testing.assert_array_equal(v.grad, grad + grad)


@pytest.mark.step15
@pytest.mark.step16
@examples(60)
@given(programs())
def test_functions_are_visited_once_and_after_all_that_use_their_outputs(program: Program) -> None:
    y = program.variables()[-1]
    order = visiting_order(y)
    assert Counter(map(id, order)) == Counter(map(id, functions_behind(y)))
    place = {id(f): i for i, f in enumerate(order)}
    for f in order:
        makers = [x.creator for x in f.inputs if x.creator is not None]
        assert all(place[id(f)] < place[id(maker)] for maker in makers)
        assert f.generation == max([x.generation for x in f.inputs])
        assert f.generation == max([maker.generation + 1 for maker in makers], default=0)
    generations = [f.generation for f in order]
    assert generations == sorted(generations, reverse=True)
    assert y.generation == generations[0] + 1


@pytest.mark.step21
@examples(60)
@given(programs())
def test_float32_stays_float32(program: Program) -> None:
    values = program.variables(np.float32)
    values[-1].backward(retain_grad=True)
    for v in values:
        for array in (v.data, v.grad):
            assert array is None or (isinstance(array, np.ndarray) and array.dtype == np.float32)
            assert array is None or array.shape == program.inputs[0].shape


@examples(40)
@given(programs())
def test_an_error_on_the_way_back_changes_no_gradient_and_spoils_nothing(program: Program) -> None:
    values = program.variables()
    values[-1].backward(retain_grad=True)
    before: list[Any] = [v.grad for v in values]

    def fail(*gys: Any) -> None:
        raise ZeroDivisionError

    for f in functions_behind(values[-1]):
        vars(f)["backward"] = fail
        for retain_grad in (False, True):
            with pytest.raises(ZeroDivisionError):
                values[-1].backward(retain_grad)
            assert all(v.grad is grad for v, grad in zip(values, before, strict=True))
        del vars(f)["backward"]
    values[-1].backward()
    for v, grad in zip(values[:2], before, strict=False):
        if grad is not None:
            np.testing.assert_array_equal(v.grad, grad + grad)


@pytest.mark.step17
@examples(60)
@given(programs())
def test_a_dropped_graph_is_gone_at_once(program: Program) -> None:
    gc.disable()
    try:
        values = program.variables()
        values[-1].backward(retain_grad=True)
        functions = functions_behind(values[-1])
        watched = [weakref.ref(thing) for thing in [*values, *functions]]
        del values, functions
        assert [ref() for ref in watched if ref() is not None] == []
    finally:
        gc.enable()
