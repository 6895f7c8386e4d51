"""The book's names for layers."""

from dezero_lite.layers import LSTM, RNN, BatchNorm, Conv2d, Deconv2d, Layer, Linear, Parameter
from dezero_lite.layers import Embedding as EmbedID

__all__ = [
    "LSTM",
    "RNN",
    "BatchNorm",
    "Conv2d",
    "Deconv2d",
    "EmbedID",
    "Layer",
    "Linear",
    "Parameter",
]
