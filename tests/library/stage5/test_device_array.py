"""The stand-in for a GPU's array is strict: it mixes with no ndarray, and becomes none; and to_gpu, with a CuPy of ours."""

from __future__ import annotations

import copy
import sys
import types
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
import dezero_lite.layers as L
from dezero_lite import Variable, devices, models
from dezero_lite.dataloaders import DataLoader, SeqDataLoader
from dezero_lite.datasets import Spiral
from dezero_lite.devices import DeviceArray
from dezero_lite.stage3 import Function

pytestmark = pytest.mark.step52


def there(x: Any) -> None:
    assert type(x.data) is DeviceArray, type(x.data)


class FakeCuPy(types.ModuleType):
    """What to_gpu asks of CuPy, with the stand-in for its array, and a GPU or none."""

    def __init__(self, gpu: bool) -> None:
        super().__init__("cupy")
        self.asarray = DeviceArray

        class NoGPUError(RuntimeError):
            pass

        class Device:
            @property
            def compute_capability(self) -> str:
                if not gpu:
                    raise NoGPUError("cudaErrorNoDevice: no CUDA-capable device is detected")
                return "90"

        runtime = types.SimpleNamespace(CUDARuntimeError=NoGPUError)
        self.cuda = types.SimpleNamespace(Device=Device, runtime=runtime)


def test_what_lies_there_is_a_copy() -> None:
    here = np.ones(3)
    x = DeviceArray(here)
    here[0] = 7
    twin = DeviceArray(x)
    x[1] = 7
    assert (x.get().tolist(), twin.get().tolist(), here.tolist()) == ([1, 7, 1], [1, 1, 1], [7, 1, 1])


def test_to_gpu_moves_arrays_variables_models_and_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cupy", FakeCuPy(gpu=True))
    assert type(devices.to_gpu(np.ones(3))) is DeviceArray
    there(devices.to_gpu(Variable(np.ones(3))))
    model = models.MLP((4, 3), in_size=None)
    model(np.ones((1, 2), np.float32))
    for param in model.to_gpu().params():
        there(param)
    for kind in (DataLoader, SeqDataLoader):
        x, t = next(iter(kind(Spiral(), 4, gpu=True)))
        assert (type(x), type(t)) == (DeviceArray, DeviceArray)
    there(model(x))
    x, t = next(iter(DataLoader(Spiral(), 4, gpu=True).to_cpu()))
    assert (type(x), type(t)) == (np.ndarray, np.ndarray)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (None, "to_gpu needs CuPy, which is not installed; pip install cupy-cuda13x, or -cuda12x for CUDA 12"),
        (FakeCuPy(gpu=False), "CuPy finds no GPU: cudaErrorNoDevice: no CUDA-capable device is detected"),
    ],
)
def test_without_a_gpu_it_is_said_what_is_missing(module: Any, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cupy", module)
    for move in (lambda: devices.to_gpu(np.ones(3)), L.Linear(2, in_size=2).to_gpu):
        with pytest.raises(RuntimeError) as caught:
            move()
        assert str(caught.value) == message


class Careless(Function):
    """A reader's own function that makes an array by NumPy, beside the device's."""

    def forward(self, x: Any) -> Any:
        return x * np.ones(x.shape)

    def backward(self, gy: Any) -> Any:
        return gy


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda x: Variable(x) * np.ones((2, 2)),
            "Mul got arrays from two memories, DeviceArray and numpy.ndarray; move one, or the model",
        ),
        (lambda x: L.Linear(3, in_size=2)(x), "Affine got arrays from two memories, DeviceArray and numpy.ndarray"),
        (lambda x: F.concatenate([x, np.ones((2, 2))]), "Concatenate got arrays from two memories"),
        (lambda x: F.where(x > 0, x, np.ones((2, 2))), "Where got arrays from two memories"),
        (lambda x: Careless()(x), "a DeviceArray does not mix with an ndarray; write DeviceArray(x), or x.get()"),
        (lambda x: x + np.ones((2, 2)), "does not mix with an ndarray"),
        (lambda x: np.ones((2, 2)) @ x, "does not mix with an ndarray"),
        (lambda x: x[np.array([0])], "does not mix with an ndarray"),
        (lambda x: x.dot(np.ones((2, 2))), "does not mix with an ndarray"),
        (lambda x: np.stack([x, np.ones((2, 2))]), "does not mix with an ndarray"),
        (lambda x: np.full_like(x, np.ones(2)), "does not mix with an ndarray"),
        (lambda x: np.asarray(x), "a DeviceArray does not become an ndarray unless you ask; write x.get()"),
        (lambda x: np.array([x, x]), "does not become an ndarray unless you ask"),
        (lambda x: np.ones(2)[x[0] > 0], "does not become an ndarray unless you ask"),
        (lambda x: np.exp(Variable(x)), "np.exp of a Variable would lose its gradient"),
        (lambda x: np.add(x, [Variable(x)]), ""),
        (lambda x: np.concatenate([x, Variable(x)]), "np.concatenate of a Variable would lose its gradient"),
    ],
)
def test_what_mixes_two_memories_is_named(wrong: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        wrong(DeviceArray(np.ones((2, 2), np.float32)))
    assert message in str(caught.value)


def test_the_stand_in_behaves_as_an_array() -> None:
    x: Any = DeviceArray(np.arange(6.0).reshape(2, 3))
    assert (x.shape, x.ndim, x.size, x.dtype, len(x)) == ((2, 3), 2, 6, np.float64, 2)
    assert str(x) == str(x.get())
    assert repr(DeviceArray(np.ones(2))) == "DeviceArray([1. 1.])"
    assert f"{x.sum():.2f}" == "15.00"
    assert (float(x.sum()), int(x.sum()), bool(x.sum())) == (15.0, 15, True)
    assert type(x.sum()) is type(x[0, 0]) is type(x.T) is type(x.base if x.base is not None else x) is DeviceArray
    x[0] += 1
    x[1, :2] = DeviceArray(np.zeros(2))
    assert x.get().tolist() == [[1, 2, 3], [0, 0, 5]]
    assert np.multiply(x, 2, out=x) is x
    assert x.get().tolist() == [[2, 4, 6], [0, 0, 10]]
    got = x.get()
    got[:] = 0
    assert float(x.sum()) == 22
    assert DeviceArray(x).get().tolist() == x.get().tolist()
    assert devices.as_numpy(np.asarray(got, like=x)).tolist() == got.tolist()
    assert copy.deepcopy(x).get().tolist() == x.get().tolist()
    assert [float(row.sum()) for row in x] == [12, 10]
    low, high = np.array_split(x, 2)
    assert type(low) is type(high) is DeviceArray
    with pytest.raises(AttributeError):
        _ = x.nothing
    with pytest.raises(AttributeError):
        _ = x.__array_interface__
    with pytest.raises(ValueError, match="ambiguous"):
        bool(x)
