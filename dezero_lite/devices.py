"""Functions that move arrays to other memories and back: from dezero_lite import devices."""

from dezero_lite.stage5 import DeviceArray, as_numpy, get_array_module, move_to, to_cpu, to_gpu

__all__ = [
    "DeviceArray",
    "as_numpy",
    "get_array_module",
    "move_to",
    "to_cpu",
    "to_gpu",
]
