"""Stage 4, steps 37-51: tensors, layers, optimizers and data, for networks that learn.

The data sets are in dezero_lite.datasets, what prepares them in dezero_lite.transforms and dataloaders.
"""

from dezero_lite.stage3 import (
    Config,
    Function,
    Variable,
    as_variable,
    cos,
    exp,
    log,
    no_grad,
    sin,
    sqrt,
    square,
    tanh,
    using_config,
)
from dezero_lite.stage4._engine import _extend_engine
from dezero_lite.stage4.activations import LeakyReLU, ReLU, Sigmoid, leaky_relu, relu, sigmoid
from dezero_lite.stage4.layers import Layer, Linear, Parameter, he, xavier
from dezero_lite.stage4.losses import (
    LogSoftmax,
    MeanSquaredError,
    Softmax,
    SoftmaxCrossEntropy,
    accuracy,
    log_softmax,
    mean_squared_error,
    softmax,
    softmax_cross_entropy,
)
from dezero_lite.stage4.matrices import Affine, MatMul, linear, matmul
from dezero_lite.stage4.models import MLP, Model, Sequential
from dezero_lite.stage4.operators import setup_tensors
from dezero_lite.stage4.parts import (
    Clip,
    Concatenate,
    GetItem,
    PutBack,
    Where,
    clip,
    concatenate,
    get_item,
    stack,
    where,
)
from dezero_lite.stage4.shapes import BroadcastTo, Reshape, Transpose, broadcast_to, reshape, transpose
from dezero_lite.stage4.sums import Max, Min, Sum, max, mean, min, sum, sum_to

_extend_engine()
setup_tensors()

__all__ = [
    "MLP",
    "Affine",
    "BroadcastTo",
    "Clip",
    "Concatenate",
    "Config",
    "Function",
    "GetItem",
    "Layer",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MatMul",
    "Max",
    "MeanSquaredError",
    "Min",
    "Model",
    "Parameter",
    "PutBack",
    "ReLU",
    "Reshape",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "SoftmaxCrossEntropy",
    "Sum",
    "Transpose",
    "Variable",
    "Where",
    "accuracy",
    "as_variable",
    "broadcast_to",
    "clip",
    "concatenate",
    "cos",
    "exp",
    "get_item",
    "he",
    "leaky_relu",
    "linear",
    "log",
    "log_softmax",
    "matmul",
    "max",
    "mean",
    "mean_squared_error",
    "min",
    "no_grad",
    "relu",
    "reshape",
    "setup_tensors",
    "sigmoid",
    "sin",
    "softmax",
    "softmax_cross_entropy",
    "sqrt",
    "square",
    "stack",
    "sum",
    "sum_to",
    "tanh",
    "transpose",
    "using_config",
    "where",
    "xavier",
]
