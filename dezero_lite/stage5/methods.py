"""What layers, optimizers and data loaders get from stage 5: methods to move and to save them."""

from __future__ import annotations

from typing import Any

from dezero_lite.stage4.dataloaders import DataLoader
from dezero_lite.stage4.layers import Layer
from dezero_lite.stage4.optimizers import Optimizer
from dezero_lite.stage5.devices import move_to, to_cpu, to_gpu
from dezero_lite.stage5.saving import (
    load_state,
    load_weights,
    save_state,
    save_weights,
)


def all_to_gpu(owner: Any) -> Any:
    """Move a layer, an optimizer or a loader's batches to the GPU; return it.

    Raises RuntimeError as to_gpu.
    """
    return owner.move_to(to_gpu)


def all_to_cpu(owner: Any) -> Any:
    """Move a layer, an optimizer or a loader's batches to the computer's memory; return it."""
    return owner.move_to(to_cpu)


def setup_layers() -> None:
    """Give layers, optimizers and loaders the methods that move and save. Importing the package calls this.

    >>> setup_layers()  # once more changes nothing
    >>> hasattr(L.Layer, "save_weights")
    True
    """
    Layer.move_to = move_to
    Optimizer.move_to = move_to
    for kind in (Layer, Optimizer, DataLoader):
        kind.to_gpu = all_to_gpu
        kind.to_cpu = all_to_cpu
    Layer.save_weights = save_weights
    Layer.load_weights = load_weights
    Optimizer.save_state = save_state
    Optimizer.load_state = load_state
