"""Dropout: while a network learns, some of its numbers are left out at random."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.config import Config, Switch, using_config
from dezero_lite.stage3.core import Variable, as_variable
from dezero_lite.stage3.data import as_array
from dezero_lite.stage4.shapes import data_of


def test_mode() -> Switch:
    """Compute as a model does that has learned, within a with block: without dropout, with known means.

    >>> with test_mode():
    ...     print(F.dropout(np.array([1.0, 2.0, 3.0])))
    variable([1. 2. 3.])
    """
    return using_config("train", False)


# no test of pytest's, in spite of its name
test_mode.__test__ = False  # type: ignore[attr-defined]


def dropout(x: Any, dropout_ratio: float = 0.5, rng: Any = None) -> Variable:
    """Return x with some elements, drawn at random, set to 0, and the others divided by what is left of 1.

    So the mean stays what it was. In test mode, returns x as it is. dropout_ratio: the share to leave out.
    rng: where to draw from, NumPy's global generator unless told otherwise.
    Raises ValueError for a ratio below 0, or of 1 and more.
    Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014).

    >>> F.dropout(np.ones(8), 0.5, rng=np.random.default_rng(0))
    variable([2. 0. 0. 0. 2. 2. 2. 2.])
    """
    if not 0 <= dropout_ratio < 1:
        raise ValueError(
            f"dropout needs a ratio from 0 to less than 1, got {dropout_ratio}"
        )
    if not Config.train:
        return as_variable(x)
    data, draw = data_of(x), np.random if rng is None else rng
    kept = np.asarray(draw.random(data.shape) > dropout_ratio)
    # float32 stays; whole numbers become floating-point
    dtype = np.result_type(data.dtype, np.float16)
    mask = (kept / (1 - dropout_ratio)).astype(dtype)
    return as_variable(x) * np.asarray(mask, like=as_array(data))
