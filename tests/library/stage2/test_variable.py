"""The box itself: what it takes, what it says of its data, how it is printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dezero_lite.stage2 import Variable, as_array, as_variable


@pytest.mark.step19
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 4)])
@pytest.mark.parametrize("dtype", [np.float32, np.int64, np.bool_])
def test_a_variable_tells_of_its_data_what_numpy_tells(shape: tuple[int, ...], dtype: type) -> None:
    data: np.ndarray = np.ones(shape, dtype)
    x = Variable(data)
    assert x.data is data
    assert (x.shape, x.ndim, x.size, x.dtype) == (data.shape, data.ndim, data.size, data.dtype)
    if shape:
        assert len(x) == len(data)
    else:
        with pytest.raises(TypeError, match="len\\(\\) of unsized object"):
            len(x)


@pytest.mark.step19
def test_a_variable_may_have_a_name_and_be_empty() -> None:
    x = Variable(None, "x_input")
    assert (x.data, x.name, x.grad, x.creator, x.generation) == (None, "x_input", None, None, 0)
    assert Variable(np.array(1.0)).name is None
    assert Variable(np.array(1.0), name="x").name == "x"


@pytest.mark.step19
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (None, "variable(None)"),
        (np.array(1.0), "variable(1.0)"),
        (np.array([1, 2, 3]), "variable([1 2 3])"),
        (np.array([]), "variable([])"),
        (np.array([[1, 2, 3], [4, 5, 6]]), "variable([[1 2 3]\n          [4 5 6]])"),
    ],
)
def test_repr(data: Any, text: str) -> None:
    assert repr(Variable(data)) == str(Variable(data)) == text


@pytest.mark.step19
def test_the_lines_of_a_printed_array_stay_aligned() -> None:
    data = np.arange(24.0).reshape(2, 3, 4)
    lines = repr(Variable(data)).splitlines()
    assert lines[0].startswith("variable(")
    assert lines[-1].endswith(")")
    indented = "\n".join(line[len("variable(") :] for line in lines)
    assert indented == str(data) + ")"
    assert all(not line[: len("variable(")].strip() for line in lines[1:])


@pytest.mark.step21
@pytest.mark.parametrize(
    ("data", "name"), [(1.0, "float"), (2, "int"), ([1.0], "list"), (np.float64(1.0), "float64"), ("a", "str")]
)
def test_a_variable_takes_arrays_only(data: Any, name: str) -> None:
    with pytest.raises(TypeError) as caught:
        Variable(data)
    assert str(caught.value) == f"Variable takes a numpy.ndarray, got {name}; write Variable(np.array(data))"


@pytest.mark.step21
def test_as_variable() -> None:
    x = Variable(np.array([1.0]))
    assert as_variable(x) is x
    assert as_variable(x.data).data is x.data
    for number in (1.0, 1, np.float32(1.0)):
        v = as_variable(number)
        assert isinstance(v.data, np.ndarray)
        assert (v.shape, v.data) == ((), 1)


@pytest.mark.step21
def test_as_array() -> None:
    array = np.array([1.0])
    assert as_array(array) is array
    for number in (1.0, np.float32(1.0), 1):
        assert isinstance(as_array(number), np.ndarray)
    assert as_array(np.float32(1.0)).dtype == np.float32


@pytest.mark.step21
def test_variables_are_equal_only_to_themselves() -> None:
    """The engine keeps them in sets and dictionaries, whatever is in them."""
    x, same = Variable(np.array(1.0)), Variable(np.array(1.0))
    assert x == x
    assert x != same
    assert len({x, same}) == 2
