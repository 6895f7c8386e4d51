"""The optimizers, hooks and schedules of all stages in one place: from dezero_lite import optimizers."""

from dezero_lite.stage4.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    ClipGrad,
    FreezeParam,
    Momentum,
    Optimizer,
    WeightDecay,
)
from dezero_lite.stage4.schedules import cosine_decay, step_decay, warm_up

__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "ClipGrad",
    "FreezeParam",
    "Momentum",
    "Optimizer",
    "WeightDecay",
    "cosine_decay",
    "step_decay",
    "warm_up",
]
