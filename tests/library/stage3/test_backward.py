"""What backward() does to the gradients: adding up, starting, clearing; and derivatives of derivatives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dezero_lite.stage3 import Function, Leaf, Variable, add, exp, sin, square, tanh, visiting_order

from .graphs import Half, Same, SumAndProduct, Total


def data(x: Variable | None) -> Any:
    assert x is not None
    return x.data


@pytest.mark.step32
def test_a_variable_used_again_gets_the_sum() -> None:
    x = Variable(np.array([3.0, 4.0]))
    (x + x + x * x).backward()
    np.testing.assert_array_equal(data(x.grad), [8.0, 10.0])


@pytest.mark.step32
@pytest.mark.parametrize("create_graph", [False, True])
def test_gradients_add_up_until_they_are_cleared(create_graph: bool) -> None:
    x = Variable(np.array(3.0))
    for expected in (2.0, 4.0):
        add(x, x).backward(create_graph=create_graph)
        assert data(x.grad) == expected
    x.cleargrad()
    assert x.grad is None
    add(x, x).backward(create_graph=create_graph)
    assert data(x.grad) == 2.0


@pytest.mark.step32
def test_adding_up_makes_a_new_variable() -> None:
    """A gradient that was read before stays as it was."""
    x = Variable(np.array([3.0]))
    square(x).backward()
    first = x.grad
    square(x).backward()
    np.testing.assert_array_equal(data(first), [6.0])
    np.testing.assert_array_equal(data(x.grad), [12.0])


@pytest.mark.step32
@pytest.mark.parametrize("make", [Same, Total, lambda: lambda x: x + np.zeros(2)])
def test_a_slip_in_place_changes_one_gradient_only(make: Any) -> None:
    x0, x1 = Variable(np.ones(2)), Variable(np.ones(2))
    y = make()(x0 + x1)
    y.backward(retain_grad=True)
    for slip in (x0, y):
        data(slip.grad)[...] += 1
    np.testing.assert_array_equal(data(x1.grad), np.ones(2))
    np.testing.assert_array_equal(data(y.creator.inputs[0].grad), np.ones(2))
    np.testing.assert_array_equal(x0.data, np.ones(2))


class Views(Function):
    """A rule whose gradients are views of one array, of its data, or what it was given."""

    def forward(self, x0: Any, x1: Any, x2: Any) -> Any:
        return x0 + x1 + x2

    def backward(self, gy: Any) -> Any:
        both = np.zeros((2, 2))
        return both[0], both[1], self.xs[2]


@pytest.mark.step32
def test_views_and_data_are_copied() -> None:
    xs = [Variable(np.ones(2)) for _ in range(3)]
    Views()(*xs).backward()
    for x in xs:
        array = data(x.grad)
        assert array.base is None
        assert not np.shares_memory(array, xs[2].data)


@pytest.mark.step32
def test_backward_starts_from_the_gradient_that_is_set_and_leaves_it_there() -> None:
    x = Variable(np.array([3.0, 4.0]))
    y = square(x)
    y.grad = start = Variable(np.array([10.0, 100.0]))
    y.backward(retain_grad=True)
    np.testing.assert_array_equal(data(x.grad), [60.0, 800.0])
    assert y.grad is start
    y.backward()  # starts from the same gradient again, and does not add it to itself
    np.testing.assert_array_equal(data(x.grad), [120.0, 1600.0])
    np.testing.assert_array_equal(start.data, [10.0, 100.0])
    assert not np.shares_memory(start.data, data(x.grad))


@pytest.mark.step36
def test_a_start_is_a_variable_and_has_a_gradient_itself() -> None:
    """y.grad = v, then backward: x.grad = v * f'(x). Its derivative by v is f'(x)."""
    x, v = Variable(np.array(0.7)), Variable(np.array(1.3))
    y = sin(x)
    y.grad = v
    y.backward(create_graph=True)
    gx = x.grad
    assert gx is not None
    x.cleargrad()
    gx.backward()
    np.testing.assert_allclose([data(x.grad), data(v.grad)], [-1.3 * np.sin(0.7), np.cos(0.7)], rtol=1e-14)


@pytest.mark.step32
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.int64, np.bool_])
@pytest.mark.parametrize("retain_grad", [False, True])
@pytest.mark.parametrize("create_graph", [False, True])
def test_backward_on_a_variable_without_creator_sets_its_own_gradient_only(
    dtype: type, retain_grad: bool, create_graph: bool
) -> None:
    for x in (Variable(np.zeros((2, 0, 3), dtype)), Variable(np.array(0, dtype))):
        for _ in range(2):
            x.backward(retain_grad, create_graph)
            assert x.grad is not None
            assert not isinstance(x.grad, Leaf)
            assert x.grad.dtype == (dtype if x.dtype.kind == "f" else np.float64)
            np.testing.assert_array_equal(x.grad.data, np.ones(x.shape))
        assert visiting_order(x) == []


@pytest.mark.step32
def test_an_error_while_adding_up_changes_no_gradient() -> None:
    x0, x1, x2 = (Variable(np.ones(3)) for _ in range(3))
    x0.grad, x1.grad = Variable(np.ones(3)), Variable(np.ones(2))  # of another shape than its data
    for create_graph in (False, True):
        with pytest.raises(ValueError, match=r"a grad must have its variable's shape, \(3,\), got \(2,\)"):
            Total()(x2, x0, x1).backward(True, create_graph)
        np.testing.assert_array_equal(data(x0.grad), np.ones(3))
        np.testing.assert_array_equal(data(x1.grad), np.ones(2))
        assert x2.grad is None


@pytest.mark.step32
@pytest.mark.parametrize("create_graph", [False, True])
def test_what_is_kept_in_between(create_graph: bool) -> None:
    x = Variable(np.array(0.5))
    a = square(x)
    y = exp(a)
    y.backward(create_graph=create_graph)
    assert (a.grad, y.grad) == (None, None)
    x.cleargrad()
    y.backward(retain_grad=True, create_graph=create_graph)
    np.testing.assert_allclose([data(v.grad) for v in (y, a, x)], [1.0, np.exp(0.25), np.exp(0.25)], rtol=1e-15)
    assert not isinstance(y.grad, Leaf)
    assert type(data(y.grad)) is np.float64


@pytest.mark.step32
def test_gradients_without_a_graph_have_no_creator() -> None:
    x = Variable(np.array(0.5))
    y = tanh(x) * x
    y.backward()
    assert x.grad is not None
    assert x.grad.creator is None
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert x.grad is None  # where the trail ends
    y.backward(create_graph=True)
    assert x.grad is not None


@pytest.mark.step32
@pytest.mark.parametrize("shape", [(), (2,)])
def test_a_rule_computes_with_arrays_unless_a_graph_is_wanted(shape: tuple[int, ...]) -> None:
    seen: list[Any] = []

    class Watched(Function):
        def forward(self, x0: Any, x1: Any) -> Any:
            return x0 * x1

        def backward(self, gy: Any) -> Any:
            x0, x1 = self.xs
            seen[:] = [gy, x0, x1, self.y]
            return gy * x1, gy * x0

    x = Variable(np.full(shape, 3.0))
    y = Watched()(x, square(x))
    y.backward()
    assert all(isinstance(v, np.ndarray if shape else np.generic) for v in seen)
    y.backward(create_graph=True)
    assert all(isinstance(v, Variable) for v in seen)
    np.testing.assert_array_equal(seen[3].data, np.full(shape, 27.0))
    assert seen[3] is y

    class Plain(Function):
        def forward(self, x: Any) -> Any:
            return x

        def backward(self, gy: Any) -> Any:
            return np.ones(shape)

    Plain()(y).backward(create_graph=True)  # an array is as good as a constant
    assert all(isinstance(v, Variable) for v in seen)


@pytest.mark.step32
def test_two_outputs_to_second_order() -> None:
    x0, x1 = Variable(np.array(2.0)), Variable(np.array(5.0))
    plus, times = SumAndProduct()(x0, x1)
    (plus * times).backward(create_graph=True)  # x0² x1 + x0 x1²
    assert (data(x0.grad), data(x1.grad)) == (2 * 2 * 5 + 5**2, 2**2 + 2 * 2 * 5)
    gx0 = x0.grad
    x0.cleargrad()
    x1.cleargrad()
    assert gx0 is not None
    gx0.backward()
    assert (data(x0.grad), data(x1.grad)) == (2 * 5, 2 * 2 + 2 * 5)


@pytest.mark.step13
@pytest.mark.parametrize("alive", [True, False], ids=["alive", "dropped"])
@pytest.mark.parametrize("create_graph", [False, True])
def test_an_output_that_nothing_uses_is_refused_by_name(alive: bool, create_graph: bool) -> None:
    x = Variable(np.array(2.0))
    used, unused = SumAndProduct()(x, x)
    y = square(used)
    if not alive:
        del unused
    for v in (y, used):
        with pytest.raises(ValueError) as caught:
            v.backward(create_graph=create_graph)
        assert str(caught.value) == "an output of SumAndProduct gets no gradient; use all its outputs"
    assert (x.grad, used.grad, y.grad) == (None, None, None)


@pytest.mark.step33
def test_a_variable_that_was_dropped_gets_nothing_and_breaks_nothing() -> None:
    x = Variable(np.array(2.0))
    y = Half()(Variable(np.array(3.0))) * x
    y.backward()
    assert data(x.grad) == 1.5


@pytest.mark.step36
def test_the_gradient_of_a_gradient_s_penalty() -> None:
    """A term that holds a gradient, and the value beside it: z = y'² + y, as in a gradient penalty."""
    x = Variable(np.array([0.5, 1.5]))
    y = x**3
    y.backward(create_graph=True)
    gx = x.grad
    assert gx is not None
    x.cleargrad()
    (gx**2 + y).backward()
    np.testing.assert_allclose(data(x.grad), 36 * x.data**3 + 3 * x.data**2, rtol=1e-14)
