"""sum_to along an axis in the middle, which random shapes need not meet in each run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite import Variable
from dezero_lite.stage4 import sums

pytestmark = pytest.mark.step40
X = np.random.default_rng(0).normal(size=(2, 3, 4))


def test_the_axis_in_the_middle_is_summed() -> None:
    x = Variable(X)
    y = F.sum_to(x, (2, 1, 4))
    F.square(y).backward()
    expected = X[:, :1] + X[:, 1:2] + X[:, 2:]
    np.testing.assert_allclose(y.data, expected, rtol=1e-14, strict=True)
    assert x.grad is not None
    np.testing.assert_allclose(x.grad.data, 2 * expected + 0 * X, rtol=1e-14, strict=True)


def test_sums_along_another_axis_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shape is right, and the sums are those of other elements."""
    forward = sums.Sum.forward

    def wrong(self: Any, x: Any) -> Any:
        return forward(self, np.moveaxis(np.reshape(x, (3, 2, 4)), 0, 1))

    monkeypatch.setattr(sums.Sum, "forward", wrong)
    with pytest.raises(AssertionError):
        test_the_axis_in_the_middle_is_summed()
