"""What backward() does to the gradients: adding up, starting, clearing, and an array of its own for each."""

from __future__ import annotations

import numpy as np
import pytest

from dezero_lite.stage2 import Variable, add, square, visiting_order
from tests.library.stage2.graphs import Same, Total


@pytest.mark.step14
def test_a_variable_used_again_gets_the_sum() -> None:
    x = Variable(np.array([3.0, 4.0]))
    (x + x + x * x).backward()
    np.testing.assert_array_equal(x.grad, [8.0, 10.0])


@pytest.mark.step14
def test_gradients_add_up_until_they_are_cleared() -> None:
    x = Variable(np.array(3.0))
    for expected in (2.0, 4.0):
        add(x, x).backward()
        assert x.grad == expected
    x.cleargrad()
    assert x.grad is None
    add(x, x).backward()
    assert x.grad == 2.0


@pytest.mark.step14
def test_adding_up_makes_a_new_array() -> None:
    """A gradient that was read before stays as it was."""
    x = Variable(np.array([3.0]))
    square(x).backward()
    first = x.grad
    square(x).backward()
    np.testing.assert_array_equal(first, [6.0])
    np.testing.assert_array_equal(x.grad, [12.0])


@pytest.mark.step14
@pytest.mark.parametrize("shape", [(), (2,)])
def test_a_slip_in_place_changes_one_gradient_only(shape: tuple[int, ...]) -> None:
    x0, x1 = Variable(np.ones(shape)), Variable(np.ones(shape))
    y = Same()(x0 + x1)
    y.backward(retain_grad=True)
    for slip in (x0, y):
        assert slip.grad is not None
        slip.grad += 1
    np.testing.assert_array_equal(x1.grad, np.ones(shape))
    np.testing.assert_array_equal(y.creator.inputs[0].grad, np.ones(shape))
    assert type(y.grad) is type(x0.grad) is type(x1.grad) is np.ndarray


@pytest.mark.step14
def test_backward_starts_from_the_gradient_that_is_set() -> None:
    x = Variable(np.array([3.0, 4.0]))
    y = square(x)
    y.grad = start = np.array([10.0, 100.0])
    y.backward(retain_grad=True)
    np.testing.assert_array_equal(x.grad, [60.0, 800.0])
    np.testing.assert_array_equal(y.grad, start)
    y.backward()  # starts from the same gradient again, and does not add it to itself
    np.testing.assert_array_equal(x.grad, [120.0, 1600.0])
    np.testing.assert_array_equal(start, [10.0, 100.0])


@pytest.mark.step13
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int8, np.int64, np.bool_])
def test_backward_on_a_variable_without_creator_sets_its_own_gradient_only(dtype: type) -> None:
    x = Variable(np.zeros((2, 0, 3), dtype))
    scalar = Variable(np.array(0, dtype))
    for v in (x, scalar):
        for _ in range(2):
            v.backward()
            assert v.grad is not None
            assert v.grad.dtype.kind == "f"
            assert v.dtype.kind != "f" or v.grad.dtype == dtype
            np.testing.assert_array_equal(v.grad, np.ones(v.shape))
    assert isinstance(scalar.grad, np.ndarray)
    assert visiting_order(x) == []


@pytest.mark.step14
def test_an_error_while_adding_up_changes_no_gradient() -> None:
    x0, x1, x2 = (Variable(np.ones(3)) for _ in range(3))
    x0.grad, x1.grad = np.ones(3), np.ones(2)  # of another shape than its data
    with pytest.raises(ValueError, match=r"\(2,\)"):
        Total()(x2, x0, x1).backward(retain_grad=True)
    np.testing.assert_array_equal(x0.grad, np.ones(3))
    np.testing.assert_array_equal(x1.grad, np.ones(2))
    assert x2.grad is None
