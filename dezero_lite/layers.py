"""The layers of all stages in one place: import dezero_lite.layers as L."""

from dezero_lite.stage4 import Layer, Linear, Parameter, he, xavier

__all__ = [
    "Layer",
    "Linear",
    "Parameter",
    "he",
    "xavier",
]
