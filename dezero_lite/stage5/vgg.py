"""VGG: blocks of 3 by 3 convolutions, each block followed by a pooling, then linear layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.activations import relu
from dezero_lite.stage4.layers import Linear, he
from dezero_lite.stage4.models import Model
from dezero_lite.stage4.shapes import Shape
from dezero_lite.stage5.dropout import dropout
from dezero_lite.stage5.layers import Conv2d
from dezero_lite.stage5.pooling import pooling

Blocks = Sequence[tuple[int, int]]


class VGG(Model):
    """Blocks of 3 by 3 convolutions with ReLU, each halved by a pooling; then linear layers with dropout.

    blocks: for each block the number of channels, and that of its convolutions, conv1_1, conv1_2, ... sizes:
    the linear layers' numbers of outputs; they are counted on from the blocks, as fc6, fc7, fc8 behind five.
    rng: where the weights are drawn from, and what dropout leaves out; otherwise as in Linear.
    Source: Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition (2014).

    >>> model = VGG(blocks=[(4, 1), (8, 2)], sizes=(16, 10))
    >>> model(np.zeros((1, 1, 8, 8))).shape
    (1, 10)
    >>> model.names
    [['conv1_1'], ['conv2_1', 'conv2_2'], ['fc3', 'fc4']]
    """

    def __init__(
        self,
        blocks: Blocks,
        sizes: Sequence[int],
        dropout_ratio: float = 0.5,
        rng: Any = None,
    ) -> None:
        self.dropout_ratio = dropout_ratio
        self.rng = rng
        # of the convolutions, block by block; and of the linear layers
        self.names: list[list[str]] = []
        for i, (channels, count) in enumerate(blocks, 1):
            self.names.append([f"conv{i}_{j}" for j in range(1, count + 1)])
            for name in self.names[-1]:
                setattr(self, name, Conv2d(channels, 3, pad=1, rng=rng, init=he))
        first = len(blocks) + 1
        self.names.append([f"fc{first + i}" for i in range(len(sizes))])
        for name, size in zip(self.names[-1], sizes, strict=True):
            setattr(self, name, Linear(size, rng=rng, init=he))

    def forward(self, x: Any) -> Variable:
        """Return (N, the last size) for images, (N, C, H, W)."""
        for names in self.names[:-1]:
            for name in names:
                x = relu(getattr(self, name)(x))
            x = pooling(x, 2, 2)
        x = x.reshape(len(x), -1)
        *hidden, last = self.names[-1]
        for name in hidden:
            x = relu(getattr(self, name)(x))
            x = dropout(x, self.dropout_ratio, self.rng)
        return getattr(self, last)(x)


class VGG16(VGG):
    """The network with 16 layers that came second in the ImageNet contest of 2014, for its classes of photographs.

    Nothing is drawn before the first call. Trained weights come from a file of yours, by load_weights, and
    take images as preprocess returns them.
    Source: as VGG.

    >>> model = VGG16()
    >>> len(model.available_layers), model.available_layers[:3]
    (16, ['conv1_1', 'conv1_2', 'conv2_1'])
    """

    blocks = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
    sizes = (4096, 4096, 1000)

    def __init__(self, rng: Any = None) -> None:
        super().__init__(self.blocks, self.sizes, rng=rng)
        self.available_layers = [name for names in self.names for name in names]

    @staticmethod
    def preprocess(
        image: Any, size: tuple[int, int] = (224, 224), dtype: Any = np.float32
    ) -> np.ndarray:
        """Return an image as VGG16 was trained with; see vgg_preprocess."""
        return vgg_preprocess(image, size, dtype)


def vgg_preprocess(
    image: Any, size: tuple[int, int] = (224, 224), dtype: Any = np.float32
) -> np.ndarray:
    """Return an image, (H, W, 3) in red, green, blue from 0 to 255, as VGG16 was trained with: (3, H, W).

    The colours come as blue, green, red, and of each the mean of ImageNet's images is taken away; nothing is
    divided. An image of Pillow is brought to size, width and height, first; an array stays as large as it is.
    Raises ValueError where there are no three colours.

    >>> vgg_preprocess(np.zeros((2, 2, 3)))[:, 0, 0]
    array([-103.939, -116.779, -123.68 ], dtype=float32)
    """
    if hasattr(image, "resize") and hasattr(image, "convert"):
        image = image.convert("RGB").resize(size)
    image = np.asarray(image, dtype)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"an image needs the shape (H, W, 3), got {image.shape}")
    means = np.array([103.939, 116.779, 123.68], dtype)
    return (image[:, :, ::-1] - means).transpose(2, 0, 1)


def vgg_table(
    blocks: Blocks, sizes: Sequence[int], size: int = 224, channels: int = 3
) -> list[tuple[str, Shape, int]]:
    """Return name, output shape and number of parameters of each layer of a VGG, without making one.

    size: the images' height and width, channels: theirs. Behind the last convolution of a block, the shape is
    that after the pooling.

    >>> for row in vgg_table(blocks=[(64, 2)], sizes=(10,), size=8):
    ...     print(row)
    ('conv1_1', (64, 8, 8), 1792)
    ('conv1_2', (64, 4, 4), 36928)
    ('fc2', (10,), 10250)
    """
    rows: list[tuple[str, Shape, int]] = []
    for i, (out, count) in enumerate(blocks, 1):
        for j in range(1, count + 1):
            side = size // 2 if j == count else size
            numbers = 9 * channels * out + out
            rows.append((f"conv{i}_{j}", (out, side, side), numbers))
            channels = out
        size = size // 2
    features = channels * size * size
    for i, out in enumerate(sizes, len(blocks) + 1):
        rows.append((f"fc{i}", (out,), features * out + out))
        features = out
    return rows
