"""Data sets, transforms and the loader: what they hold, in which order, and what they refuse."""

from __future__ import annotations

import builtins
import gzip
import hashlib
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dezero_lite import transforms
from dezero_lite.dataloaders import DataLoader
from dezero_lite.datasets import MNIST, Dataset, Digits, SinCurve, Spiral
from dezero_lite.stage4.datasets import spiral_points
from dezero_lite.stage4.mnist import read_idx


@pytest.mark.step48
@pytest.mark.parametrize(("train", "seed"), [(True, 1984), (False, 2020)])
def test_the_spiral_s_points_are_the_book_s(train: bool, seed: int) -> None:
    """Which it draws one after the other, from NumPy's old generator."""
    rng = np.random.RandomState(seed)
    points, arms = [], []
    for arm in range(3):
        for i in range(100):
            angle = arm * 4.0 + 4.0 * i / 100 + rng.randn() * 0.2
            points.append([i / 100 * np.sin(angle), i / 100 * np.cos(angle)])
            arms.append(arm)
    order = rng.permutation(300)
    x, t = spiral_points(train)
    np.testing.assert_array_equal(x, np.array(points, np.float32)[order], strict=True)
    np.testing.assert_array_equal(t, np.array(arms)[order])
    data = Spiral(train)
    np.testing.assert_array_equal(data.data, x)
    np.testing.assert_array_equal(data.label, t)


@pytest.mark.step48
def test_without_a_word_it_is_the_set_to_train_with() -> None:
    np.testing.assert_array_equal(spiral_points()[0], spiral_points(train=True)[0])
    for make in (Spiral, SinCurve, Digits):
        np.testing.assert_array_equal(make().data, make(train=True).data)
        assert not np.array_equal(make().data[:300], make(train=False).data[:300])
    assert len(SinCurve()) == 400


@pytest.mark.step51
def test_digits_are_scikit_learns() -> None:
    sklearn = pytest.importorskip("sklearn.datasets")
    theirs = sklearn.load_digits()
    train, test = Digits(seed=None), Digits(train=False, seed=None)
    x, t = np.concatenate([train.data, test.data]), np.concatenate([train.label, test.label])
    np.testing.assert_array_equal(x, theirs.data.astype(np.float32) / 16, strict=True)
    np.testing.assert_array_equal(t, theirs.target)
    assert (len(train), len(test)) == (1437, 360)


@pytest.mark.step51
def test_digits_come_in_an_order_drawn_from_a_seed() -> None:
    train, test, plain = Digits(), Digits(train=False), Digits(seed=None)
    order = np.random.default_rng(0).permutation(1797)
    assert (train.data.shape, test.data.shape) == ((1437, 64), (360, 64))
    assert (train.data.dtype, train.label.dtype) == (np.float32, np.int64)
    first = order[:1437] < 1437
    np.testing.assert_array_equal(train.data[first], plain.data[order[:1437][first]])
    np.testing.assert_array_equal(train.label[first], plain.label[order[:1437][first]])
    together = np.sort(np.concatenate([train.data, test.data]).sum(axis=1))
    np.testing.assert_array_equal(together, np.sort(np.concatenate([plain.data, Digits(False, seed=None).data]).sum(1)))
    assert not np.array_equal(Digits(seed=1).data, train.data)


@pytest.mark.step49
def test_the_sine_s_labels_are_the_next_points() -> None:
    for train in (True, False):
        data = SinCurve(train, length=100)
        assert (len(data), data.data.dtype) == (100, np.float32)
        np.testing.assert_array_equal(data.data[1:], data.label[:-1])
        x, t = data[3]
        assert x.shape == t.shape == (1,)
    angle = 2 * np.pi * np.arange(100) / 25
    noise = SinCurve(length=100).data[:, 0] - np.sin(angle)
    assert 0.04 < np.abs(noise).max() <= 0.05 + 1e-6
    np.testing.assert_allclose(SinCurve(train=False, length=100).data[:, 0], np.cos(angle), atol=1e-6)


@pytest.mark.step49
def test_a_data_set_transforms_what_is_asked_for() -> None:
    data = Dataset([1, 2, 3], "abc", transform=lambda x: 10 * x, target_transform=str.upper)
    assert (len(data), data[1], data[-1]) == (3, (20, "B"), (30, "C"))
    assert (data[1], data.data, data.label) == ((20, "B"), [1, 2, 3], "abc")  # each time from what was given
    pairs: Any = Dataset(np.arange(2), np.arange(2))
    assert list(pairs) == [(0, 0), (1, 1)]
    with pytest.raises(ValueError, match="a data set needs a label for each sample, got 4 for 3"):
        Dataset([1, 2, 3], "abcd")


@pytest.mark.step49
def test_transforms() -> None:
    image = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    normal = transforms.Normalize([10.0, 20.0], [2.0, 4.0])(image)
    expected = (image.astype(float) - np.array([10, 20])[:, None, None]) / np.array([2, 4])[:, None, None]
    np.testing.assert_allclose(normal, expected)
    assert normal.dtype == np.float32
    flat = transforms.Compose([transforms.Flatten(), transforms.Normalize(image.ravel(), 1.0 + image.ravel())])(image)
    np.testing.assert_array_equal(flat, np.zeros(24, np.float32), strict=True)
    for dtype in (np.float16, np.float32, np.float64):
        assert transforms.Normalize(np.float64(0.5), np.ones(3))(np.ones(3, dtype)).dtype == dtype
    kept = np.ones((2, 3))
    for transform in (transforms.Normalize(1.0, 2.0), transforms.Flatten(), transforms.AsType(np.float64)):
        assert transform(kept) is not None
        np.testing.assert_array_equal(kept, np.ones((2, 3)))
    assert transforms.Normalize(0.0, 255.0)(np.uint8(255)) == 1
    assert transforms.Normalize()(np.float32(3)) == 3
    assert transforms.Normalize(300.0)(np.uint8(255)) == -45
    assert transforms.AsType()(image).dtype == np.float32
    assert transforms.AsType(int)([1.5, 2.5]).tolist() == [1, 2]
    for std in (0.0, [1.0, 0.0], -1.0):
        with pytest.raises(ValueError, match="Normalize needs a std above 0; where nothing varies, take 1"):
            transforms.Normalize(0.0, std)


@pytest.mark.step50
@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize(("n", "size", "lengths"), [(10, 4, [4, 4, 2]), (8, 4, [4, 4]), (3, 5, [3]), (0, 5, [])])
def test_an_epoch_has_every_sample_once(shuffle: bool, n: int, size: int, lengths: list[int]) -> None:
    x = np.random.default_rng(0).random((n, 2)).astype(np.float32)
    loader = DataLoader(Dataset(x, np.arange(n)), size, shuffle, np.random.default_rng(0))
    assert len(loader) == len(lengths)
    for _ in range(2):
        batches = list(loader)
        assert [len(t) for _, t in batches] == lengths
        seen = [i for _, t in batches for i in t]
        assert sorted(seen) == list(range(n))
        assert seen == list(range(n)) or shuffle
        for data, t in batches:
            np.testing.assert_array_equal(data, x[t], strict=True)


@pytest.mark.step50
def test_each_epoch_has_an_order_of_its_own_and_loops_do_not_disturb_one_another() -> None:
    loader = DataLoader(Dataset(np.arange(10), np.arange(10)), 4, rng=np.random.default_rng(0))
    rng = np.random.default_rng(0)
    for _ in range(2):
        np.testing.assert_array_equal(np.concatenate([t for _, t in loader]), rng.permutation(10))
    assert len([1 for _ in loader for _ in loader]) == 9


@pytest.mark.step50
def test_without_rng_the_order_comes_from_numpys_global_one() -> None:
    np.random.seed(3)
    drawn = np.concatenate([t for _, t in DataLoader(Dataset(np.arange(10), np.arange(10)), 4)])
    np.random.seed(3)
    np.testing.assert_array_equal(drawn, np.random.permutation(10))


@pytest.mark.step50
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: DataLoader([], 0), "a batch needs at least one sample, got batch_size=0"),
        (
            lambda: list(DataLoader([(np.ones(4), 0), (np.ones(3), 1)], 2)),
            "a batch needs samples of one shape, got (3,) and (4,); a transform can make them equal",
        ),
    ],
)
def test_what_makes_no_batch_is_refused(wrong: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        wrong()
    assert str(caught.value) == message


@pytest.mark.step50
def test_progress_is_shown_where_tqdm_is_installed(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Dataset(np.arange(10), np.arange(10))
    plain = [t.tolist() for _, t in DataLoader(data, 4, shuffle=False)]
    assert capsys.readouterr() == ("", "")
    pytest.importorskip("tqdm")
    assert [t.tolist() for _, t in DataLoader(data, 4, shuffle=False, progress=True)] == plain
    assert "3/3" in capsys.readouterr().err

    def without(name: str, *args: Any, real: Any = builtins.__import__, **kwargs: Any) -> Any:
        if name.startswith("tqdm"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert [t.tolist() for _, t in DataLoader(data, 4, shuffle=False, progress=True)] == plain
    assert capsys.readouterr() == ("", "")


# MNIST, with files of a few digits: nothing is fetched from anywhere but a folder


def idx(array: np.ndarray) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


IMAGES = np.arange(3 * 784).reshape(3, 28, 28).astype(np.uint8)
LABELS = np.array([7, 0, 9], np.uint8)


@pytest.fixture
def tiny(tmp_path: Path) -> type[MNIST]:
    """MNIST with three digits; its source is a folder."""
    source = tmp_path / "source"
    source.mkdir()
    found = {}
    for train in ("train", "t10k"):
        for kind, array in (("images-idx3", IMAGES), ("labels-idx1", LABELS)):
            content = idx(array if train == "train" else array[:2])
            (source / f"{train}-{kind}-ubyte.gz").write_bytes(gzip.compress(content))
            found[f"{train}-{kind}"] = hashlib.sha256(content).hexdigest()

    class Tiny(MNIST):
        sums = found

    Tiny.source = source.as_uri() + "/"
    return Tiny


@pytest.mark.step51
def test_mnist_is_fetched_once_and_checked(tiny: type[MNIST], tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    with pytest.raises(FileNotFoundError) as missing:
        tiny(folder=folder)
    file = folder / "train-images-idx3-ubyte.gz"
    assert str(missing.value) == f"{file} is missing; write MNIST(download=True) to fetch it from {tiny.source}"
    train = tiny(download=True, folder=folder)
    np.testing.assert_array_equal(train.data, IMAGES.reshape(3, 784) / np.float32(255), strict=True)
    np.testing.assert_array_equal(train.label, LABELS.astype(np.int64), strict=True)
    tiny.source = "file:///nowhere/"
    assert len(tiny(folder=folder)) == 3
    doubled = tiny(folder=str(folder), transform=lambda x: 2 * x, target_transform=int)[2]
    assert (doubled[0].max(), doubled[1]) == (2 * train.data[2].max(), 9)
    assert sorted(file.suffix for file in folder.iterdir()) == [".gz", ".gz"]


@pytest.mark.step51
def test_without_a_folder_files_are_in_the_user_s_cache(
    tiny: type[MNIST], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert len(tiny(download=True)) == 3
    assert (tmp_path / ".cache" / "dezero_lite" / "train-images-idx3-ubyte.gz").exists()


@pytest.mark.step51
def test_the_test_set_has_files_of_its_own(tiny: type[MNIST], tmp_path: Path) -> None:
    assert len(tiny(train=False, download=True, folder=tmp_path / "cache")) == 2


@pytest.mark.step51
def test_a_file_that_is_another_is_not_kept_and_not_read(tiny: type[MNIST], tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    name = "train-labels-idx1"
    right, tiny.sums[name] = tiny.sums[name], "0" * 64
    with pytest.raises(ValueError) as caught:
        tiny(download=True, folder=folder)
    file = folder / f"{name}-ubyte.gz"
    assert str(caught.value) == f"{file} has the SHA-256 {right}, not {'0' * 64}; remove it and fetch it again"
    assert not file.exists()
    file.write_bytes(gzip.compress(b"page not found"))
    with pytest.raises(ValueError, match="has the SHA-256 "):
        tiny(folder=folder)


@pytest.mark.step51
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "this isn't an IDX file of bytes; it begins with b'<ht'"),
        (b"\0\0\x0d\1\0\0\0\0", r"this isn't an IDX file of bytes; it begins with b'\x00\x00\r'"),
        (idx(LABELS) + b"\0", "an IDX file of shape (3,) needs 3 bytes, got 4"),
        (idx(IMAGES)[:-1], "an IDX file of shape (3, 28, 28) needs 2352 bytes, got 2351"),
    ],
)
def test_what_is_no_idx_file_is_named(content: bytes, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_idx(content)
    assert str(caught.value) == message


@pytest.mark.step51
def test_the_sums_of_mnist_are_sha256() -> None:
    assert len(MNIST.sums) == 4
    assert all(len(bytes.fromhex(found)) == 32 for found in MNIST.sums.values())
    assert MNIST.source.startswith("https://")


def test_batches_are_moved_array_by_array() -> None:
    moved: list[np.ndarray] = []

    def where(x: np.ndarray) -> np.ndarray:
        moved.append(x)
        return x + 1

    loader = DataLoader(Dataset(np.arange(3.0), np.arange(3)), 2, shuffle=False)
    assert loader.move_to(where) is loader
    (x, t), _ = loader
    assert (x.tolist(), t.tolist(), len(moved)) == ([1, 2], [1, 2], 4)
