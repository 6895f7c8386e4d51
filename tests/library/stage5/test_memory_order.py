"""In which order functions for images keep them in memory: their speed depends on it."""

from __future__ import annotations

from typing import Any

import numpy as np

import dezero_lite.functions as F
from dezero_lite import Variable, using_config
from dezero_lite.stage5.convolution import Deconvolve
from dezero_lite.stage5.windows import images_last, windows


def lies_images_last(x: Any) -> bool:
    """Say whether an array of images, (N, C, H, W), has N last in memory, without a gap but for edges cut off."""
    N, C, H, W = np.argsort(x.strides)[::-1].argsort()
    return (C, H, W, N) == (0, 1, 2, 3) and x.strides[0] == x.itemsize


def test_images_that_lie_so_already_are_not_copied() -> None:
    x = np.arange(120.0).reshape(2, 3, 4, 5)
    y = images_last(x)
    assert np.array_equal(x, y)
    assert lies_images_last(y)
    assert np.shares_memory(y, images_last(y))


def test_windows_are_a_matrix_without_a_copy() -> None:
    y = windows(np.zeros((2, 3, 4, 5)), (2, 3), 1, 1).transpose(1, 2, 3, 4, 5, 0)
    assert y.flags.c_contiguous


def test_no_function_on_the_way_through_a_network_changes_the_order() -> None:
    x = Variable(np.random.default_rng(0).standard_normal((4, 3, 8, 8)))
    convolved = F.conv2d(x, np.ones((6, 3, 3, 3)), np.ones(6), pad=1)
    bent = F.relu(convolved)
    pooled = F.pooling(bent, 2, 2)
    for y in (convolved, bent, pooled, F.conv2d(pooled, np.ones((5, 6, 3, 3)))):
        assert lies_images_last(y.data)


def test_nor_on_the_way_back_after_layers_that_keep_images_first() -> None:
    x, W = images_last(np.ones((4, 3, 8, 8))), Variable(np.ones((6, 3, 3, 3)))
    pooled = F.pooling(F.conv2d(Variable(x), W, pad=1), 2, 2)
    with using_config("enable_backprop", False):
        gy = pooled.creator.backward(np.ones(pooled.shape))
        gx = Deconvolve(1, 1, (8, 8))(gy, W)
    assert lies_images_last(gy.data)
    assert lies_images_last(gx.data)
