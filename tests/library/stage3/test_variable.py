"""The box itself: what it takes, what it says of its data, how it is printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dezero_lite.stage3 import Variable, as_array, as_variable, square

pytestmark = pytest.mark.step28


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 4)])
@pytest.mark.parametrize("dtype", [np.float32, np.int64, np.bool_, np.complex64])
def test_a_variable_tells_of_its_data_what_numpy_tells(shape: tuple[int, ...], dtype: type) -> None:
    data: Any = np.ones(shape, dtype)
    x = Variable(data)
    assert (x.data is data) == (shape != ())
    assert isinstance(x.data, np.ndarray if shape else np.generic)
    assert (x.shape, x.ndim, x.size, x.dtype) == (data.shape, data.ndim, data.size, data.dtype)
    if shape:
        assert len(x) == len(data)
    else:
        with pytest.raises(TypeError, match=r"has no len\(\)"):
            len(x)


@pytest.mark.parametrize("scalar", [np.float16(2), np.float64(2), np.int8(2), np.bool_(True), np.longdouble(2)])
def test_numpy_s_scalars_are_data_and_arrays_without_axes_become_such(scalar: Any) -> None:
    for data in (scalar, np.array(scalar)):
        x = Variable(data)
        assert type(x.data) is type(scalar)
        assert x.data == scalar
        assert type(as_variable(data).data) is type(scalar)
        assert isinstance(as_array(data), np.ndarray)


def test_a_variable_may_have_a_name_and_be_empty() -> None:
    x = Variable(None, "x_input")
    assert (x.data, x.name, x.grad, x.creator, x.generation) == (None, "x_input", None, None, 0)
    assert str(x) == "variable(None)"
    assert Variable(np.array(1.0)).name is None
    assert Variable(np.array(1.0), name="x").name == "x"
    with pytest.raises(ValueError, match="this Variable is empty; give it data before computing with it"):
        square(x)
    x.data = np.array(3.0)
    assert square(x).data == 9.0


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (np.array(1.0), "variable(1.0)"),
        (np.float32(0.5), "variable(0.5)"),
        (np.array([1, 2, 3]), "variable([1 2 3])"),
        (np.array([]), "variable([])"),
        (np.array([[1, 2, 3], [4, 5, 6]]), "variable([[1 2 3]\n          [4 5 6]])"),
    ],
)
def test_repr(data: Any, text: str) -> None:
    assert repr(Variable(data)) == str(Variable(data)) == text


@pytest.mark.parametrize(("data", "name"), [(1.0, "float"), (2, "int"), ([1.0], "list"), ("a", "str"), (True, "bool")])
def test_a_variable_takes_arrays_only(data: Any, name: str) -> None:
    with pytest.raises(TypeError) as caught:
        Variable(data)
    assert str(caught.value) == f"Variable takes a numpy.ndarray, got {name}; write Variable(np.array(data))"


def test_as_variable_and_as_array() -> None:
    x = Variable(np.array([1.0]))
    assert as_variable(x) is x
    assert as_variable(x.data).data is x.data
    assert as_array(x.data) is x.data
    for number in (1.0, 1, np.float32(1.0)):
        v = as_variable(number)
        assert (v.shape, v.data) == ((), 1)
    assert as_array(np.float32(1.0)).dtype == np.float32
