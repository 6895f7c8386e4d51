"""Streams of a data set that keep their order, and the record of sunspots."""

from __future__ import annotations

import importlib.resources

import numpy as np
import pytest

from dezero_lite.dataloaders import SeqDataLoader
from dezero_lite.datasets import Dataset, SinCurve, Sunspots

pytestmark = pytest.mark.step60


@pytest.mark.parametrize(("count", "streams"), [(12, 3), (11, 3), (5, 5), (7, 1)])
def test_each_row_is_a_stream_in_its_order(count: int, streams: int) -> None:
    numbers = np.arange(float(count)).reshape(-1, 1)
    loader = SeqDataLoader(Dataset(numbers, numbers + 0.5), streams)
    length = count // streams
    assert len(loader) == length == len(list(loader))
    for _ in range(2):  # it can be gone through again
        xs = np.stack([x for x, _ in loader])
        ts = np.stack([t for _, t in loader])
        assert xs.shape == ts.shape == (length, streams, 1)
        for b in range(streams):
            np.testing.assert_array_equal(xs[:, b, 0], np.arange(b * length, (b + 1) * length))
        np.testing.assert_array_equal(ts, xs + 0.5)


def test_samples_and_labels_go_through_the_transforms_and_keep_their_type() -> None:
    data = SinCurve(length=10)
    data.transform = lambda x: x * 2
    (x, t), *_ = SeqDataLoader(data, 2)
    assert x.dtype == t.dtype == np.float32
    np.testing.assert_array_equal(x, data.data[[0, 5]] * 2)
    np.testing.assert_array_equal(t, data.label[[0, 5]])


def test_more_streams_than_samples_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^4 streams need as many samples, got 3$"):
        SeqDataLoader(SinCurve(length=3), 4)
    with pytest.raises(ValueError, match=r"^a batch needs at least one sample, got batch_size=0$"):
        SeqDataLoader(SinCurve(length=3), 0)


def test_sunspots_are_the_years_in_a_row() -> None:
    past, future = Sunspots(), Sunspots(train=False)
    assert (len(past), len(future)) == (230, 59)
    for data in (past, future):
        assert data.data.shape[1:] == (20, 1)
        assert data.label.shape[1:] == (1,)
        assert data.data.dtype == data.label.dtype == np.float32
    whole = np.concatenate([past.data[0, :, 0], past.label[:, 0], future.label[:, 0]])
    assert whole.shape == (309,)
    windows = np.concatenate([past.data, future.data])[:, :, 0]
    for i in range(289):
        np.testing.assert_array_equal(windows[i], whole[i : i + 20])
    np.testing.assert_array_equal(Sunspots(train=True).label, past.label)
    assert Sunspots(window=1).data.shape == (249, 1, 1)


def test_sunspots_are_those_that_were_published() -> None:
    """The first and the last year, the highest and the lowest, and the sum of all."""
    file = importlib.resources.files("dezero_lite") / "data" / "sunspots.npz"
    with file.open("rb") as opened, np.load(opened) as arrays:
        year, number = arrays["year"], arrays["number"]
    np.testing.assert_array_equal(year, np.arange(1700, 2009))
    of = dict(zip(year.tolist(), number.tolist(), strict=True))
    assert {y: of[y] for y in (1700, 1750, 1816, 1900, 1957, 1989, 2008)} == {
        1700: 5.0,
        1750: 83.4,
        1816: 45.8,
        1900: 9.5,
        1957: 190.2,
        1989: 157.6,
        2008: 2.9,
    }
    assert max(of, key=lambda y: of[y]) == 1957
    assert [y for y in of if of[y] == 0] == [1711, 1712, 1810]
    assert round(sum(number), 1) == 15373.4
    assert float(Sunspots(train=False).label[0, 0]) == np.float32(0.839)


@pytest.mark.parametrize("window", [0, 250])
def test_a_window_that_leaves_no_sample_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match=f"^a window has from 1 to 249 years before 1949, got {window}$"):
        Sunspots(window=window)


def test_the_longest_window_leaves_one_sample() -> None:
    assert len(Sunspots(window=249)) == 1
