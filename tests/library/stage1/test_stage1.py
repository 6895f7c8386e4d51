"""Stage 1 against two witnesses that share no code with it: the central difference and HIPS autograd."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from dezero_lite import stage1
from dezero_lite.stage1 import Exp, Function, Square, Variable, as_array, exp, numerical_diff, square
from dezero_lite.testing import check_gradient

# One row a function: ours, the same in autograd.numpy. A new function without a row fails (see the last test).
TABLE: dict[str, tuple[Callable, Callable]] = {
    "square": (square, lambda x: x**2),
    "exp": (exp, anp.exp),
}
COMPOSED: dict[str, tuple[Callable, Callable]] = {
    **TABLE,
    "square(exp(square))": (lambda x: square(exp(square(x))), lambda x: anp.exp(x**2) ** 2),
    "exp(square(exp))": (lambda x: exp(square(exp(x))), lambda x: anp.exp(anp.exp(x) ** 2)),
}
inputs = arrays(np.float64, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3), elements=st.floats(-1.5, 1.5))


@pytest.mark.step01
def test_a_variable_holds_the_very_array() -> None:
    data = np.array(1.0)
    x = Variable(data)
    assert x.data is data
    x.data = np.array(2.0)
    assert x.data == 2.0


@pytest.mark.step10
@pytest.mark.parametrize("name", COMPOSED)
@settings(max_examples=60)
@given(x=inputs, seed=st.integers(0, 2**32 - 1))
def test_gradient_equals_the_central_difference_in_a_random_direction(name: str, x: np.ndarray, seed: int) -> None:
    check_gradient(COMPOSED[name][0], Variable(x), rtol=1e-5, atol=1e-6, seed=seed)


@pytest.mark.step05
@pytest.mark.step06
@pytest.mark.parametrize("name", COMPOSED)
@settings(max_examples=60)
@given(x=inputs)
def test_value_and_gradient_equal_autograd(name: str, x: np.ndarray) -> None:
    ours, theirs = COMPOSED[name]
    v = Variable(x)
    y = ours(v)
    y.backward()
    assert v.grad is not None
    np.testing.assert_allclose(y.data, theirs(x), rtol=1e-14)
    np.testing.assert_allclose(v.grad, elementwise_grad(theirs)(x), rtol=1e-13)
    assert v.grad.shape == x.shape


@pytest.mark.step09
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,)])
def test_dtype_and_shape_are_kept(dtype: type, shape: tuple[int, ...]) -> None:
    x = Variable(np.ones(shape, dtype))
    y = square(exp(x))
    y.backward()
    for array in (y.data, y.grad, x.grad):
        assert isinstance(array, np.ndarray)
        assert array.dtype == dtype
        assert array.shape == shape


@pytest.mark.step06
def test_nan_and_infinity_pass_through() -> None:
    x = Variable(np.array([np.nan, np.inf]))
    y = square(x)
    y.backward()
    np.testing.assert_array_equal(y.data, [np.nan, np.inf])
    np.testing.assert_array_equal(x.grad, [np.nan, np.inf])


@pytest.mark.step06
def test_read_only_and_strided_data() -> None:
    data = np.arange(6.0)[::2]
    data.flags.writeable = False
    x = Variable(data)
    square(x).backward()
    np.testing.assert_array_equal(x.grad, 2 * data)


@pytest.mark.step07
def test_backward_starts_from_a_given_gradient() -> None:
    x = Variable(np.array(3.0))
    y = square(x)
    y.grad = np.array(10.0)
    y.backward()
    assert x.grad == 60.0


@pytest.mark.step09
def test_backward_on_a_variable_without_creator_sets_its_own_gradient_only() -> None:
    x = Variable(np.array([1.0, 2.0]))
    x.backward()
    np.testing.assert_array_equal(x.grad, [1.0, 1.0])


@pytest.mark.step09
def test_a_function_object_refuses_a_second_call() -> None:
    f = Square()
    x = Variable(np.array(3.0))
    y = f(x)
    message = "^this Square has been called before; make a new Square for each call$"
    with pytest.raises(RuntimeError, match=message):
        f(y)  # its input would be its own output, and backward() would go round for ever
    with pytest.raises(RuntimeError, match=message):
        f(exp(y))  # the same circle, with another function in it
    y.backward()
    assert x.grad == 6.0


@pytest.mark.step09
def test_a_call_that_failed_may_be_repeated() -> None:
    f = Square()
    with pytest.raises(TypeError):
        f(3.0)  # type: ignore[arg-type]
    assert f(Variable(np.array(3.0))).data == 9.0


@pytest.mark.step08
def test_a_chain_of_100_000_functions() -> None:
    class Same(Function):
        def forward(self, x: np.ndarray) -> np.ndarray:
            return x

        def backward(self, gy: np.ndarray) -> np.ndarray:
            return gy

    x = Variable(np.array(1.0))
    y = x
    for _ in range(100_000):
        y = Same()(y)
    y.backward()
    assert x.grad == 1.0
    del y
    gc.collect()


@pytest.mark.step07
def test_links_from_output_to_input() -> None:
    x = Variable(np.array(0.5))
    y = exp(square(x))
    assert isinstance(y.creator, Exp)
    assert y.creator.output is y
    assert isinstance(y.creator.input.creator, Square)
    assert y.creator.input.creator.input is x
    assert x.creator is None


@pytest.mark.step03
@pytest.mark.step04
@pytest.mark.step06
def test_the_book_s_numbers() -> None:
    x = Variable(np.array(0.5))
    y = square(exp(square(x)))
    y.backward()
    assert str(y.data) == "1.648721270700128"
    assert str(x.grad) == "3.297442541400256"
    assert str(numerical_diff(square, Variable(np.array(2.0)))) == "4.000000000004"
    assert str(numerical_diff(lambda v: square(exp(square(v))), x)) == "3.2974426293330694"


@pytest.mark.step09
@pytest.mark.parametrize(
    ("data", "name"), [(1.0, "float"), ([1.0], "list"), (None, "NoneType"), (np.float64(1.0), "float64"), ("a", "str")]
)
def test_a_variable_takes_arrays_only(data: object, name: str) -> None:
    with pytest.raises(TypeError) as caught:
        Variable(data)  # type: ignore[arg-type]
    assert str(caught.value) == f"Variable takes a numpy.ndarray, got {name}; write Variable(np.array(data))"


@pytest.mark.step02
@pytest.mark.parametrize("given", [1.0, np.array(1.0), [1.0], None])
def test_a_function_takes_variables_only(given: object) -> None:
    name = type(given).__name__
    with pytest.raises(TypeError) as caught:
        square(given)  # type: ignore[arg-type]
    assert str(caught.value) == f"Square takes a Variable, got {name}; wrap it in Variable(np.array(...))"


@pytest.mark.step02
def test_what_a_subclass_forgot_is_named() -> None:
    class Half(Function):
        pass

    with pytest.raises(NotImplementedError, match=r"^Half does not define forward\(x\)$"):
        Half()(Variable(np.array(1.0)))
    Half.forward = lambda self, x: x / 2  # type: ignore[method-assign]
    with pytest.raises(NotImplementedError, match=r"^Half does not define backward\(gy\)$"):
        Half()(Variable(np.array(1.0))).backward()


@pytest.mark.step09
def test_as_array() -> None:
    array = np.array([1.0])
    assert as_array(array) is array
    for scalar in (1.0, np.float32(1.0), 1):
        assert isinstance(as_array(scalar), np.ndarray)
    assert as_array(np.float32(1.0)).dtype == np.float32


@pytest.mark.step04
def test_numerical_diff_leaves_its_input_alone() -> None:
    x = Variable(np.array([1.0, 2.0]))
    result = numerical_diff(square, x)
    np.testing.assert_allclose(result, [2.0, 4.0])
    np.testing.assert_array_equal(x.data, [1.0, 2.0])
    assert x.grad is None


@pytest.mark.step07
def test_graphs_are_freed() -> None:
    class Data(np.ndarray):
        """An ndarray that can be watched."""

    data = np.ones(3).view(Data)
    watch = weakref.ref(data)
    y = square(Variable(data))
    del data, y
    gc.collect()
    assert watch() is None


@pytest.mark.step10
class TestCheckGradient:
    """The witness itself must be able to say no."""

    def test_it_finds_a_wrong_gradient(self) -> None:
        class Wrong(Square):
            def backward(self, gy: np.ndarray) -> np.ndarray:
                return self.input.data * gy

        with pytest.raises(AssertionError) as caught:
            check_gradient(lambda x: Wrong()(x), Variable(np.array(3.0)))
        assert str(caught.value) == (
            "the gradient is wrong: backward gives the slope 3, the central difference gives 6"
        )

    @pytest.mark.parametrize("shape", [(), (5,)])
    def test_it_finds_a_forgotten_gy(self, shape: tuple[int, ...]) -> None:
        class Forgetful(Square):
            def backward(self, gy: np.ndarray) -> np.ndarray:
                return 2 * self.input.data

        x = Variable(np.asarray(np.random.default_rng(1).standard_normal(shape)))
        with pytest.raises(AssertionError, match="the gradient is wrong"):
            check_gradient(lambda v: Forgetful()(v), x)
        check_gradient(square, x)

    def test_it_finds_one_wrong_element_among_many(self) -> None:
        class Wrong(Square):
            def backward(self, gy: np.ndarray) -> np.ndarray:
                gx = super().backward(gy)
                gx[7] *= 1.01
                return gx

        x = Variable(np.linspace(1.0, 2.0, 20))
        with pytest.raises(AssertionError, match="the gradient is wrong"):
            check_gradient(lambda v: Wrong()(v), x)
        check_gradient(square, x)

    def test_it_finds_a_gradient_that_never_arrives(self) -> None:
        with pytest.raises(AssertionError, match=r"the gradient is missing: backward\(\) did not reach x"):
            check_gradient(lambda x: square(Variable(x.data)), Variable(np.array(3.0)))

    def test_it_wants_double_precision(self) -> None:
        with pytest.raises(TypeError, match=r"needs float64 data, got float32; write x.data.astype\(float\)"):
            check_gradient(square, Variable(np.ones(2, np.float32)))

    def test_it_leaves_its_input_alone(self) -> None:
        x = Variable(np.array([1.0, 2.0]))
        check_gradient(square, x)
        np.testing.assert_array_equal(x.data, [1.0, 2.0])
        assert x.grad is None


@pytest.mark.step10
def test_every_function_has_a_row() -> None:
    functions = {name.lower() for name in stage1.__all__ if _is_function(getattr(stage1, name))}
    assert functions == set(TABLE)


def _is_function(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Function) and thing is not Function
