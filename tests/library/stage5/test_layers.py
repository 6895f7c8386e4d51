"""Layers and models for images: shapes, parameters, the two modes, and that they learn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
import dezero_lite.layers as L
from dezero_lite import Model, Variable, models, no_grad, optimizers, test_mode
from dezero_lite.dataloaders import DataLoader
from dezero_lite.datasets import Digits


@pytest.mark.step57
def test_a_convolution_draws_its_kernels_as_told() -> None:
    layer = L.Conv2d(4, (3, 2), stride=2, pad=1, rng=np.random.default_rng(0), init=L.he)
    assert (layer.W.data, layer.b.shape) == (None, (4,))  # type: ignore[union-attr]
    x = np.random.default_rng(1).standard_normal((2, 3, 6, 7)).astype(np.float32)
    y = layer(x)
    expected = (np.random.default_rng(0).standard_normal((4, 3, 3, 2)) * np.sqrt(2 / 18)).astype(np.float32)
    np.testing.assert_array_equal(layer.W.data, expected)
    assert (layer.W.dtype, y.dtype) == (np.float32, np.float32)
    np.testing.assert_array_equal(y.data, F.conv2d(x, layer.W, layer.b, 2, 1).data)
    assert L.Conv2d(4, 3, in_channels=2).W.shape == (4, 2, 3, 3)
    assert list(L.Conv2d(4, 3, nobias=True, in_channels=2).named_params()) == ["W"]
    assert L.Conv2d(4, 3, dtype=np.float64, in_channels=2).W.dtype == np.float64
    assert abs(L.Conv2d(64, 5, in_channels=16).W.data.std() - 1 / 20) < 0.002


@pytest.mark.step57
def test_a_deconvolution_takes_a_convolutions_shapes_back() -> None:
    x = np.ones((2, 3, 8, 8), np.float32)
    y = L.Conv2d(5, 4, stride=2, pad=1)(x)
    layer = L.Deconv2d(3, 4, stride=2, pad=1, rng=np.random.default_rng(0))
    assert layer(y).shape == x.shape
    assert layer.W.shape == (5, 3, 4, 4)
    assert layer.b.shape == (3,)  # type: ignore[union-attr]
    np.testing.assert_array_equal(layer(y).data, F.deconv2d(y, layer.W, layer.b, 2, 1).data)


@pytest.mark.step58
@pytest.mark.parametrize("shape", [(6, 2), (6, 2, 3, 3)])
def test_a_batch_norm_learns_its_means_and_saves_them(shape: tuple[int, ...], tmp_path: Path) -> None:
    layer = L.BatchNorm()
    x = np.random.default_rng(0).standard_normal(shape).astype(np.float32) + 3
    F.sum(layer(x) ** 2).backward()
    assert list(layer.named_params()) == ["gamma", "beta", "avg_mean", "avg_var"]
    assert {p.dtype for p in layer.params()} == {np.dtype(np.float32)}
    assert layer.avg_mean.grad is None
    assert layer.gamma.grad is not None
    means = layer.avg_mean.data.copy()
    axes = (0, 2, 3)[: len(shape) - 1]
    np.testing.assert_allclose(means, 0.1 * x.mean(axis=axes), rtol=1e-5)
    np.testing.assert_allclose(layer.avg_var.data, 0.9 + 0.1 * x.var(axis=axes, ddof=1), rtol=1e-5)
    optimizers.SGD(0.1).setup(layer).update()
    np.testing.assert_array_equal(layer.avg_mean.data, means)
    layer.save_weights(tmp_path / "norm.npz")
    other = L.BatchNorm()
    other.load_weights(tmp_path / "norm.npz")
    with test_mode():
        np.testing.assert_array_equal(other(x).data, layer(x).data)
    np.testing.assert_array_equal(layer.avg_mean.data, means)


@pytest.mark.step58
def test_a_batch_norm_hands_its_numbers_on() -> None:
    layer, x = L.BatchNorm(decay=0.5, eps=1.0), np.array([[1.0], [3.0]])
    np.testing.assert_allclose(layer(x).data, [[-1 / np.sqrt(2)], [1 / np.sqrt(2)]])
    np.testing.assert_allclose([layer.avg_mean.data, layer.avg_var.data], [[1.0], [1.5]])


@pytest.mark.step58
@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_a_batch_norm_takes_whole_numbers_as_other_layers_do(dtype: Any) -> None:
    x = np.random.default_rng(0).integers(0, 255, (3, 2, 2, 2)).astype(dtype)
    layer, twin = L.BatchNorm(), L.BatchNorm()
    np.testing.assert_allclose(layer(x).data, twin(x.astype(np.float32)).data, atol=1e-5)
    for ours, theirs in zip(layer.params(), twin.params(), strict=True):
        np.testing.assert_allclose(ours.data, theirs.data, rtol=1e-5, strict=True)


@pytest.mark.step58
@pytest.mark.parametrize(("stride", "channels"), [(1, 4), (2, 4), (1, 6), (2, 6)])
def test_a_residual_block_adds_its_input(stride: int, channels: int, tmp_path: Path) -> None:
    block = L.ResidualBlock(4, channels, stride, rng=np.random.default_rng(0))
    x = Variable(np.random.default_rng(1).standard_normal((3, 4, 7, 7)).astype(np.float32))
    y = block(x)
    assert y.shape == (3, channels, -(-7 // stride), -(-7 // stride))
    assert (block.shortcut is None) == (stride == 1 and channels == 4)
    block.save_weights(tmp_path / "block.npz")
    block.norm2.gamma.data = block.norm2.gamma.data * 0
    way = x if block.shortcut is None else block.shortcut(x)
    np.testing.assert_array_equal(block(x).data, F.relu(way).data)
    block.norm2.gamma.data = block.norm2.gamma.data + 1
    inner = block.norm2(block.conv2(F.relu(block.norm1(block.conv1(x)))))
    np.testing.assert_array_equal(block(x).data, F.relu(inner + way).data)
    assert len({block.norm1, block.norm2, block.conv1, block.conv2}) == 4


@pytest.mark.step58
def test_vgg16_has_138_million_parameters_and_draws_none_before_it_must() -> None:
    vgg = models.VGG16()
    assert [p.data is None for p in vgg.params()] == [True, False] * 16
    assert vgg.available_layers[:3] == ["conv1_1", "conv1_2", "conv2_1"]
    assert vgg.available_layers[-3:] == ["fc6", "fc7", "fc8"]
    rows = models.vgg_table(vgg.blocks, vgg.sizes)
    assert [name for name, _, _ in rows] == vgg.available_layers
    assert sum(count for _, _, count in rows) == 138_357_544
    assert rows[:2] == [("conv1_1", (64, 224, 224), 1_792), ("conv1_2", (64, 112, 112), 36_928)]
    assert rows[-3] == ("fc6", (4096,), 102_764_544)


@pytest.mark.step58
@pytest.mark.parametrize(
    ("blocks", "sizes", "size", "channels"),
    [
        (((8, 2), (16, 2)), (32, 10), 8, 1),
        (((2, 1), (3, 3), (4, 2)), (5, 6, 7), 17, 3),
    ],
)
def test_the_table_of_a_vgg_is_what_the_network_has(blocks: Any, sizes: Any, size: int, channels: int) -> None:
    vgg = models.VGG(blocks, sizes, rng=np.random.default_rng(0))
    with no_grad():
        assert vgg(np.ones((2, channels, size, size), np.float32)).shape == (2, sizes[-1])
    found: dict[str, int] = {}
    for name, param in vgg.named_params().items():
        layer = name.split("/")[0]
        found[layer] = found.get(layer, 0) + param.size
    assert found == {name: count for name, _, count in models.vgg_table(blocks, sizes, size, channels)}
    for name, shape, _ in models.vgg_table(blocks, sizes, size, channels):
        layer = getattr(vgg, name)
        assert (layer.b.shape[0], len(shape)) == (shape[0], 1 if name.startswith("fc") else 3)


@pytest.mark.step58
def test_vgg_leaves_out_only_while_it_learns() -> None:
    vgg = models.VGG(((4, 1),), (32, 10), rng=np.random.default_rng(0))
    x = np.random.default_rng(1).random((2, 1, 4, 4)).astype(np.float32)
    assert not np.array_equal(vgg(x).data, vgg(x).data)
    with test_mode():
        assert np.array_equal(vgg(x).data, vgg(x).data)


@pytest.mark.step58
@pytest.mark.parametrize("ratio", [0.0, 0.25])
def test_vgg_is_what_its_layers_make_one_behind_the_other(ratio: float) -> None:
    """Convolutions with ReLU, a pooling for each block, linear layers; ReLU and dropout between these alone."""
    vgg = models.VGG(((2, 1), (3, 2)), (5, 6, 4), ratio, rng=np.random.default_rng(0))
    x = np.random.default_rng(1).standard_normal((3, 2, 8, 8)).astype(np.float32)
    vgg(x)
    vgg.rng = np.random.default_rng(2)
    found, rng = vgg(x), np.random.default_rng(2)
    y = F.relu(vgg.conv1_1(x))  # type: ignore[attr-defined]
    y = F.relu(vgg.conv2_2(F.relu(vgg.conv2_1(F.pooling(y, 2, 2)))))  # type: ignore[attr-defined]
    y = F.pooling(y, 2, 2).reshape(3, -1)
    for layer in (vgg.fc3, vgg.fc4):  # type: ignore[attr-defined]
        y = F.dropout(F.relu(layer(y)), ratio, rng)
    np.testing.assert_array_equal(found.data, vgg.fc5(y).data)  # type: ignore[attr-defined]


@pytest.mark.step57
@pytest.mark.step60
@pytest.mark.parametrize(
    "make",
    [
        lambda: L.Conv2d(2, 3, in_channels=1),
        lambda: L.Deconv2d(2, 3, in_channels=1),
        lambda: L.Embedding(4, 3),
        lambda: L.RNN(3, in_size=2),
        lambda: L.LSTM(3, in_size=2),
        lambda: L.GRU(3, in_size=2),
    ],
)
def test_without_rng_weights_come_from_numpys_global_one_and_go_on(make: Any) -> None:
    def drawn() -> np.ndarray:
        return np.concatenate([p.data.ravel() for p in make().params()])

    np.random.seed(7)
    first, second = drawn(), drawn()
    np.random.seed(7)
    np.testing.assert_array_equal(drawn(), first)
    assert not np.array_equal(first, second)


@pytest.mark.step58
def test_an_image_is_prepared_as_vgg16_was_trained() -> None:
    image = np.zeros((2, 3, 3), np.uint8)
    image[0, 1] = [1, 2, 3]
    x = models.VGG16.preprocess(image)
    assert (x.shape, x.dtype) == ((3, 2, 3), np.float32)
    kept = np.ones((2, 3, 3), np.float32)
    models.VGG16.preprocess(kept)
    np.testing.assert_array_equal(kept, np.ones((2, 3, 3)))
    np.testing.assert_allclose(x[:, 0, 1], [3 - 103.939, 2 - 116.779, 1 - 123.68], rtol=1e-6)
    with pytest.raises(ValueError, match=r"an image needs the shape \(H, W, 3\), got \(3, 224, 224\)"):
        models.VGG16.preprocess(np.zeros((3, 224, 224)))

    class Picture:  # what is asked of Pillow's images
        def convert(self, mode: str) -> Picture:
            assert mode == "RGB"
            return self

        def resize(self, size: tuple[int, int]) -> np.ndarray:
            return np.zeros((size[1], size[0], 3), np.uint8)

    assert models.vgg_preprocess(Picture()).shape == (3, 224, 224)
    assert models.vgg_preprocess(Picture(), (10, 20), np.float64).dtype == np.float64


class CNN(Model):
    def __init__(self, rng: Any) -> None:
        self.conv = L.Conv2d(8, 3, pad=1, rng=rng, init=L.he)
        self.block = L.ResidualBlock(8, 16, 2, rng=rng)
        self.fc = L.Linear(10, rng=rng)

    def forward(self, x: Any) -> Any:
        x = F.pooling(F.relu(self.conv(x.reshape(-1, 1, 8, 8))), 2, 1, 1)
        return self.fc(F.global_average_pooling(self.block(x)))


@pytest.mark.step57
@pytest.mark.step58
def test_networks_for_images_learn_digits() -> None:
    train, test = Digits(), Digits(train=False)
    for make, rounds, goal in [
        (lambda rng: CNN(rng), 3, 0.7),
        (lambda rng: models.VGG(((8, 2), (16, 2)), (32, 10), rng=rng), 3, 0.85),
    ]:
        model = make(np.random.default_rng(0))
        optimizer = optimizers.Adam(0.005).setup(model)
        for _ in range(rounds):
            for x, t in DataLoader(train, 50, rng=np.random.default_rng(1)):
                loss = F.softmax_cross_entropy(model(x.reshape(-1, 1, 8, 8)), t)
                model.cleargrads()
                loss.backward()
                optimizer.update()
        with test_mode(), no_grad():
            y = model(test.data.reshape(-1, 1, 8, 8))
        assert F.accuracy(y, test.label).data > goal


@pytest.mark.step54
def test_the_index_leads_to_the_stage() -> None:
    for name in ("BatchNorm", "Conv2d", "Deconv2d", "ResidualBlock"):
        assert getattr(L, name).__module__.startswith("dezero_lite.stage5")
    for name in ("VGG", "VGG16", "vgg_preprocess", "vgg_table"):
        assert getattr(models, name).__module__ == "dezero_lite.stage5.vgg"


@pytest.mark.step58
def test_layers_have_the_defaults_of_their_functions() -> None:
    x = np.random.default_rng(0).standard_normal((2, 4, 5, 5)).astype(np.float32) / 1000
    assert L.Conv2d(3, 3)(x).shape == (2, 3, 3, 3)
    assert L.Deconv2d(3, 3)(x).shape == (2, 3, 7, 7)
    assert L.ResidualBlock(4, 4)(x).shape == x.shape
    ones, zeros = np.ones(4, np.float32), np.zeros(4, np.float32)
    expected = F.batch_norm(x, ones, zeros, zeros.copy(), ones.copy())
    np.testing.assert_array_equal(L.BatchNorm()(x).data, expected.data)
    assert models.VGG(((1, 1),), (1,)).dropout_ratio == 0.5
