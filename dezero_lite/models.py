"""The models of all stages in one place: from dezero_lite import models."""

from dezero_lite.stage4 import MLP, Model, Sequential
from dezero_lite.stage5 import VGG, VGG16, vgg_preprocess, vgg_table

__all__ = [
    "MLP",
    "VGG",
    "VGG16",
    "Model",
    "Sequential",
    "vgg_preprocess",
    "vgg_table",
]
