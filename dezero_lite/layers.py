"""The layers of all stages in one place: import dezero_lite.layers as L."""

from dezero_lite.stage4 import Layer, Linear, Parameter, he, xavier
from dezero_lite.stage5 import GRU, LSTM, RNN, BatchNorm, Conv2d, Deconv2d, Embedding, ResidualBlock

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "BatchNorm",
    "Conv2d",
    "Deconv2d",
    "Embedding",
    "Layer",
    "Linear",
    "Parameter",
    "ResidualBlock",
    "he",
    "xavier",
]
