"""The names of the book's package, so that programs written for it run with ours.

With `import sys`, `from dezero_lite import book` and `sys.modules["dezero"] = book` in front of a program, its
`import dezero` finds this package.
Source: Saitoh, Deep Learning from Scratch 3 (2020).
"""

from dezero_lite.book import (
    core,
    cuda,
    dataloaders,
    datasets,
    functions,
    layers,
    models,
    optimizers,
    transforms,
    utils,
)
from dezero_lite.book.core import (
    Config,
    Function,
    Parameter,
    Variable,
    as_array,
    as_variable,
    no_grad,
    setup_variable,
    test_mode,
    using_config,
)
from dezero_lite.book.dataloaders import DataLoader, SeqDataLoader
from dezero_lite.book.datasets import Dataset
from dezero_lite.book.layers import Layer
from dezero_lite.book.models import Model

__all__ = [
    "Config",
    "DataLoader",
    "Dataset",
    "Function",
    "Layer",
    "Model",
    "Parameter",
    "SeqDataLoader",
    "Variable",
    "as_array",
    "as_variable",
    "core",
    "cuda",
    "dataloaders",
    "datasets",
    "functions",
    "layers",
    "models",
    "no_grad",
    "optimizers",
    "setup_variable",
    "test_mode",
    "transforms",
    "using_config",
    "utils",
]
