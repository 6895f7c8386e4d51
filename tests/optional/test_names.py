"""What pages say in passing of other libraries: the names are there."""

from __future__ import annotations

import importlib
import tomllib
from functools import reduce

import pytest
import torch

from tests.support.site_facts import ROOT

SHORT = {"nn": "torch.nn", "F": "torch.nn.functional"}  # as everybody imports them
NAMES = tomllib.loads((ROOT / "docs" / "names.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in NAMES["PyTorch"] if name.split(".")[0] in {"torch", *SHORT}])
def test_pytorch_has_what_pages_name(name: str) -> None:
    first, *rest = name.split(".")
    path = [*SHORT.get(first, first).split(".")[1:], *rest]
    assert reduce(getattr, path, torch) is not None


@pytest.mark.parametrize("name", NAMES["JAX"])
def test_jax_has_what_pages_name(name: str) -> None:
    jax = pytest.importorskip("jax")
    importlib.import_module("jax.test_util")
    assert reduce(getattr, name.split(".")[1:], jax) is not None
