"""What the labs need of stage 4 (steps 37-51): functions that change shapes. It stands on stage 3."""

from dezero_lite.stage4.tensors import (
    BroadcastTo,
    MatMul,
    Reshape,
    Sum,
    SumTo,
    Transpose,
    broadcast_to,
    matmul,
    reshape,
    sum,
    sum_to,
    transpose,
)

__all__ = [
    "BroadcastTo",
    "MatMul",
    "Reshape",
    "Sum",
    "SumTo",
    "Transpose",
    "broadcast_to",
    "matmul",
    "reshape",
    "sum",
    "sum_to",
    "transpose",
]
