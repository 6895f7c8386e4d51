"""What the labs need of stage 4 (steps 37-51): functions that change shapes, and the logarithm.

It stands on stage 2 until stage 3 is there.
"""

from dezero_lite.stage4.functions import Log, log
from dezero_lite.stage4.tensors import BroadcastTo, MatMul, Sum, SumTo, broadcast_to, matmul, sum, sum_to

__all__ = [
    "BroadcastTo",
    "Log",
    "MatMul",
    "Sum",
    "SumTo",
    "broadcast_to",
    "log",
    "matmul",
    "sum",
    "sum_to",
]
