"""Each function at random shapes against its definition, differences and HIPS autograd, to second order; their laws."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lite
import dezero_lite.functions as F
from dezero_lite import Variable, stage5
from dezero_lite.stage3 import Function
from dezero_lite.stage5.windows import add_windows, images_last, windows
from dezero_lite.testing import check_gradient

from ..stage4.cases import Case, array
from ..stage4.test_functions import (
    EXAMPLES,
    close,
    gradients,
    keeps_its_type,
    second_order,
    square_at,
)
from .cases import TABLE, places, sizes

each_function = pytest.mark.parametrize(
    "make",
    [pytest.param(make, id=name, marks=getattr(pytest.mark, f"step{step}")) for name, (step, make) in TABLE.items()],
)
many = settings(max_examples=EXAMPLES)


@each_function
@many
@given(data=st.data())
@pytest.mark.filterwarnings("ignore:Output seems independent of input")
def test_value_and_both_orders_equal_autograd(make: Any, data: st.DataObject) -> None:
    ours, theirs = second_order(make(data.draw), rtol=1e-10, atol=1e-12)
    scale = max(1.0, *[float(np.abs(gx).max(initial=0)) for gx in theirs])
    close([g / scale for g in ours], [g / scale for g in theirs])


@each_function
@settings(max_examples=max(EXAMPLES // 5, 5))
@given(data=st.data())
def test_the_gradient_equals_differences(make: Any, data: st.DataObject) -> None:
    case: Case = make(data.draw)
    for i, x in enumerate(case.xs):
        check_gradient(partial(square_at, case, i), Variable(x), rtol=1e-4, atol=1e-4)


@each_function
@settings(max_examples=5)
@given(data=st.data())
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_the_type_is_kept_in_both_orders(make: Any, dtype: type, data: st.DataObject) -> None:
    keeps_its_type(make(data.draw), dtype)


@each_function
@settings(max_examples=5)
@given(data=st.data())
def test_arrays_are_constants_and_whole_numbers_work(make: Any, data: st.DataObject) -> None:
    case: Case = make(data.draw)
    before = [np.copy(x) for x in case.xs]
    y, constant = case.ours(*[Variable(x) for x in case.xs]), case.ours(*case.xs)
    assert isinstance(constant, Variable)
    np.testing.assert_array_equal(constant.data, y.data)
    start = np.ones_like(y.data)
    y.grad = Variable(start)
    y.backward()
    assert (start == 1).all()  # others may hold the gradient that a function gets
    v = [Variable(np.ones(x.shape, int)) for x in case.xs]
    case.ours(*v).backward()
    assert {x.grad.dtype for x in v} == {np.dtype(np.float64)}  # type: ignore[union-attr]
    for x, kept in zip(case.xs, before, strict=True):
        np.testing.assert_array_equal(x, kept)  # what a function gets it does not change


@pytest.mark.step56
@pytest.mark.step57
@pytest.mark.parametrize("name", ["im2col", "col2im", "average_pooling", "global_average_pooling", "dropout"])
@many
@given(data=st.data())
def test_the_backward_pass_of_what_is_linear_is_its_adjoint(name: str, data: st.DataObject) -> None:
    case = TABLE[name][1](data.draw)
    x = Variable(case.xs[0])
    y = case.ours(x)
    v = np.random.default_rng(1).standard_normal(y.shape)
    y.grad = Variable(v)
    y.backward()
    np.testing.assert_allclose(np.sum(y.data * v), np.sum(x.data * gradients([x])[0]), rtol=1e-10, atol=1e-12)


@pytest.mark.step57
@many
@given(data=st.data())
def test_the_triangle_is_one_number(data: st.DataObject) -> None:
    """<conv2d(x, W), g> = <x, deconv2d(g, W)> = <W, the gradient at W>: what each of the three says of the others."""
    (h, w), given, (kernel, stride, pad) = sizes(data.draw)
    x, W = array(data.draw, (2, 3, h, w)), array(data.draw, (4, 3, *kernel))
    y = F.conv2d(x, W, None, *given[1:])
    g = np.random.default_rng(1).standard_normal(y.shape)
    back = F.deconv2d(g, W, None, given[1], given[2], (h, w))
    at_kernels = stage5.KernelGradient(stride, pad, kernel)(x, g)
    products = [np.sum(y.data * g), np.sum(x * back.data), np.sum(W * at_kernels.data)]
    np.testing.assert_allclose(products, products[0], rtol=1e-10, atol=1e-10)


@pytest.mark.step57
def test_each_ones_backward_pass_is_the_other_two() -> None:
    def made_by(x: Any) -> str:
        return type(x.creator).__name__

    x, W = Variable(np.ones((1, 2, 5, 5))), Variable(np.ones((3, 2, 3, 3)))
    y = F.conv2d(x, W)
    y.backward(create_graph=True)
    assert (made_by(x.grad), made_by(W.grad)) == ("Deconvolve", "KernelGradient")
    x, W = Variable(np.ones((1, 3, 3, 3))), Variable(np.ones((3, 2, 3, 3)))
    F.deconv2d(x, W).backward(create_graph=True)
    assert (made_by(x.grad), made_by(W.grad)) == ("Convolve", "KernelGradient")
    x, g = Variable(np.ones((1, 2, 5, 5))), Variable(np.ones((1, 3, 3, 3)))
    stage5.KernelGradient(1, 0, (3, 3))(x, g).backward(create_graph=True)
    assert (made_by(x.grad), made_by(g.grad)) == ("Deconvolve", "Convolve")


@pytest.mark.step57
@pytest.mark.parametrize("f", [F.conv2d, F.deconv2d, lambda x, W: stage5.KernelGradient(1, 0, (3, 3))(x, W)])
def test_what_nobody_wants_is_not_computed(f: Any) -> None:
    one, other = np.ones((1, 3, 3, 3)), np.ones((3, 3, 3, 3))
    if f not in (F.conv2d, F.deconv2d):
        other = np.ones((1, 2, 1, 1))
    for wanted in [(True, False), (False, True)]:
        y = f(*[Variable(x) if wish else x for x, wish in zip((one, other), wanted, strict=True)])
        assert tuple(gx is not None for gx in y.creator.backward(np.ones(y.shape))[:2]) == wanted


@pytest.mark.step57
@pytest.mark.parametrize(
    ("image", "gradient"),
    [([[1, 5], [5, 1]], [[0, 1], [0, 0]]), ([[2, 2], [2, 2]], [[1, 0], [0, 0]]), ([[1, 3], [2, 3]], [[0, 1], [0, 0]])],
)
def test_of_equals_in_a_window_the_first_in_reading_order_gets_the_gradient(image: Any, gradient: Any) -> None:
    x = Variable(np.array(image, float).reshape(1, 1, 2, 2))
    F.pooling(x, 2).backward()
    np.testing.assert_array_equal(x.grad.data[0, 0], gradient)  # type: ignore[union-attr]


@pytest.mark.step57
@pytest.mark.parametrize(("kernel", "stride", "pad"), [(3, 1, 0), (3, 2, 1), ((1, 3), 1, 0), ((3, 2), (1, 2), (2, 0))])
def test_one_of_equals_gets_the_gradient_in_wide_windows_that_overlap(kernel: Any, stride: Any, pad: Any) -> None:
    """By loops over the windows of an image of few numbers, each of which stands there many times."""
    image = np.random.default_rng(0).integers(0, 3, (6, 7)).astype(float)
    (KH, KW), (SH, SW), (PH, PW) = map(stage5.pair, (kernel, stride, pad))
    x = Variable(image.reshape(1, 1, 6, 7))
    y = F.pooling(x, kernel, stride, pad)
    weights = np.arange(1.0, y.size + 1).reshape(y.shape)
    (y * weights).sum().backward()
    edged = np.pad(image, ((PH, PH), (PW, PW)), constant_values=-1)
    expected = np.zeros_like(edged)
    for i, j in np.ndindex(*y.shape[2:]):
        window = edged[i * SH : i * SH + KH, j * SW : j * SW + KW]
        row, column = np.unravel_index(window.argmax(), window.shape)
        expected[i * SH + row, j * SW + column] += weights[0, 0, i, j]
    np.testing.assert_array_equal(x.grad.data[0, 0], expected[PH : PH + 6, PW : PW + 7])  # type: ignore[union-attr]


@pytest.mark.step57
@pytest.mark.parametrize(
    ("kernel", "stride", "functions"), [(2, 2, 1), ((2, 3), (2, 4), 1), ((3, 2), 2, 2), ((2, 3), 2, 1), (3, 1, 2)]
)
def test_rows_are_pooled_first_where_windows_share_them(kernel: Any, stride: Any, functions: int) -> None:
    """There, several windows need the greatest of a row. Values and gradients are those of all windows at once."""
    image = np.random.default_rng(0).integers(0, 3, (2, 1, 7, 8)).astype(float)
    xs = [Variable(image), Variable(image)]
    ys = [F.pooling(xs[0], kernel, stride), stage5.MaxPool(kernel, stride)(xs[1])]
    assert [y.generation for y in ys] == [functions, 1]
    np.testing.assert_array_equal(ys[0].data, ys[1].data)
    for y in ys:
        (y * np.arange(1.0, y.size + 1).reshape(y.shape)).sum().backward()
    np.testing.assert_array_equal(xs[0].grad.data, xs[1].grad.data)  # type: ignore[union-attr]


@pytest.mark.step57
@pytest.mark.parametrize("f", [F.pooling, F.pooling_simple, F.average_pooling])
def test_what_is_not_a_number_is_not_passed_over(f: Any) -> None:
    """It comes from a training that has gone wrong, and whoever looks at the maps should see it."""
    x = np.zeros((1, 1, 4, 4))
    x[0, 0, 1, 2] = np.nan
    np.testing.assert_array_equal(np.isnan(f(x, 2, 2).data[0, 0]), [[False, True], [False, False]])


@pytest.mark.step57
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    ("stride", "pad", "gy", "grad"),
    [
        (2, (0, 0), [1, np.inf], [0, 1, 0, np.inf]),
        (1, (0, 0), [1, 2, np.inf], [0, 3, 0, np.inf]),
        (1, (0, 1), [np.inf, 1, 2, 3, 4], [np.inf, 3, 0, 7]),
    ],
)
def test_an_infinite_gradient_stays_where_it_belongs(
    stride: int, pad: Any, gy: Any, grad: Any, create_graph: bool
) -> None:
    """Zero times infinity would be NaN, for what is not the greatest."""
    x = Variable(np.array([1.0, 3.0, 2.0, 5.0]).reshape(1, 1, 1, 4))
    y = F.pooling(x, (1, 2), stride, pad)
    y.grad = Variable(np.array(gy, float).reshape(y.shape))
    y.backward(create_graph=create_graph)
    assert x.grad is not None
    np.testing.assert_array_equal(x.grad.data.reshape(-1), grad)


@pytest.mark.step57
@pytest.mark.parametrize("create_graph", [False, True])
def test_an_infinite_gradient_of_a_gradient_does_so_too(create_graph: bool) -> None:
    x, start = Variable(np.array([1.0, 3.0, 2.0, 5.0]).reshape(1, 1, 1, 4)), Variable(np.ones((1, 1, 1, 2)))
    y = F.pooling(x, (1, 2), 2)
    y.grad = start * 1.0
    y.backward(create_graph=True)
    gx = x.grad
    assert gx is not None
    gx.grad = Variable(np.array([np.inf, 5.0, np.inf, 7.0]).reshape(x.shape))
    gx.backward(create_graph=create_graph)
    assert start.grad is not None
    np.testing.assert_array_equal(start.grad.data.reshape(-1), [5, 7])


@pytest.mark.step57
@pytest.mark.parametrize("wrong", [(0, 2, 1, 0), (4, 0, 1, 0), (4, 2, 0, 0), (4, 2, -1, 0), (4, 2, 1, -1)])
def test_lengths_that_make_no_window_are_named(wrong: tuple[int, ...]) -> None:
    """A stride of 0 was a division by zero; a negative pad gave a result of the wrong shape, or NumPy's words."""
    size, kernel, stride, pad = wrong
    images, W = np.ones((1, 1, size, size)), np.ones((1, 1, kernel, kernel))
    message = f"pad of 0 or more, got {size}, {kernel}, {stride} and {pad}"
    for f in (F.im2col, F.average_pooling, F.pooling_simple, F.pooling):
        with pytest.raises(ValueError, match=message):
            f(images, kernel, stride, pad)
    with pytest.raises(ValueError, match=message):
        F.conv2d(images, W, None, stride, pad)
    if size:
        with pytest.raises(ValueError, match="and pad of 0 or more, got"):
            F.deconv2d(images, W, None, stride, pad)
    with pytest.raises(ValueError, match="and pad of 0 or more, got -2, 2, 1 and 3"):
        F.deconv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), None, 1, 3)


@pytest.mark.step57
@pytest.mark.parametrize("f", [F.conv2d, F.conv2d_simple, F.deconv2d])
def test_a_batch_without_images_gives_zeros_to_the_kernels(f: Any) -> None:
    x, W, b = Variable(np.ones((0, 2, 5, 5))), Variable(np.ones((2, 2, 3, 3))), Variable(np.ones(2))
    y = f(x, W, b)
    y.backward()
    assert len(y) == 0
    for v in (x, W, b):
        np.testing.assert_array_equal(v.grad.data, np.zeros(v.shape))  # type: ignore[union-attr]


@pytest.mark.step57
def test_an_edge_is_never_the_greatest() -> None:
    for x in (-np.ones((1, 1, 2, 2)), -np.ones((1, 1, 2, 2), np.int8), -np.ones((1, 1, 2, 2), np.float16)):
        y = F.pooling(x, 3, 1, 1)
        assert (y.data == -1).all()
        assert y.dtype == x.dtype
    assert (F.pooling_simple(-np.ones((1, 1, 2, 2)), 3, 1, 1).data == 0).all()


@pytest.mark.step55
@many
@given(data=st.data())
def test_a_window_has_as_many_places_as_the_formula_says(data: st.DataObject) -> None:
    size, _, pairs = sizes(data.draw)
    for one in zip(size, *pairs, strict=True):
        count = stage5.get_conv_outsize(*one)
        assert count == len(places(*one))
        least = stage5.get_deconv_outsize(count, *one[1:])
        assert one[0] - one[2] < least <= one[0] or least <= 0
    x = array(data.draw, (1, 2, *size))
    assert np.may_share_memory(x, windows(x, *pairs)) is False
    np.testing.assert_array_equal(add_windows(windows(x, 1, 1, 0), x.shape, 1, 0), x)


@pytest.mark.step54
def test_dropout_keeps_the_mean_and_follows_its_generator() -> None:
    y = F.dropout(np.ones(10_000), 0.25, np.random.default_rng(0)).data
    assert abs(y.mean() - 1) < 0.02
    assert np.unique(y).tolist() == [0, 1 / 0.75]
    np.random.seed(0)  # as programs for the book's package do
    first = F.dropout(np.ones(20)).data
    np.random.seed(0)
    assert np.array_equal(first, F.dropout(np.ones(20)).data)
    assert not np.array_equal(first, F.dropout(np.ones(20)).data)


@pytest.mark.step54
def test_test_mode_lets_everything_through_and_no_grad_does_not() -> None:
    x = Variable(np.ones(50))
    with dezero_lite.test_mode():
        assert not dezero_lite.Config.train
        assert F.dropout(x) is x
        assert isinstance(F.dropout(np.ones(3)), Variable)
    assert dezero_lite.Config.train
    with dezero_lite.no_grad():
        assert (F.dropout(x).data == 0).any()


@pytest.mark.step54
def test_test_mode_ends_where_it_began_whatever_happens_within() -> None:
    with pytest.raises(ZeroDivisionError), dezero_lite.test_mode():
        1 / 0  # noqa: B018
    assert dezero_lite.Config.train
    with dezero_lite.test_mode():
        with dezero_lite.test_mode():
            pass
        assert not dezero_lite.Config.train
    assert dezero_lite.Config.train


@pytest.mark.step58
@pytest.mark.parametrize("mode", [contextlib.nullcontext, dezero_lite.test_mode])
@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(("wrong", "kind"), [(Variable(np.ones(1)), "the Variable"), ([1.0], "list"), (1.0, "float")])
def test_batch_norm_takes_running_means_that_it_can_change(mode: Any, at: int, wrong: Any, kind: str) -> None:
    """Of a Variable it changed a copy, and a list grew longer, without a word."""
    averages: list[Any] = [np.zeros(1), np.ones(1)]
    averages[at] = wrong
    with mode(), pytest.raises(TypeError, match=f"avg_mean and avg_var in place, so they must be arrays, got {kind}"):
        F.batch_norm(np.ones((2, 1)), np.ones(1), np.zeros(1), averages[0], averages[1])
    if kind == "list":
        assert wrong == [1.0]


@pytest.mark.step58
def test_batch_norm_without_a_graph_keeps_its_running_means_all_the_same() -> None:
    means, variances = np.zeros(1), np.ones(1)
    with dezero_lite.no_grad():
        F.batch_norm(np.array([[1.0], [3.0]]), np.ones(1), np.zeros(1), means, variances)
    np.testing.assert_allclose([means, variances], [[0.2], [1.1]])


@pytest.mark.step58
@pytest.mark.parametrize("shape", [(3, 2), (3, 2, 2, 2)])
def test_batch_norm_in_test_mode_is_a_line_for_each_channel(shape: tuple[int, ...]) -> None:
    """Whose slope x gets, and no more than that: the running means are constants."""
    rng = np.random.default_rng(0)
    channels = (1, 2, 1, 1)[: len(shape)]
    x, gamma, beta = (Variable(rng.standard_normal(s)) for s in (shape, 2, 2))
    means, variances, weights = rng.standard_normal(2), rng.random(2) + 1, rng.standard_normal(shape)
    with dezero_lite.test_mode():
        (F.batch_norm(x, gamma, beta, means, variances, eps=0.1) * weights).sum().backward()
    slope = (1 / np.sqrt(variances + 0.1)).reshape(channels)
    axes = (0, 2, 3)[: len(shape) - 1]
    normal = (x.data - means.reshape(channels)) * slope
    gx, ggamma, gbeta = gradients([x, gamma, beta])
    np.testing.assert_allclose(gx, weights * slope * gamma.data.reshape(channels))
    np.testing.assert_allclose(ggamma, (weights * normal).sum(axis=axes))
    np.testing.assert_allclose(gbeta, weights.sum(axis=axes))


@pytest.mark.step58
def test_batch_norm_keeps_running_means_and_takes_them_in_test_mode() -> None:
    rng = np.random.default_rng(0)
    means, variances = np.zeros(2), np.ones(2)
    for _ in range(400):
        x = rng.standard_normal((64, 2)) * [3, 1] + [5, -1]
        y = F.batch_norm(x, np.ones(2), np.zeros(2), means, variances)
    np.testing.assert_allclose(y.data.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(y.data.std(axis=0), 1, rtol=1e-4)
    np.testing.assert_allclose(means, [5, -1], atol=0.3)
    np.testing.assert_allclose(variances, [9, 1], rtol=0.15)
    before = means.copy(), variances.copy()
    with dezero_lite.test_mode():
        y = F.batch_norm(x[:1], np.array([2.0, 1.0]), np.array([0.0, 1.0]), means, variances, eps=0)
    expected = (x[:1] - means) / np.sqrt(variances) * [2, 1] + [0, 1]
    np.testing.assert_allclose(y.data, expected)
    assert all(map(np.array_equal, before, (means, variances)))


@pytest.mark.step58
@pytest.mark.parametrize("order_of_memory", ["images first", "images last"])
def test_batch_norm_loses_no_digits_in_many_numbers(order_of_memory: str) -> None:
    x = np.random.default_rng(0).standard_normal((64, 2, 112, 112), dtype=np.float32) + np.float32(1)
    if order_of_memory == "images last":
        x = images_last(x)
    avg_mean, avg_var = np.zeros(2), np.zeros(2)
    F.batch_norm(x, np.ones(2, np.float32), np.zeros(2, np.float32), avg_mean, avg_var, decay=0)
    np.testing.assert_allclose(avg_mean, x.mean(axis=(0, 2, 3), dtype=float), rtol=3e-7)
    np.testing.assert_allclose(avg_var, x.var(axis=(0, 2, 3), dtype=float), rtol=3e-6)


@pytest.mark.step58
def test_batch_norm_of_small_whole_numbers_is_that_of_floats() -> None:
    x = np.random.default_rng(0).integers(256, size=(9, 2, 3, 3)).astype(np.uint8)
    others = np.ones(2), np.zeros(2)
    y, expected = (F.batch_norm(v, *others, np.zeros(2), np.ones(2)) for v in (x, x.astype(float)))
    np.testing.assert_allclose(y.data, expected.data, rtol=1e-12)


@pytest.mark.step58
@pytest.mark.parametrize("decay", [0.8, 0.0, 1.0])
def test_one_batch_moves_the_running_means_by_what_decay_leaves(decay: float) -> None:
    means, variances = np.zeros(1), np.ones(1)
    F.batch_norm(np.array([[1.0], [3.0]]), np.ones(1), np.zeros(1), means, variances, decay=decay)
    np.testing.assert_allclose(means, [(1 - decay) * 2])
    variance = 2  # that of a sample, not that around its mean
    np.testing.assert_allclose(variances, [decay * 1 + (1 - decay) * variance])


def numbers(*shape: int) -> np.ndarray:
    return np.ones(shape)


FAULTS = [
    (54, lambda: F.dropout(numbers(3), 1.0), "dropout needs a ratio from 0 to less than 1, got 1.0"),
    (54, lambda: F.dropout(numbers(3), -0.1), "from 0 to less than 1, got -0.1"),
    (55, lambda: stage5.get_conv_outsize(3, 5, 1, 0), "a window of 5 does not fit into 3 + 2 * 0"),
    (56, lambda: F.im2col(numbers(4, 4), 3), "images need four axes, (N, C, H, W), got shape (4, 4)"),
    (56, lambda: F.im2col(numbers(1, 1, 2, 2), 3), "a window of 3 does not fit into 2 + 2 * 0"),
    (
        56,
        lambda: F.col2im(numbers(9, 9), (1, 1, 4, 4), 3),
        "col2im needs the windows of (1, 1, 4, 4), shape (4, 9), got (9, 9)",
    ),
    (
        57,
        lambda: F.conv2d(numbers(1, 2, 4, 4), numbers(5, 3, 3, 3)),
        "conv2d needs x of shape (N, C, H, W) and W of (OC, C, KH, KW), got (1, 2, 4, 4) and (5, 3, 3, 3)",
    ),
    (57, lambda: F.conv2d(numbers(2, 4, 4), numbers(5, 2, 3, 3)), "got (2, 4, 4) and (5, 2, 3, 3)"),
    (57, lambda: F.conv2d_simple(numbers(1, 2, 4, 4), numbers(2, 3, 3)), "got (1, 2, 4, 4) and (2, 3, 3)"),
    (
        57,
        lambda: F.conv2d(numbers(1, 2, 4, 4), numbers(5, 2, 3, 3), numbers(2)),
        "conv2d needs b of shape (5,), got (2,)",
    ),
    (
        57,
        lambda: F.deconv2d(numbers(1, 2, 4, 4), numbers(3, 2, 3, 3)),
        "deconv2d needs x of shape (N, C, H, W) and W of (C, OC, KH, KW), got (1, 2, 4, 4) and (3, 2, 3, 3)",
    ),
    (
        57,
        lambda: F.deconv2d(numbers(1, 2, 4, 4), numbers(2, 5, 3, 3), numbers(2)),
        "deconv2d needs b of shape (5,), got (2,)",
    ),
    (
        57,
        lambda: F.deconv2d(numbers(1, 2, 4, 4), numbers(2, 5, 3, 3), outsize=9),
        "conv2d makes (7, 7) of outsize 9, and x has (4, 4)",
    ),
    (57, lambda: F.pooling(numbers(1, 1, 4, 4), 2, 2, 2), "pooling needs a pad below the kernel's (2, 2), got (2, 2)"),
    (57, lambda: F.pooling(numbers(1, 1, 4, 4), (2, 3), 2, (0, 3)), "below the kernel's (2, 3), got (0, 3)"),
    (57, lambda: F.pooling(numbers(4, 4), 2), "images need four axes, (N, C, H, W), got shape (4, 4)"),
    (58, lambda: F.global_average_pooling(numbers(4, 4)), "images need four axes, (N, C, H, W), got shape (4, 4)"),
    (
        58,
        lambda: F.batch_norm(numbers(4, 3), numbers(2), numbers(3), numbers(3), numbers(3)),
        "batch_norm needs x, gamma and beta of shapes (N, C, ...), (C,) and (C,), got (4, 3), (2,) and (3,)",
    ),
    (
        58,
        lambda: F.batch_norm(numbers(1, 3), numbers(3), numbers(3), numbers(3), numbers(3)),
        "batch_norm needs at least two numbers per channel to learn from; use a larger batch, or test_mode()",
    ),
    (58, lambda: F.batch_norm(numbers(3), numbers(3), numbers(3), numbers(3), numbers(3)), "got (3,), (3,) and (3,)"),
]


@pytest.mark.parametrize(
    ("wrong", "message"), [pytest.param(*row, marks=getattr(pytest.mark, f"step{step}")) for step, *row in FAULTS]
)
def test_what_cannot_be_computed_is_named(wrong: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        wrong()
    assert message in str(caught.value)


def test_every_function_of_the_index_has_a_row() -> None:
    of_stage_5 = {name for name in F.__all__ if getattr(F, name) is vars(stage5).get(name)}
    recurrent = {name for name in of_stage_5 if getattr(F, name).__module__.endswith("embeddings")}
    steps_of_an_lstm = {"linear_pair", "remember", "show"}  # only the layer calls them
    assert of_stage_5 - recurrent == set(TABLE) - steps_of_an_lstm
    images = {stage5.Convolve, stage5.Deconvolve, stage5.KernelGradient, stage5.Im2col, stage5.Col2im}
    for rule in images | {stage5.MaxPool, stage5.MaxUnpool, stage5.Pad}:
        assert issubclass(rule, Function)


@pytest.mark.step57
def test_what_is_not_said_is_a_stride_of_1_and_no_edge() -> None:
    x, W = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    f: Any
    for f in (F.conv2d, F.conv2d_simple):
        np.testing.assert_array_equal(f(x, W).data, np.full((1, 1, 3, 3), 9.0))
    assert F.deconv2d(x, W).shape == (1, 1, 7, 7)
    for f in (F.pooling, F.pooling_simple, F.average_pooling):
        np.testing.assert_array_equal(f(x, 3).data, np.ones((1, 1, 3, 3)))
    assert F.im2col(x, 3).shape == (9, 9)
    assert F.col2im(F.im2col(x, 3), x.shape, 3).data[0, 0, 2, 2] == 9


@pytest.mark.step54
@pytest.mark.step58
def test_what_is_not_said_is_a_half_and_the_books_eps() -> None:
    assert np.unique(F.dropout(np.ones(1000), rng=np.random.default_rng(0)).data).tolist() == [0, 2]
    x, averages = np.array([[1e-3], [-1e-3]]), (np.zeros(1), np.ones(1))
    y = F.batch_norm(x, np.ones(1), np.zeros(1), *averages)
    np.testing.assert_allclose(y.data, x / np.sqrt(1e-6 + 2e-5))
    np.testing.assert_allclose(averages[1], [0.9 + 0.1 * 2e-6])
