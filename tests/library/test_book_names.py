"""Programs written for the book's package run with ours: its names, arguments and defaults are there."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dezero_lite import Variable, book
from dezero_lite.book import cuda, functions, layers, models, optimizers, utils

PROGRAM = """
import sys
from dezero_lite import book
sys.modules["dezero"] = book

import numpy as np
import dezero
import dezero.functions as F
import dezero.layers as L
from dezero import DataLoader, Model, as_variable, no_grad, optimizers, test_mode
from dezero.models import MLP, VGG16
from dezero.utils import gradient_check, plot_dot_graph

np.random.seed(0)
train_set = dezero.datasets.Spiral(train=True)
train_loader = DataLoader(train_set, 30)


class Net(Model):
    def __init__(self, hidden_size, out_size):
        super().__init__()
        self.l1 = L.Linear(hidden_size)
        self.l2 = L.Linear(out_size)

    def forward(self, x):
        return self.l2(F.dropout(F.relu(self.l1(x)), dropout_ratio=0.1))


model = Net(20, 3)
optimizer = optimizers.MomentumSGD(0.1).setup(model)
optimizer.add_hook(optimizers.WeightDecay(rate=1e-4))
for epoch in range(40):
    for x, t in train_loader:
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
with test_mode(), no_grad():
    print(float(F.accuracy(model(train_set.data), train_set.label).data) > 0.8)
print(isinstance(as_variable(np.ones(2)), dezero.Variable), VGG16().available_layers[0])
print(gradient_check(lambda x: F.batch_nrom(x, np.ones(2), np.zeros(2), np.zeros(2), np.ones(2)), np.random.rand(4, 2)))
"""


def test_a_program_for_the_book_runs_with_three_lines_in_front(tmp_path: Path) -> None:
    root = Path(book.__file__).parents[2]
    command = [sys.executable, "-W", "error", "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root)
    assert (done.stdout, done.stderr) == ("True\nTrue conv1_1\nTrue\n", "")


def test_every_name_of_the_lists_is_there() -> None:
    for module in (book, functions, layers, models, optimizers, utils, cuda, book.core, book.datasets, book.transforms):
        assert len(set(module.__all__)) == len(module.__all__)
        for name in module.__all__:
            assert hasattr(module, name), name


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("sigmoid_simple", ()),
        ("softmax_simple", (1,)),
        ("softmax_simple", (0,)),
        ("expand_dims", (0,)),
        ("expand_dims", (-1,)),
        ("expand_dims", (1,)),
        ("flatten", ()),
        ("average", ()),
        ("sigmoid_cross_entropy", (np.array([[1, 0, 1], [0, 0, 1]]),)),
        ("mean_squared_error_simple", (np.ones((2, 3)),)),
    ],
)
def test_what_is_composed_has_the_gradient_of_differences(name: str, args: Any) -> None:
    x = np.random.default_rng(0).standard_normal((2, 3))
    assert utils.gradient_check(getattr(functions, name), x, *args)


def test_composed_functions_give_what_the_fused_ones_give() -> None:
    x, t = np.random.default_rng(0).standard_normal((2, 3)), np.array([[1, 0, 1], [0, 0, 1]])
    assert utils.array_allclose(functions.sigmoid_simple(x), functions.sigmoid(x))
    assert utils.array_allclose(functions.softmax_simple(x, 0), functions.softmax(x, 0))
    assert utils.array_allclose(functions.mean_squared_error_simple(x, t), functions.mean_squared_error(x, t))
    p = 1 / (1 + np.exp(-x))
    expected = -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum() / 2
    assert utils.array_allclose(functions.sigmoid_cross_entropy(x, t), expected)
    assert functions.expand_dims(x, -1).shape == (2, 3, 1)
    assert functions.expand_dims(x, 0).shape == (1, 2, 3)
    assert functions.flatten(np.ones((2, 3, 4))).shape == (2, 12)
    assert functions.embed_id(np.array([1, 0]), Variable(x)).data.tolist() == x[[1, 0]].tolist()


def test_the_books_numbers_come_from_its_seed() -> None:
    """Its Linear draws W by np.random.randn, and so does ours where no generator is passed in."""
    np.random.seed(0)
    expected = np.random.randn(3, 2) * np.sqrt(1 / 3)
    np.random.seed(0)
    W = layers.Linear(2, in_size=3).W.data
    np.testing.assert_array_equal(W, expected.astype(np.float32))


def test_the_books_arguments_and_defaults_are_there() -> None:
    """As in its 0.0.13; a program may name them."""
    x = np.random.default_rng(0).standard_normal((2, 3, 4))
    for name in ("softmax", "log_softmax"):  # along the second axis, where ours takes the last
        assert getattr(functions, name)(x).data.tolist() == getattr(functions, name)(x, axis=1).data.tolist()
    assert utils.array_allclose(functions.softmax(x).data.sum(axis=1), np.ones((2, 4)))
    assert functions.clip(x, x_min=-0.5, x_max=0.5).data.tolist() == np.clip(x, -0.5, 0.5).tolist()
    assert functions.get_item(x, slices=(0, 1)).data.tolist() == x[0, 1].tolist()
    x, mean, var = x[0], np.zeros(4), np.ones(4)
    assert functions.batch_nrom(x, np.ones(4), np.zeros(4), mean=mean, var=var, decay=0.5).shape == (3, 4)
    np.testing.assert_allclose(mean, x.mean(axis=0) / 2)
    assert models.MLP(fc_output_sizes=(5, 2), activation=functions.relu)(x).shape == (3, 2)
    assert utils.get_conv_outsize(input_size=28, kernel_size=5, stride=1, pad=2) == 28
    assert utils.get_deconv_outsize(size=14, k=2, s=2, p=0) == 28
    assert optimizers.AdaGrad().lr == 0.001
    assert book.transforms.ToInt()(np.array([1.5])).tolist() == [1]
    batches = list(book.DataLoader([(0, 1), (2, 3)], 2, False, False))
    assert [(x.tolist(), t.tolist()) for x, t in batches] == [([0, 2], [1, 3])]


@pytest.mark.parametrize("axis", [None, 1, -1, (0, 2), (0, -1)])
def test_the_books_tools_for_sums(axis: Any) -> None:
    x = np.arange(24.0).reshape(2, 3, 4)
    for keepdims in (False, True):
        gy = x.sum(axis=axis, keepdims=keepdims)
        expected = x.sum(axis=axis, keepdims=True)
        assert utils.reshape_sum_backward(np.asarray(gy), x.shape, axis, keepdims).tolist() == expected.tolist()
    assert utils.sum_to(x, (3, 1)).tolist() == x.sum(axis=(0, 2)).reshape(3, 1).tolist()
    with pytest.raises(ValueError, match="sum_to cannot sum"):  # the book's returns another shape than asked for
        utils.sum_to(x, (2,))


class Squares(book.Dataset):
    """As the book writes a data set."""

    def prepare(self) -> None:
        self.data = np.arange(3.0) ** 2 if self.train else np.arange(5.0) ** 2


class LabelledSquares(Squares):
    def prepare(self) -> None:
        super().prepare()
        self.label = np.arange(len(self.data))


def test_a_data_set_of_the_books_kind_is_filled_by_prepare() -> None:
    assert (len(Squares()), len(Squares(train=False))) == (3, 5)
    assert Squares(transform=lambda x: -x)[2] == (-4.0, None)
    assert Squares()[2] == (4.0, None)
    assert LabelledSquares(True, lambda x: -x, lambda t: 10 * t)[2] == (-4.0, 20)


def test_the_books_mnist_hands_its_transform_what_the_files_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.arange(2 * 784, dtype=np.uint8).reshape(2, 28, 28)
    heads = {
        "images": b"\0\0\x08\x03" + struct.pack(">3I", 2, 28, 28),
        "labels": b"\0\0\x08\x01" + struct.pack(">I", 2),
    }
    contents = {"images": heads["images"] + pixels.tobytes(), "labels": heads["labels"] + bytes([7, 3])}
    monkeypatch.setattr(book.datasets.MNIST, "unpacked", lambda self, name, *args: contents[name.split("-")[1]])
    x, t = book.datasets.MNIST()[1]
    assert (x.dtype, x.shape, int(t)) == (np.float32, (784,), 3)
    np.testing.assert_allclose(x, pixels[1].reshape(-1) / 255, rtol=1e-6)
    x, t = book.datasets.MNIST(transform=None)[1]
    assert (x.dtype, x.tolist()) == (np.uint8, pixels[1:].tolist())


def test_comparisons_say_no_where_something_differs() -> None:
    assert not utils.array_equal(np.ones(2), Variable(np.array([1.0, 2.0])))
    assert utils.array_equal(np.ones(2), Variable(np.ones(2)))
    assert not utils.array_allclose(np.ones(2), np.ones(2) + 1e-3)
    assert not utils.gradient_check(
        lambda x: functions.sum(Variable(x.data) * x if hasattr(x, "grad") else x * x), np.ones(2)
    )


def test_the_books_optimizers_have_its_arguments() -> None:
    assert optimizers.Adam(alpha=0.5).lr == 0.5
    assert (optimizers.MomentumSGD(lr=0.1, momentum=0.5).momentum, optimizers.SGD().lr) == (0.5, 0.01)
    assert optimizers.SGD().setup(layers.Linear(2)).hooks == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: models.VGG16(pretrained=True), "VGG16 fetches no weights; call load_weights with a file of yours"),
        (lambda: functions.expand_dims(np.ones(3), 2), "expand_dims makes 2 axes of shape (3,), and none is 2"),
        (lambda: functions.expand_dims(np.ones(3), -3), "expand_dims makes 2 axes of shape (3,), and none is -3"),
    ],
)
def test_what_differs_is_named(wrong: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        wrong()
    assert str(caught.value) == message
