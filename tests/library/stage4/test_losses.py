"""The losses and accuracy: known values, labels of every wrong kind, numbers that are too large for a plain formula."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite.stage4 import Variable

LOGITS = np.array([[0.2, -0.4, 0.3], [0.1, 0.1, 0.5], [1.0, -2.0, 0.3], [0.0, 0.0, 0.0]])
LABELS = np.array([2, 0, 1, 0])


@pytest.mark.step42
def test_mean_squared_error_divides_by_the_number_of_rows() -> None:
    x0, x1 = Variable(np.array([[1.0, 2.0], [3.0, 4.0]])), Variable(np.array([[0.0, 0.0], [1.0, 8.0]]))
    y = F.mean_squared_error(x0, x1)
    y.backward()
    assert y.data == (1 + 4 + 4 + 16) / 2
    np.testing.assert_array_equal(x0.grad.data, [[1, 2], [2, -4]])  # type: ignore[union-attr]
    np.testing.assert_array_equal(x1.grad.data, [[-1, -2], [-2, 4]])  # type: ignore[union-attr]


@pytest.mark.step42
@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((100, 1), (100,)), "needs two equal shapes, got (100, 1) and (100,); reshape one"),
        (((3,), ()), "needs two equal shapes, got (3,) and (); reshape one"),
        (((0, 2), (0, 2)), "needs at least one row, got shape (0, 2)"),
        (((), ()), "needs at least one row, got shape ()"),
    ],
)
def test_mean_squared_error_refuses_what_it_cannot_mean(shapes: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        F.mean_squared_error(*[Variable(np.ones(shape)) for shape in shapes])
    assert str(caught.value) == f"mean_squared_error {message}"


@pytest.mark.step47
def test_softmax_cross_entropy_of_the_worked_example() -> None:
    x = Variable(LOGITS)
    loss = F.softmax_cross_entropy(x, LABELS)
    loss.backward()
    assert loss.shape == ()
    assert f"{loss.data:.6f}" == "1.665252"
    p = np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(x.grad.data, (p - np.eye(3)[LABELS]) / 4, rtol=1e-14)  # type: ignore[union-attr]


@pytest.mark.step47
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_a_guess_costs_the_logarithm_of_the_number_of_classes(classes: int) -> None:
    loss = F.softmax_cross_entropy(np.full((5, classes), 7.0), np.arange(5) % classes)
    assert loss.data == pytest.approx(math.log(classes), rel=1e-14)


@pytest.mark.step47
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_logits_neither_overflow_nor_hide_other_rows(dtype: type) -> None:
    with np.errstate(all="raise", under="ignore"):
        x = Variable(np.array([[0, 0], [1000, 1000], [-1000, -1001], [5000, 0]], dtype))
        loss = F.softmax_cross_entropy(x, np.array([0, 1, 0, 1]))
        loss.backward()
    expected = (2 * math.log(2) + math.log(1 + math.exp(-1)) + 5000) / 4
    assert loss.data == pytest.approx(expected, rel=1e-6)
    assert loss.dtype == dtype
    assert x.grad is not None
    assert x.grad.dtype == dtype
    np.testing.assert_allclose(x.grad.data.sum(axis=1), 0, atol=1e-7)


@pytest.mark.step47
def test_labels_that_do_not_count_count_nowhere() -> None:
    x = np.random.default_rng(0).standard_normal((2, 3, 5))
    t = np.array([[0, 4, -100], [2, -100, -100]])
    v, w = Variable(x), Variable(x[t >= 0])
    some, all_ = F.softmax_cross_entropy(v, t, ignore=-100), F.softmax_cross_entropy(w, t[t >= 0])
    assert some.data == all_.data
    some.backward()
    all_.backward()
    assert v.grad is not None
    assert w.grad is not None
    np.testing.assert_array_equal(v.grad.data[t >= 0], w.grad.data)
    assert not v.grad.data[t < 0].any()


@pytest.mark.step47
def test_the_plain_formula_can_be_differentiated_twice_and_agrees() -> None:
    v = Variable(LOGITS)
    seconds = []
    for f in (
        lambda v: F.softmax_cross_entropy(v, LABELS),
        lambda v: -F.mean(F.log(F.softmax(v))[np.arange(4), LABELS]),
        lambda v: -F.mean(F.log_softmax(v)[np.arange(4), LABELS]),
    ):
        f(v).backward(create_graph=True)
        gx = v.grad
        v.cleargrad()
        (gx * np.arange(12.0).reshape(4, 3)).backward()  # type: ignore[operator]
        seconds.append(v.grad.data)  # type: ignore[union-attr]
        v.cleargrad()
    np.testing.assert_allclose(seconds[1], seconds[0], rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(seconds[2], seconds[0], rtol=1e-10, atol=1e-14)


@pytest.mark.step47
@pytest.mark.parametrize("f", [F.softmax_cross_entropy, F.accuracy])
@pytest.mark.parametrize(
    ("t", "kind", "message"),
    [
        (LABELS - 1, ValueError, "labels must be between 0 and 2, got -1"),
        (LABELS + 1, ValueError, "labels must be between 0 and 2, got 3"),
        (LABELS * 1.0, TypeError, "labels must be whole numbers, got float64; write t.astype(int)"),
        (LABELS > 0, TypeError, "labels must be whole numbers, got bool; write t.astype(int)"),
        (
            np.eye(3)[LABELS],
            ValueError,
            "labels need one number for each row, shape (4,), got (4, 3); for one-hot labels, take t.argmax(axis=-1)",
        ),
        (LABELS[:, None], ValueError, "labels need one number for each row, shape (4,), got (4, 1); reshape t"),
        (LABELS[:3], ValueError, "labels need one number for each row, shape (4,), got (3,); reshape t"),
        (np.array(0), ValueError, "labels need one number for each row, shape (4,), got (); reshape t"),
    ],
)
def test_labels_that_do_not_fit_are_named(f: Any, t: Any, kind: type[Exception], message: str) -> None:
    for labels in (t, Variable(t), t.tolist()):
        with pytest.raises(kind) as caught:
            f(Variable(LOGITS), labels)
        assert str(caught.value) == message


@pytest.mark.step47
def test_a_label_to_ignore_excuses_no_other() -> None:
    with pytest.raises(ValueError, match="labels must be between 0 and 2, got -1"):
        F.softmax_cross_entropy(LOGITS, np.array([-100, -1, 0, 0]), ignore=-100)
    with pytest.raises(ValueError, match="needs at least one label that counts, got none"):
        F.softmax_cross_entropy(LOGITS, np.full(4, -100), ignore=-100)
    with pytest.raises(ValueError, match="needs at least one label that counts, got none"):
        F.softmax_cross_entropy(np.ones((0, 3)), np.ones(0, int))


@pytest.mark.step48
def test_accuracy_of_no_rows_is_no_number() -> None:
    """It was NaN, with a warning about a mean, and a mean over batches is NaN with it."""
    with pytest.raises(ValueError, match="accuracy needs at least one row, got none"):
        F.accuracy(np.ones((0, 3)), np.ones(0, int))


@pytest.mark.step48
def test_accuracy_is_the_share_of_right_rows() -> None:
    y = np.array([[3.0, 1, 0], [2, 0, 1], [0, 5, 1], [9, 1, 2]])
    for data in (y, Variable(y), y.tolist()):
        got = F.accuracy(data, [0, 1, 1, 0])
        assert got.data == 0.75
        assert got.creator is None
    assert F.accuracy(y.reshape(2, 2, 3), [[0, 1], [1, 2]]).data == 0.5
