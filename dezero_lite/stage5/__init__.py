"""Stage 5, steps 52-60: other memories, files of weights, networks for images and for sequences."""

from dezero_lite.stage5.convolution import (
    Convolve,
    Deconvolve,
    KernelGradient,
    conv2d,
    conv2d_simple,
    deconv2d,
)
from dezero_lite.stage5.device_array import DeviceArray
from dezero_lite.stage5.devices import (
    as_numpy,
    get_array_module,
    move_to,
    to_cpu,
    to_gpu,
)
from dezero_lite.stage5.dropout import dropout, test_mode
from dezero_lite.stage5.embeddings import Embedding
from dezero_lite.stage5.layers import BatchNorm, Conv2d, Deconv2d
from dezero_lite.stage5.methods import setup_layers
from dezero_lite.stage5.normalization import Normalize, batch_norm
from dezero_lite.stage5.pooling import (
    MaxPool,
    MaxUnpool,
    Pad,
    average_pooling,
    global_average_pooling,
    pooling,
    pooling_simple,
)
from dezero_lite.stage5.recurrent import (
    GRU,
    LSTM,
    RNN,
    LinearPair,
    Remember,
    Show,
)
from dezero_lite.stage5.residual import ResidualBlock
from dezero_lite.stage5.saving import (
    load_state,
    load_weights,
    save_state,
    save_weights,
)
from dezero_lite.stage5.unchain import setup_unchain, unchain, unchain_backward
from dezero_lite.stage5.vgg import VGG, VGG16, vgg_preprocess, vgg_table
from dezero_lite.stage5.windows import (
    Col2im,
    Im2col,
    col2im,
    get_conv_outsize,
    get_deconv_outsize,
    im2col,
    pair,
)

setup_layers()
setup_unchain()

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "VGG",
    "VGG16",
    "BatchNorm",
    "Col2im",
    "Conv2d",
    "Convolve",
    "Deconv2d",
    "Deconvolve",
    "DeviceArray",
    "Embedding",
    "Im2col",
    "KernelGradient",
    "LinearPair",
    "MaxPool",
    "MaxUnpool",
    "Normalize",
    "Pad",
    "Remember",
    "ResidualBlock",
    "Show",
    "as_numpy",
    "average_pooling",
    "batch_norm",
    "col2im",
    "conv2d",
    "conv2d_simple",
    "deconv2d",
    "dropout",
    "get_array_module",
    "get_conv_outsize",
    "get_deconv_outsize",
    "global_average_pooling",
    "im2col",
    "load_state",
    "load_weights",
    "move_to",
    "pair",
    "pooling",
    "pooling_simple",
    "save_state",
    "save_weights",
    "setup_layers",
    "setup_unchain",
    "test_mode",
    "to_cpu",
    "to_gpu",
    "unchain",
    "unchain_backward",
    "vgg_preprocess",
    "vgg_table",
]
