"""A residual block: what it computes is added to what it gets, so that a gradient finds a short way back."""

from __future__ import annotations

from typing import Any

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.activations import relu
from dezero_lite.stage4.layers import Layer, he
from dezero_lite.stage5.layers import BatchNorm, Conv2d


class ResidualBlock(Layer):
    """Two 3 by 3 convolutions with batch normalization; their input is added to their output.

    in_channels, channels: of the input and of the output. stride: of the first convolution. Where input and
    output have other channels or another size, a 1 by 1 convolution, shortcut, brings the input there.
    Source: He et al., Deep residual learning for image recognition (2015).

    >>> block = ResidualBlock(4, 8, stride=2)
    >>> block(np.zeros((2, 4, 6, 6))).shape, block.shortcut.W.shape
    ((2, 8, 3, 3), (8, 4, 1, 1))
    """

    def __init__(
        self, in_channels: int, channels: int, stride: int = 1, rng: Any = None
    ) -> None:
        # batch normalization removes any b
        options = {"nobias": True, "rng": rng, "init": he}
        entry = {"in_channels": in_channels, **options}
        self.conv1 = Conv2d(channels, 3, stride, 1, **entry)
        self.norm1 = BatchNorm()
        self.conv2 = Conv2d(channels, 3, 1, 1, in_channels=channels, **options)
        self.norm2 = BatchNorm()
        self.shortcut = None
        if stride != 1 or in_channels != channels:
            self.shortcut = Conv2d(channels, 1, stride, **entry)

    def forward(self, x: Any) -> Variable:
        """Return (N, channels, OH, OW) for (N, C, H, W); the size is divided by stride, rounded up."""
        y = relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        return relu(y + (x if self.shortcut is None else self.shortcut(x)))
