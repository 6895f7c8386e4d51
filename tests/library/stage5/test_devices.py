"""On a strict stand-in for a GPU's array: everything computes there what it computes here, and nothing leaves it.

benchmarks/gpu.py runs the same on a GPU, where there is one.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lite.functions as F
import dezero_lite.layers as L
from dezero_lite import Variable, as_array, as_variable, devices, models, no_grad, optimizers, test_mode
from dezero_lite.dataloaders import DataLoader
from dezero_lite.datasets import Digits, Spiral
from dezero_lite.devices import DeviceArray
from dezero_lite.stage3 import Function

from ..stage4.cases import TABLE as STAGE4
from ..stage4.cases import Case
from .cases import TABLE

pytestmark = pytest.mark.step52
# their rows hold places, conditions and labels that lie here: see the test of these
HELD = ("get_item", "softmax_cross_entropy", "where")
ROWS = {name: make for name, (_, make) in (STAGE4 | TABLE).items() if name not in HELD}
each_function = pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in ROWS.items()])


def device() -> tuple[Callable[[Any], Any], Any]:
    """What moves an array, and the type that it has there: the stand-in, or CuPy's where benchmarks/gpu.py asks for it."""
    if os.environ.get("DEZERO_DEVICE") == "cupy":
        cupy = importlib.import_module("cupy")
        return cupy.asarray, cupy.ndarray
    return DeviceArray, DeviceArray


THERE, KIND = device()


def same(there: Any, here: Any) -> None:
    """What was computed there is what was computed here: nearly to the last bit, or to rounding on a real GPU.

    Nearly: here a number without axes is NumPy's scalar, whose power NumPy 2.0 computes in another way.
    """
    assert type(there) is KIND, type(there)
    found, expected = there.get(), np.asarray(here)
    assert (found.dtype, found.shape) == (expected.dtype, expected.shape)
    near = 32 * float(np.finfo(found.dtype).eps) if found.dtype.kind == "f" else 0.0
    if KIND is not DeviceArray:
        near *= 1000
    np.testing.assert_allclose(found, expected, rtol=near, atol=near)


def lies_there(x: Any) -> np.ndarray:
    """The numbers of a Variable that must lie on the device, all the way."""
    assert type(x.data) is KIND, type(x.data)
    return x.data.get()


@each_function
@settings(max_examples=15)
@given(data=st.data())
def test_each_function_computes_there_what_it_computes_here(make: Any, data: st.DataObject) -> None:
    """Value, gradient and second derivative."""
    case: Case = make(data.draw)
    results = []
    where: Any
    for where in (np.array, THERE):
        xs = [Variable(where(x)) for x in case.xs]
        y = case.ours(*xs)
        (y * y).backward()
        first = [x.grad for x in xs]
        for x in xs:
            x.cleargrad()
        (case.ours(*xs) ** 2).backward(create_graph=True)
        gxs: list[Any] = [x.grad for x in xs]
        for x in xs:
            x.cleargrad()
        F.square(gxs[0]).backward()
        results.append([y, *first, *gxs, *[x.grad for x in xs if x.grad is not None]])
    here, there = results
    assert len(here) == len(there)
    for a, b in zip(here, there, strict=True):
        same(b.data, a.data)


@each_function
@settings(max_examples=5)
@given(data=st.data())
def test_arrays_on_the_device_are_constants(make: Any, data: st.DataObject) -> None:
    case: Case = make(data.draw)
    try:
        y = case.ours(*map(THERE, case.xs))
    except (TypeError, AttributeError):  # called as a method, or an operator: these are the array's own
        return
    if isinstance(y, Variable):
        lies_there(y)


@pytest.mark.parametrize(
    ("f", "held"),
    [
        (lambda x, place: x[place], np.array([0, 0, 2])),
        (lambda x, place: x[place, :2], np.array([[1, 2], [1, 1]])),
        (lambda x, place: x[place], np.array([True, False, True])),
        (lambda x, place: F.get_item(x, (slice(None), place)), np.array([1, 1])),
        (lambda x, keep: F.where(keep, x, x * 2), np.arange(12).reshape(3, 4) > 5),
        (lambda x, keep: F.where(Variable(keep), x, 0.0), np.arange(12).reshape(3, 4) > 5),
        (F.softmax_cross_entropy, np.array([0, 3, 3])),
        (lambda x, t: F.softmax_cross_entropy(x, t, ignore=-1), np.array([-1, 3, 0])),
        (lambda x, t: F.softmax_cross_entropy(x, Variable(t)), np.array([1, 1, 0])),
    ],
)
def test_places_conditions_and_labels_lie_there_too(f: Any, held: np.ndarray) -> None:
    results = []
    where: Any
    for where in (np.array, THERE):
        x = Variable(where(np.random.default_rng(0).standard_normal((3, 4))))
        F.square(f(x, where(held))).backward(create_graph=True)
        gx: Any = x.grad
        x.cleargrad()
        F.square(gx).backward()
        results.append([gx, x.grad])
    for here, there in zip(*results, strict=True):
        same(there.data, here.data)


def test_labels_on_the_device_are_looked_at() -> None:
    x = THERE(np.zeros((2, 3)))
    for t, message in [
        ([0, 3], "labels must be .* 0 .* 2, got 3"),
        ([0.0, 1.0], "must be whole numbers, got float64"),
    ]:
        with pytest.raises((ValueError, TypeError), match=message):
            F.softmax_cross_entropy(x, THERE(np.array(t)))


def train(where: Callable[[Any], Any], make: Callable[[], Any], optimizer: Any, shape: tuple[int, ...]) -> Any:
    model, data = make(), Digits()
    with test_mode(), no_grad():
        model(data.data[:2].reshape(shape))
    model.move_to(where)
    optimizer.setup(model)
    optimizer.add_hook(optimizers.WeightDecay(1e-3)).add_hook(optimizers.ClipGrad(1.0))
    loader = DataLoader(data, 300, rng=np.random.default_rng(1)).move_to(where)
    assert len(loader) == 5
    for x, t in loader:
        y = model(x.reshape(shape))
        loss = F.softmax_cross_entropy(y, t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
    return model, [loss, F.accuracy(y, t)]


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (lambda: models.MLP((20, 10), F.relu, rng=np.random.default_rng(0), init=L.he), (-1, 64)),
        (lambda: models.VGG(((4, 1), (4, 1)), (16, 10), rng=np.random.default_rng(0)), (-1, 1, 8, 8)),
        (
            lambda: models.Sequential(
                L.ResidualBlock(1, 4, 2, rng=np.random.default_rng(0)),
                F.global_average_pooling,
                L.Linear(10, rng=np.random.default_rng(0)),
            ),
            (-1, 1, 8, 8),
        ),
    ],
    ids=["MLP", "VGG", "ResNet"],
)
@pytest.mark.parametrize("kind", [optimizers.SGD, optimizers.Momentum, optimizers.AdaGrad, optimizers.AdamW])
def test_a_training_gives_the_same_numbers_there(make: Any, shape: Any, kind: Any) -> None:
    here, numbers = train(np.array, make, kind(0.01), shape)
    there, others = train(THERE, make, kind(0.01), shape)
    for a, b in zip([*here.params(), *numbers], [*there.params(), *others], strict=True):
        same(b.data, a.data)


def test_weights_are_made_where_the_first_input_lies() -> None:
    x = THERE(np.ones((2, 3, 4, 4), np.float32))
    for layer in (L.Conv2d(2, 3, nobias=True), L.Deconv2d(2, 3, nobias=True), L.Linear(2, nobias=True)):
        lies_there(layer(x))
        lies_there(layer.W)
    norm = L.BatchNorm()
    lies_there(norm(x))
    for param in norm.params():
        lies_there(param)


@pytest.mark.parametrize("kind", [optimizers.Momentum, optimizers.AdaGrad, optimizers.Adam])
def test_a_training_moves_in_the_middle(kind: Any) -> None:
    """Model and optimizer move together; what the optimizer keeps is what it was."""
    ends = []
    for move in (False, True):
        model = models.MLP((4, 3), rng=np.random.default_rng(0))
        optimizer = kind(0.1).setup(model)
        for x, t in DataLoader(Spiral(), 100, shuffle=False):
            F.softmax_cross_entropy(model(x), t).backward()
            optimizer.update()
        if move:
            assert model.move_to(THERE) is model
            assert optimizer.move_to(THERE) is optimizer
            assert all(param.grad is None for param in model.params())
        model.cleargrads()
        for x, t in DataLoader(Spiral(), 100, shuffle=False).move_to(THERE if move else np.asarray):
            F.softmax_cross_entropy(model(x), t).backward()
            optimizer.update()
        ends.append([devices.as_numpy(param) for param in model.to_cpu().params()])
        assert {type(param.data) for param in model.params()} == {np.ndarray}
    for a, b in zip(*ends, strict=True):
        np.testing.assert_array_equal(a, b)


def test_moving_keeps_names_and_drops_graphs() -> None:
    x = Variable(np.ones(3), "x")
    y = devices.to_cpu(x * 2)
    assert y.creator is None
    assert devices.to_cpu(x).name == "x"
    assert isinstance(devices.to_cpu(np.ones(3)), np.ndarray)
    there: Any = THERE(np.ones(3))
    assert devices.as_numpy(Variable(there)).tolist() == devices.as_numpy(there).tolist() == [1, 1, 1]
    assert devices.as_numpy(2.0) == 2.0
    here = np.ones(3)
    assert devices.as_numpy(here) is here
    assert devices.get_array_module(x) is devices.get_array_module(2.0) is np
    assert as_array(there) is there
    assert as_variable(there).data is there


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (lambda x: Variable(x) * np.ones((2, 2)), "Mul"),
        (lambda x: L.Linear(3, in_size=2)(x), "Affine"),
        (lambda x: F.concatenate([x, np.ones((2, 2))]), "Concatenate"),
        (lambda x: F.where(x > 0, x, np.ones((2, 2))), "Where"),
        (lambda x: F.conv2d(x.reshape(1, 1, 2, 2), np.ones((1, 1, 1, 1))), "Convolve"),
    ],
)
def test_what_mixes_two_memories_is_named(wrong: Any, name: str) -> None:
    with pytest.raises(TypeError) as caught:
        wrong(THERE(np.ones((2, 2), np.float32)))
    assert str(caught.value).startswith(f"{name} got arrays from two memories, ")
    assert str(caught.value).endswith("; move one, or the model")


def test_a_type_error_that_is_no_mixing_stays_what_it_was() -> None:
    class Wrong(Function):
        def forward(self, x: Any) -> Any:
            return x + "1"

    with pytest.raises(TypeError, match=r"ufunc|unsupported|str"):
        Wrong()(np.ones(3))


def test_one_hot_stays_on_the_device() -> None:
    labels: Any = THERE(np.array([2, 0]))
    onehot = (labels[:, None] == np.arange(3, like=labels)).astype(np.float32)
    assert type(onehot) is KIND
    assert onehot.get().tolist() == [[0, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize("kind", [L.RNN, L.LSTM, L.GRU])
def test_networks_that_remember_do_so_there(kind: Any) -> None:
    ends = []
    where: Any
    for where in (np.array, THERE):
        layer = kind(4, in_size=2, rng=np.random.default_rng(0)).move_to(where)
        xs = np.random.default_rng(1).standard_normal((3, 5, 2)).astype(np.float32)
        for x in xs:
            y = layer(where(x))
        F.square(y).backward()
        ends.append([y, *[param.grad for param in layer.params()]])
    for here, there in zip(*ends, strict=True):
        same(there.data, here.data)


def test_an_embedding_takes_its_rows_there() -> None:
    layer = L.Embedding(5, 3, rng=np.random.default_rng(0)).move_to(THERE)
    lies_there(layer(THERE(np.array([[0, 4], [4, 1]]))))
    with pytest.raises(ValueError, match="none for 5"):
        layer(THERE(np.array([5])))
