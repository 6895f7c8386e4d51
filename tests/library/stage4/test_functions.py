"""Each function at random shapes against two witnesses, differences and HIPS autograd, to second order; their laws."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lite.functions as F
from dezero_lite import stage4, stage5
from dezero_lite.stage4 import Function, Variable
from dezero_lite.stage4.parts import PutBack
from dezero_lite.testing import check_gradient

from .cases import SHAPES, TABLE, Case, array, stretched

EXAMPLES = int(os.environ.get("DEZERO_EXAMPLES", "25"))
each_function = pytest.mark.parametrize(
    "make",
    [pytest.param(make, id=name, marks=getattr(pytest.mark, f"step{step}")) for name, (step, make) in TABLE.items()],
)
many = settings(max_examples=EXAMPLES)


def gradients(variables: list[Variable]) -> list[np.ndarray]:
    """The gradients, cleared away; zeros where none arrived, because the result does not depend on the input."""
    found = [np.zeros(v.shape) if v.grad is None else np.asarray(v.grad.data) for v in variables]
    for v in variables:
        v.cleargrad()
    return found


def squared(case: Case, weights: np.ndarray, y: Any) -> Any:
    """So that gradients differ from place to place, and a second derivative is not 0."""
    return weights * y * y


def weights_for(case: Case, plain: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Weights for the value of the function, and for each of its gradients."""
    rng = np.random.default_rng(0)
    weights = rng.standard_normal(plain.shape)
    return weights, [rng.standard_normal(x.shape) for x in case.xs]


def by_autograd(case: Case, weights: np.ndarray, again: list[np.ndarray]) -> tuple[Any, Any]:
    """HIPS autograd's gradients of the weighted square of the function, and those of their own weighted sum."""

    def value(xs: Any) -> Any:
        return anp.sum(squared(case, weights, case.theirs(*xs)))

    def weighted(xs: Any) -> Any:
        gxs = autograd.grad(value)(xs)
        return sum(anp.sum(w * gx) for w, gx in zip(again, gxs, strict=True))

    xs = tuple(case.xs)
    return autograd.grad(value)(xs), autograd.grad(weighted)(xs)


def through_the_graph(
    case: Case, variables: list[Variable], weights: np.ndarray, again: list[np.ndarray]
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The same of ours, where the graph of the gradients is kept for the second order."""
    squared(case, weights, case.ours(*variables)).backward(create_graph=True)
    gxs: list[Any] = [v.grad for v in variables]
    first = gradients(variables)
    total = sum((F.sum(w * gx) for w, gx in zip(again, gxs, strict=True)), Variable(np.array(0.0)))
    total.backward()
    return first, gradients(variables)


def second_order(case: Case, rtol: float, atol: float) -> tuple[list[np.ndarray], Any]:
    """Return our second gradients and autograd's, for a function whose value and first ones are compared here."""
    plain = np.asarray(case.theirs(*case.xs))
    weights, again = weights_for(case, plain)
    variables = [Variable(x) for x in case.xs]
    y = case.ours(*variables)
    np.testing.assert_allclose(y.data, plain, rtol=rtol, atol=atol, strict=bool(plain.shape))
    first, second = by_autograd(case, weights, again)
    squared(case, weights, y).backward()
    for v in variables:
        assert v.grad is not None
        assert (v.grad.shape, v.grad.dtype) == (v.shape, v.dtype)
    close(gradients(variables), first)
    ours = through_the_graph(case, variables, weights, again)
    close(ours[0], first)
    return ours[1], second


@each_function
@many
@given(data=st.data())
@pytest.mark.filterwarnings("ignore:Output seems independent of input")
def test_value_and_both_orders_equal_autograd(make: Any, data: st.DataObject) -> None:
    close(*second_order(make(data.draw), rtol=1e-12, atol=1e-14))


def close(actual: list[np.ndarray], expected: Any) -> None:
    for a, b in zip(actual, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-10)


@each_function
@settings(max_examples=max(EXAMPLES // 5, 5))
@given(data=st.data())
def test_both_orders_equal_differences(make: Any, data: st.DataObject) -> None:
    case: Case = make(data.draw)
    for i, x in enumerate(case.xs):
        check_gradient(partial(square_at, case, i), Variable(x), order=2, rtol=1e-4, atol=1e-5)


def square_at(case: Case, i: int, v: Variable) -> Variable:
    """The square of the function, with v in one of the places of its inputs."""
    return F.square(case.ours(*case.xs[:i], v, *case.xs[i + 1 :]))


@each_function
@settings(max_examples=10)
@given(data=st.data())
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_the_type_is_kept_in_both_orders(make: Any, dtype: type, data: st.DataObject) -> None:
    keeps_its_type(make(data.draw), dtype)


def keeps_its_type(case: Case, dtype: type) -> None:
    variables = [Variable(x.astype(dtype)) for x in case.xs]
    with np.errstate(all="ignore"):  # half precision ends at 65,504
        y = case.ours(*variables)
        assert y.dtype == dtype
        (y * y).backward(create_graph=True)
        gxs = [v.grad for v in variables]
        for v, gx in zip(variables, gxs, strict=True):
            assert gx is not None
            assert gx.dtype == dtype
            v.cleargrad()
        gxs[0].backward()  # type: ignore[union-attr]
    for v in variables:
        assert v.grad is None or v.grad.dtype == dtype


@each_function
@settings(max_examples=10)
@given(data=st.data())
def test_arrays_are_constants_and_whole_numbers_become_floats(make: Any, data: st.DataObject) -> None:
    case: Case = make(data.draw)
    before = [np.copy(x) for x in case.xs]
    y = case.ours(*[Variable(x) for x in case.xs])
    constant = _of_arrays(case)
    if constant is not None:
        np.testing.assert_array_equal(constant.data, y.data)
        if constant.creator is not None:
            assert not any(x.wanted for x in constant.creator.inputs if x.creator is None)
    start = np.ones_like(y.data)
    y.grad = Variable(start)
    y.backward()
    assert np.all(start == 1)  # others may hold the gradient that a function gets
    v = [Variable(np.ones(x.shape, int)) for x in case.xs]
    z = case.ours(*v)
    z.backward()
    for x in v:
        assert x.grad is not None
        assert x.grad.dtype == np.float64
    for array_now, array_before in zip(case.xs, before, strict=True):
        np.testing.assert_array_equal(array_now, array_before)  # what a function gets it does not change


def _of_arrays(case: Case) -> Variable | None:
    """What the function gives for arrays; None where it is called as a method, or an operator: these are NumPy's."""
    try:
        y = case.ours(*case.xs)
    except TypeError:
        return None
    return y if isinstance(y, Variable) else None


@pytest.mark.step40
@many
@given(data=st.data())
def test_sum_to_is_the_adjoint_of_broadcast_to(data: st.DataObject) -> None:
    longer = data.draw(SHAPES)
    x, y = array(data.draw, stretched(data.draw, longer)), array(data.draw, longer)
    there, back = F.broadcast_to(x, longer).data, F.sum_to(y, x.shape).data
    np.testing.assert_allclose(np.sum(there * y), np.sum(x * back), rtol=1e-12, atol=1e-12)


@pytest.mark.step47
def test_rows_get_all_their_gradients_in_any_order_of_memory() -> None:
    x, gy = Variable(np.zeros((3, 2))), np.arange(8.0).reshape(2, 4).T
    y = x[np.array([2, 0, 2, -1], np.int8)]
    y.grad = Variable(gy)
    y.backward()
    assert x.grad is not None
    np.testing.assert_array_equal(x.grad.data, [gy[1], [0, 0], gy[0] + gy[2] + gy[3]])


@pytest.mark.step47
@pytest.mark.parametrize("rows", [3, 300, 3000])
def test_few_rows_of_many_and_many_of_few_get_the_same_gradients(rows: int) -> None:
    place, gy = np.array([2, 0, 2]), np.arange(12.0).reshape(3, 4)
    y = PutBack(place, (rows, 4))(gy).data
    np.testing.assert_array_equal(y[:3], [gy[1], [0, 0, 0, 0], gy[0] + gy[2]])
    assert not y[3:].any()


@pytest.mark.step38
@pytest.mark.step47
@pytest.mark.parametrize("name", ["reshape", "transpose", "get_item", "concatenate", "stack", "sum", "mean"])
@many
@given(data=st.data())
def test_the_backward_pass_of_what_is_linear_is_its_adjoint(name: str, data: st.DataObject) -> None:
    """<f(x), v> = <x, what v becomes on the way back>, for every x and v."""
    case = TABLE[name][1](data.draw)
    variables = [Variable(x) for x in case.xs]
    y = case.ours(*variables)
    v = np.random.default_rng(1).standard_normal(y.shape)
    y.grad = Variable(v)
    y.backward()
    back = sum(np.sum(x * g) for x, g in zip(case.xs, gradients(variables), strict=True))
    np.testing.assert_allclose(np.sum(y.data * v), back, rtol=1e-10, atol=1e-12)


@pytest.mark.step38
@pytest.mark.parametrize("axes", [(1, 2, 0), (2, 0, 1), (-1, 0, 1)])
def test_the_gradient_of_a_cube_finds_its_way_back(axes: tuple[int, ...]) -> None:
    x = Variable(np.arange(27.0).reshape(3, 3, 3))
    y = x.transpose(*axes)
    y.grad = Variable(y.data)
    y.backward()
    np.testing.assert_array_equal(x.grad.data, x.data)  # type: ignore[union-attr]


@pytest.mark.step38
@pytest.mark.parametrize("args", [(2, 3), ((2, 3),), ([2, 3],), (-1, 3), (2, -1)])
def test_reshape_takes_numbers_or_a_tuple(args: Any) -> None:
    x = Variable(np.arange(6.0))
    assert x.reshape(*args).shape == F.reshape(x, *args).shape == (2, 3)


@pytest.mark.step38
def test_shapes_are_views_of_the_same_numbers() -> None:
    x = Variable(np.arange(6.0))
    for y in (x.reshape(2, 3), x.reshape(2, 3).T, F.broadcast_to(x, (4, 6)), x[2:]):
        assert np.shares_memory(x.data, y.data)
    with pytest.raises(ValueError, match="read-only"):
        F.broadcast_to(x, (4, 6)).data[0, 0] = 1.0


@pytest.mark.step39
@pytest.mark.parametrize("f", [F.sum, F.max])
def test_the_gradient_of_a_reduction_is_an_array_that_can_be_written(f: Any) -> None:
    x = Variable(np.arange(3.0))
    f(x).backward()
    x.grad.data[:] = 7.0  # type: ignore[union-attr]


@pytest.mark.step39
@pytest.mark.parametrize("f", [F.sum, F.max, F.min, F.mean])
@pytest.mark.parametrize("axis", [None, 0, -1, ()])
def test_a_number_may_be_reduced_along_the_axis_that_it_does_not_have(f: Any, axis: Any) -> None:
    """As in NumPy; the value was there, and the backward pass failed."""
    x = Variable(np.array(3.0))
    f(x, axis=axis).backward()
    assert x.grad is not None
    assert x.grad.data == 1


@pytest.mark.step39
@pytest.mark.parametrize(("f", "value"), [(F.sum, 6.0), (F.mean, 2.0), (F.max, 3.0), (F.min, 1.0)])
def test_a_list_can_be_reduced_and_axes_go_unless_they_are_to_be_kept(f: Any, value: float) -> None:
    y = f([[1.0, 2.0, 3.0]])
    assert (y.data, y.shape) == (value, ())
    assert f([[1.0, 2.0, 3.0]], axis=1).shape == (1,)


@pytest.mark.step39
def test_equal_elements_share_the_gradient_of_a_maximum() -> None:
    x = Variable(np.array([[2.0, 5.0, 5.0], [1.0, 1.0, 1.0]]))
    x.max(axis=1).backward()
    np.testing.assert_allclose(x.grad.data, np.array([[0, 0.5, 0.5], [1 / 3] * 3]))  # type: ignore[union-attr]


@pytest.mark.step41
@pytest.mark.parametrize("wanted", [(True, False), (False, True)])
@pytest.mark.parametrize("f", [F.matmul, F.linear])
def test_a_product_that_nobody_wants_is_not_computed(f: Any, wanted: tuple[bool, bool]) -> None:
    x, W = np.ones((4, 3)), np.ones((3, 2))
    y = f(Variable(x) if wanted[0] else x, Variable(W) if wanted[1] else W)
    gxs = y.creator.backward(np.ones((4, 2)))
    assert tuple(gx is not None for gx in gxs[:2]) == wanted


def test_matrices_take_the_faster_of_numpys_two_products(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a column times a row, as in the gradient of a single example, @ takes several times as long as np.dot."""
    calls: list[tuple[int, ...]] = []
    dot = np.dot

    def counted(x: np.ndarray, W: np.ndarray) -> Any:
        calls.append((*x.shape, *W.shape))
        return dot(x, W)

    monkeypatch.setattr(np, "dot", counted)
    F.linear(Variable(np.ones((1, 3))), Variable(np.ones((3, 2)))).backward()
    assert calls == [(1, 3, 3, 2), (1, 2, 2, 3), (3, 1, 1, 2)]
    F.matmul(Variable(np.ones((5, 1, 3))), Variable(np.ones((3, 2)))).backward()
    assert len(calls) == 3


@pytest.mark.step41
def test_the_data_of_a_layer_is_a_constant() -> None:
    for f in (lambda x, W: x @ W, F.matmul, F.linear):
        y = f(np.ones((4, 3)), Variable(np.ones((3, 2))))
        assert [x.wanted for x in y.creator.inputs] == [False, True]


@pytest.mark.step47
def test_what_is_taken_twice_gets_both_gradients() -> None:
    x = Variable(np.zeros(3))
    x[[0, 0, 1]].backward()
    np.testing.assert_array_equal(x.grad.data, [2.0, 1.0, 0.0])  # type: ignore[union-attr]


@pytest.mark.step47
def test_a_variable_can_be_unpacked_and_looped_over() -> None:
    x: Any = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    a, b = x
    assert (a.data.tolist(), b.data.tolist()) == ([1.0, 2.0], [3.0, 4.0])


@pytest.mark.step43
def test_sigmoid_and_softmax_do_not_overflow() -> None:
    with np.errstate(all="raise", under="ignore"):
        for dtype in (np.float32, np.float64):
            large = np.array([-1e4, 0.0, 1e4], dtype)
            np.testing.assert_allclose(F.sigmoid(large).data, [0, 0.5, 1])
            np.testing.assert_allclose(F.softmax(large).data, [0, 0, 1])
            np.testing.assert_allclose(F.log_softmax(large).data, [-2e4, -1e4, 0])


def test_nan_is_passed_on() -> None:
    for f in (F.relu, F.leaky_relu, F.sigmoid, F.softmax, F.sum, F.mean, lambda x: F.clip(x, 0, 1)):
        assert np.isnan(f(np.array([np.nan])).data).all()


@pytest.mark.step51
@pytest.mark.parametrize(
    ("f", "at", "slope"),
    [
        (F.relu, 0.0, 0.0),
        (F.leaky_relu, 0.0, 0.2),
        (lambda x: F.clip(x, -1.0, 2.0), -1.0, 1.0),
        (lambda x: F.clip(x, -1.0, 2.0), 2.0, 1.0),
        (lambda x: F.clip(x, None, 2.0), -9.0, 1.0),
        (lambda x: F.clip(x, None, 2.0), 2.5, 0.0),
        (lambda x: F.clip(x, -1.0, None), -2.0, 0.0),
    ],
)
def test_the_gradient_at_a_kink_is_the_one_that_is_told(f: Any, at: float, slope: float) -> None:
    x = Variable(np.array([at]))
    f(x).backward()
    assert x.grad is not None
    assert x.grad.data[0] == slope


def numbers(*shape: int) -> np.ndarray:
    return np.ones(shape)


@pytest.mark.parametrize(
    ("wrong", "kind", "message"),
    [
        pytest.param(*row, marks=getattr(pytest.mark, f"step{step}"))
        for step, *row in [
            (38, lambda: F.reshape(numbers(6), 4, 2), ValueError, "cannot reshape array of size 6 into shape (4,2)"),
            (38, lambda: F.transpose(numbers(2, 3), 0), ValueError, "needs each of x's 2 axes once, got (0,)"),
            (38, lambda: F.transpose(numbers(2, 3), 1, 1), ValueError, "needs each of x's 2 axes once, got (1, 1)"),
            (38, lambda: F.transpose(numbers(2, 3), (0, 2)), np.exceptions.AxisError, "axis 2 is out of bounds"),
            (39, lambda: F.sum(numbers(3), axis=1), np.exceptions.AxisError, "axis 1 is out of bounds"),
            (39, lambda: F.max(numbers(3), axis=1), np.exceptions.AxisError, "axis 1 is out of bounds"),
            (39, lambda: F.mean(numbers(0, 3)), ValueError, "mean needs at least one element, got shape (0, 3)"),
            (39, lambda: F.max(numbers(0)), ValueError, "zero-size array to reduction operation maximum"),
            (40, lambda: F.broadcast_to(numbers(2, 3), (3,)), ValueError, "cannot stretch (2, 3) to (3,)"),
            (40, lambda: F.broadcast_to(numbers(2), (3,)), ValueError, "broadcast_to cannot stretch (2,) to (3,)"),
            (40, lambda: F.sum_to(numbers(2, 3), (2,)), ValueError, "sum_to cannot sum (2, 3) to (2,)"),
            (40, lambda: F.sum_to(numbers(2, 3), (3, 2)), ValueError, "sum_to cannot sum (2, 3) to (3, 2)"),
            (40, lambda: F.sum_to(numbers(3), (2, 3)), ValueError, "sum_to cannot sum (3,) to (2, 3)"),
            (
                41,
                lambda: F.matmul(numbers(4, 3), numbers(2, 5)),
                ValueError,
                "matmul needs x.shape[-1] == W.shape[-2], got (4, 3) and (2, 5)",
            ),
            (41, lambda: F.matmul(numbers(3), numbers(2)), ValueError, "== W.shape[-2], got (3,) and (2,)"),
            (
                41,
                lambda: F.matmul(2.0, numbers(2)),
                ValueError,
                "matmul needs arrays with axes, got () and (2,); take * for a number",
            ),
            (
                43,
                lambda: F.linear(numbers(4, 3), numbers(2, 5)),
                ValueError,
                "linear needs x of shape (..., D) and W of shape (D, H), got (4, 3) and (2, 5)",
            ),
            (43, lambda: F.linear(numbers(4, 3), numbers(3)), ValueError, "got (4, 3) and (3,)"),
            (43, lambda: F.linear(3.0, numbers(3, 2)), ValueError, "got () and (3, 2)"),
            (
                43,
                lambda: F.linear(numbers(4, 3), numbers(3, 2), numbers(1, 2)),
                ValueError,
                "linear needs b of shape (2,), got (1, 2)",
            ),
            (47, lambda: F.get_item(numbers(3), 3), IndexError, "index 3 is out of bounds"),
            (51, lambda: F.concatenate([]), ValueError, "concatenate needs at least one array, got none"),
            (51, lambda: F.stack([]), ValueError, "concatenate needs at least one array, got none"),
            (51, lambda: F.stack([numbers(2), numbers(3)]), ValueError, "array at index 0 has size 2"),
            (51, lambda: F.stack([numbers(2)], axis=2), np.exceptions.AxisError, "axis 2 is out of bounds"),
            (
                51,
                lambda: F.where(numbers(3), 1.0, 2.0),
                TypeError,
                "where needs truth values, such as x > 0, got float64",
            ),
        ]
    ],
)
def test_what_cannot_be_computed_is_named(wrong: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        wrong()
    assert message in str(caught.value)


def test_every_function_has_a_row() -> None:
    no_rows = {"accuracy", "as_variable", "he", "no_grad", "setup_tensors", "using_config", "xavier"}
    of_stage_3 = {"cos", "exp", "log", "sin", "sqrt", "square", "tanh"}
    functions = {name for name in stage4.__all__ if name.islower()} - no_rows
    assert functions - of_stage_3 == set(TABLE) - {"operators"}
    assert functions | {"accuracy"} <= set(F.__all__)


def test_every_function_of_the_index_is_the_stages_own() -> None:
    for name in F.__all__:
        assert getattr(F, name) is getattr(stage4, name, getattr(stage5, name, None))
    rules = {thing for thing in vars(stage4).values() if isinstance(thing, type) and issubclass(thing, Function)}
    assert len(rules) == 21
