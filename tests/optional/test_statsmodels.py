"""The data that ships, against the copy that it was made from."""

from __future__ import annotations

import importlib.resources

import numpy as np
from statsmodels.datasets import sunspots


def test_sunspots_are_those_of_statsmodels() -> None:
    theirs = sunspots.load_pandas().data
    file = importlib.resources.files("dezero_lite") / "data" / "sunspots.npz"
    with file.open("rb") as opened, np.load(opened) as ours:
        assert set(ours) == {"year", "number"}
        np.testing.assert_array_equal(ours["year"], theirs["YEAR"])
        np.testing.assert_array_equal(ours["number"], theirs["SUNACTIVITY"])
