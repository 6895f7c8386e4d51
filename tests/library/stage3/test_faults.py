"""What goes wrong silently elsewhere is named here: each kind of fault with several members."""

from __future__ import annotations

import copy
import pickle
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from dezero_lite import stage1, stage2, stage3
from dezero_lite.stage3 import Config, Function, Square, Variable, exp, no_grad, square, using_config


def variable(*values: float) -> Variable:
    return Variable(np.array(values if len(values) > 1 else values[0]))


class Scripted(Function):
    """The product of its inputs, or what the test wants its two ways to return."""

    def __init__(self, y: Any = None, gxs: Any = None) -> None:
        self.result, self.gxs = y, gxs

    def forward(self, *xs: Any) -> Any:
        return np.prod(xs, axis=0) if self.result is None else self.result[0]

    def backward(self, *gys: Any) -> Any:
        return self.gxs[0]


# kind 1: what a reader's own forward and backward return


@pytest.mark.step28
@pytest.mark.parametrize(
    ("y", "got"),
    [
        (None, "None; is a return missing?"),
        ([np.ones(2)], "list"),
        ((np.ones(2), None), "None; is a return missing?"),
        ((np.ones(2), [1.0]), "list"),
        ("text", "str"),
        (variable(1.0), f"the Variable of {Variable.__module__}"),
        ({"y": 1.0}, "dict"),
    ],
)
def test_what_forward_must_not_return_is_named(y: Any, got: str) -> None:
    with pytest.raises(TypeError) as caught:
        Scripted(y=[y])(variable(1.0, 2.0))
    assert str(caught.value) == f"Scripted.forward must return an array, or a tuple of arrays, got {got}"


@pytest.mark.step28
@pytest.mark.parametrize(
    ("y", "got"),
    [
        (np.array([None]), "None; is a return missing?"),
        (np.array(["a"]), "str"),
        (np.array([{}]), "dict"),
        (np.array([], object), "object"),
        (np.array([], "U1"), "<U1"),
    ],
)
def test_an_array_of_anything_but_numbers_is_named(y: Any, got: str) -> None:
    for use in (lambda: Scripted(y=[y])(variable(1.0)), lambda: Variable(y)):
        with pytest.raises(TypeError, match="Variable takes an array of numbers, got one of") as caught:
            use()
        assert got.removesuffix("?") in str(caught.value)


@pytest.mark.step28
@pytest.mark.parametrize("y", [2, 2.0, True, np.float32(2), np.array(2), np.bool_(True)])
def test_forward_may_return_a_number(y: Any) -> None:
    out = Scripted(y=[y])(variable(1.0))
    assert isinstance(out, Variable)
    assert isinstance(out.data, np.generic)
    assert out.data == y


@pytest.mark.step30
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    ("count", "gxs", "got"),
    [
        (2, None, "None; is a return missing?"),
        (2, np.ones(2), "ndarray"),
        (2, [np.ones(2)] * 2, "list"),
        (2, (np.ones(2),), "a tuple of 1"),
        (2, (np.ones(2),) * 3, "a tuple of 3"),
        (2, (), "a tuple of 0"),
        (1, (np.ones(2),) * 2, "a tuple of 2"),
        (1, (), "a tuple of 0"),
        (3, (np.ones(2),) * 2, "a tuple of 2"),
    ],
)
def test_a_wrong_number_of_gradients_is_named(count: int, gxs: Any, got: str, create_graph: bool) -> None:
    xs = [variable(1.0, 2.0) for _ in range(count)]
    y = Scripted(gxs=[gxs])(*xs)
    with pytest.raises(ValueError) as caught:
        y.backward(create_graph=create_graph)
    message = f"Scripted.backward must return a gradient for each input ({count}), got {got}"
    assert str(caught.value) == message
    assert [x.grad for x in xs] == [None] * count


@pytest.mark.step30
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    ("gx", "message"),
    [
        (None, "arrays or Variables, got None; is a return missing?"),
        ([1.0, 2.0], "arrays or Variables, got list"),
        (1.0, "arrays or Variables, got float"),
        (0, "arrays or Variables, got int"),
        ("text", "arrays or Variables, got str"),
        (np.ones(3), "a gradient of its input's shape, (2,), got (3,)"),
        (np.ones((2, 1)), "a gradient of its input's shape, (2,), got (2, 1)"),
        (np.float64(1.0), "a gradient of its input's shape, (2,), got ()"),
        (np.ones((2, 3)), "a gradient of its input's shape, (2,), got (2, 3)"),
        (np.ones((0, 2, 1)), "a gradient of its input's shape, (2,), got (0, 2, 1)"),
        (variable(1.0, 2.0, 3.0), "a gradient of its input's shape, (2,), got (3,)"),
    ],
)
def test_a_gradient_that_does_not_fit_is_named(gx: Any, message: str, create_graph: bool) -> None:
    for gxs in [gx] if gx is None else [gx, (gx, np.ones(2)), (np.ones(2), gx)]:
        xs = [variable(1.0, 2.0) for _ in range(2 if isinstance(gxs, tuple) else 1)]
        y = Scripted(gxs=[gxs])(*xs)
        with pytest.raises((TypeError, ValueError)) as caught:
            y.backward(create_graph=create_graph)
        assert str(caught.value) == f"Scripted.backward must return {message}"
        assert [x.grad for x in xs] == [None] * len(xs)


@pytest.mark.step30
def test_none_will_do_where_nobody_wants_a_gradient() -> None:
    x = variable(1.0, 2.0)
    Scripted(gxs=[(None, np.ones(2))])(np.ones(2), x).backward()
    np.testing.assert_array_equal(x.grad.data, [1.0, 1.0])  # type: ignore[union-attr]


@pytest.mark.step40
@pytest.mark.parametrize(("shape", "other"), [((3,), ()), ((3,), (1,)), ((2, 3), (3,)), ((1, 3), (2, 1)), ((0,), (1,))])
@pytest.mark.parametrize("create_graph", [False, True])
def test_what_was_stretched_gets_the_sum_of_its_copies_gradients(
    shape: tuple[int, ...], other: tuple[int, ...], create_graph: bool
) -> None:
    for f in (stage3.add, stage3.mul, stage3.sub, stage3.div):
        x, small = Variable(np.full(shape, 3.0)), Variable(np.full(other, 2.0))
        f(x, small).backward(create_graph=create_graph)
        together = np.broadcast_shapes(shape, other)
        dx, dsmall = {"add": (1, 1), "mul": (2, 3), "sub": (1, -1), "div": (0.5, -0.75)}[f.__name__]
        for v, slope in ((x, dx), (small, dsmall)):
            assert v.grad is not None
            assert v.grad.shape == v.shape
            copies = np.prod(together) / max(v.size, 1) if v.size else 0
            np.testing.assert_array_equal(v.grad.data, np.full(v.shape, slope * copies))


# kind 2: a gradient to start from, or to add to, that does not fit


@pytest.mark.step32
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    ("grad", "message"),
    [
        (np.ones(2), "a grad must be a Variable, got ndarray; write Variable(...)"),
        (1.0, "a grad must be a Variable, got float; write Variable(...)"),
        ([1.0, 1.0], "a grad must be a Variable, got list; write Variable(...)"),
        (variable(1.0), "a grad must have its variable's shape, (2,), got ()"),
        (variable(1.0, 2.0, 3.0), "a grad must have its variable's shape, (2,), got (3,)"),
        (Variable(np.ones((2, 1))), "a grad must have its variable's shape, (2,), got (2, 1)"),
        (stage2.Variable(np.ones(2)), "a grad must be a Variable, got the Variable of dezero_lite.stage2.core; write "),
    ],
)
def test_a_grad_that_does_not_fit_is_named(grad: Any, message: str, create_graph: bool) -> None:
    x = variable(1.0, 2.0)
    y = square(x)
    for v in (y, x):
        x.cleargrad()
        y.cleargrad()
        v.grad = grad
        with pytest.raises((TypeError, ValueError)) as caught:
            y.backward(create_graph=create_graph)
        assert str(caught.value).startswith(message)
        assert v.grad is grad
        assert (x if v is y else y).grad is None


# kind 3: one Function object called twice


@pytest.mark.step28
def test_a_second_call_of_one_function_object_is_refused() -> None:
    x = variable(1.0, 2.0)
    for make in (Square, stage3.Exp, lambda: stage3.Pow(3), stage3.Neg):
        f = make()
        y = f(x)
        for again in (lambda f=f: f(x), lambda f=f, y=y: f(y), lambda f=f: f(variable(3.0))):
            with pytest.raises(RuntimeError) as caught:
                again()
            name = type(f).__name__
            assert str(caught.value) == f"this {name} has been called before; make a new {name} for each call"
        with no_grad(), pytest.raises(RuntimeError, match="has been called before"):
            f(x)
        y.backward()
        assert x.grad is not None
        x.cleargrad()


@pytest.mark.step28
def test_without_a_graph_a_function_object_remembers_nothing_and_may_be_called_again() -> None:
    x, f = variable(3.0), Square()
    with no_grad():
        assert f(x).data == f(x).data == 9.0
    f(x).backward()
    assert x.grad is not None
    assert x.grad.data == 6.0


# kind 4: lists and arrays of Variables, NumPy's functions on one, another stage's classes


@pytest.mark.step27
@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("np.exp(x)", "exp"),
        ("np.sin(x)", "sin"),
        ("np.maximum(x, 0)", "maximum"),
        ("np.maximum(0, x)", "maximum"),
        ("np.add(x, x)", "add"),
        ("np.add(x, 1.0)", "add"),
        ("np.multiply.reduce(x)", "multiply"),
        ("np.add.outer(np.ones(2), x)", "add"),
        ("np.power(np.ones(2), x)", "power"),
        ("np.ones(2) ** x", "power"),
        ("np.float64(2) ** x", "power"),
        ("np.isnan(x)", "isnan"),
        ("np.dot(x, x)", "dot"),
        ("np.mean(x)", "mean"),
        ("np.sum(x)", "sum"),
        ("np.isclose(x, 1)", "isclose"),
        ("np.allclose(x.data, x)", "allclose"),
        ("np.concatenate([x, x])", "concatenate"),
        ("np.stack([x, x])", "stack"),
        ("np.where(x.data > 1, x, 0)", "where"),
        ("np.linalg.norm(x)", "norm"),
        ("np.zeros_like(x)", "zeros_like"),
        ("np.shape(x)", "shape"),
    ],
)
def test_a_function_of_numpy_says_what_to_write(program: str, name: str) -> None:
    with pytest.raises(TypeError) as caught:
        eval(program, {"np": np, "x": variable(1.0, 2.0)})
    advice = f"write F.{name}(...) if F has it, or take x.data"
    assert str(caught.value) == f"np.{name} of a Variable would lose its gradient; {advice}"


@pytest.mark.step27
@pytest.mark.parametrize(
    "program",
    [
        "np.array(x)",
        "np.asarray(x)",
        "np.array([x, x])",
        "np.array([[x], [x]])",
        "np.array([1.0, x])",
        "Variable(np.array([x, x]))",
        "square([x, x])",
        "x + [x, x]",
        "np.float64(x)",
        "np.full(2, x)",
        "np.max([x, x])",
        "np.vectorize(abs)(x)",
        "np.testing.assert_array_equal(x, [1.0, 2.0])",
        "np.zeros(3)[x]",
    ],
)
def test_an_array_of_variables_is_refused(program: str) -> None:
    with pytest.raises(TypeError) as caught:
        eval(program, globals() | {"x": variable(1.0, 2.0)})
    assert str(caught.value) == "an array of Variables would lose their gradients; take x.data for an array"


@pytest.mark.step27
@pytest.mark.parametrize("name", ["__iadd__", "__isub__", "__imul__", "__itruediv__"])
def test_an_array_is_not_changed_by_a_variable_in_place(name: str) -> None:
    array = np.ones(2)
    with pytest.raises(TypeError, match="of a Variable would lose its gradient"):
        getattr(array, name)(variable(1.0, 2.0))
    np.testing.assert_array_equal(array, [1.0, 1.0])


@pytest.mark.step27
def test_the_step_of_a_descent_without_data_is_named() -> None:
    """x.data -= rate * x.grad, as one wrote it in stage 2: an array is refused at once, a number when x is used."""
    for x in (variable(1.0, 2.0), variable(1.0)):
        square(x).backward()
        with pytest.raises(TypeError, match=r"would lose its gradient|got the Variable of"):
            x.data -= 0.1 * x.grad  # type: ignore[operator]
            square(x)


@pytest.mark.step28
@pytest.mark.parametrize("module", [stage1, stage2])
def test_classes_of_two_stages_do_not_mix(module: Any) -> None:
    other, x = module.Variable(np.array(2.0)), variable(2.0)
    stage = f"the Variable of {module.Variable.__module__}"
    uses: list[Callable[[], Any]] = [lambda: square(other), lambda: x * other, lambda: Variable(other)]
    for use in uses:
        with pytest.raises(TypeError, match=stage):
            use()
    with pytest.raises(TypeError):
        module.square(x)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (Variable(np.ones(2)), f"got the Variable of {Variable.__module__}; take its data"),
        (stage2.Variable(np.ones(2)), "got the Variable of dezero_lite.stage2.core; take its data"),
        (np.ones((2, 2)).view(np.matrix), "got matrix; write Variable(np.array(data))"),
        (np.ma.array([1.0, 2.0], mask=[False, True]), "got MaskedArray; write Variable(np.array(data))"),
    ],
)
def test_data_that_computes_otherwise_is_refused_with_the_way_out(data: Any, message: str) -> None:
    """The gradients of a matrix product, or of a sum that leaves elements out, would be wrong."""
    x = variable(1.0, 2.0)
    x.data = data
    for use in (lambda: Variable(data), lambda: square(x)):
        with pytest.raises(TypeError) as caught:
            use()
        assert str(caught.value) == f"Variable takes a numpy.ndarray, {message}"


@pytest.mark.step33
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (3.0, "Variable takes a numpy.ndarray, got float; write Variable(np.array(data))"),
        ([1.0, 2.0], "Variable takes a numpy.ndarray, got list; write Variable(np.array(data))"),
        (variable(1.0), f"Variable takes a numpy.ndarray, got the Variable of {Variable.__module__}; "),
        (np.array([None]), "Variable takes an array of numbers, got one of None"),
        (None, "this Variable is empty; give it data before computing with it"),
    ],
)
def test_data_that_was_set_to_something_else_is_named_when_it_is_used(data: Any, message: str) -> None:
    x = variable(1.0, 2.0)
    y = square(x)
    x.data = data
    for use in (lambda: square(x), lambda: x * 2.0, lambda: 2.0 - x, x.backward):
        with pytest.raises((TypeError, ValueError)) as caught:
            use()
        assert str(caught.value).startswith(message)
    y.data *= 1  # the graph from before is as it was


@pytest.mark.step33
def test_new_data_does_not_change_the_graph_made_before() -> None:
    x = variable(1.0, 2.0)
    y = x * x
    x.data = np.array([10.0, 20.0])
    z = y + x  # with both
    z.backward()
    np.testing.assert_array_equal(x.grad.data, [3.0, 5.0])  # type: ignore[union-attr]


# kind 5: truth values and comparisons


@pytest.mark.step29
@pytest.mark.parametrize("shape", [(2,), (0,), (2, 3), (1, 0)])
def test_neither_true_nor_false(shape: tuple[int, ...]) -> None:
    x = Variable(np.ones(shape))
    uses: list[Callable[[], Any]] = [lambda: bool(x), lambda: 1 if x else 2, lambda: not x, lambda: x and 1]
    for use in uses:
        with pytest.raises(ValueError) as caught:
            use()
        advice = "ask x.data.any(), x.data.all() or x.size"
        assert str(caught.value) == f"a Variable of shape {shape} is neither true nor false; {advice}"


@pytest.mark.step29
@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_one_element_is_as_true_as_its_value(shape: tuple[int, ...]) -> None:
    assert Variable(np.full(shape, 2.0))
    assert not Variable(np.full(shape, 0.0))
    steps = 0
    x = Variable(np.full(shape, 5.0))
    while x > 1:
        x = x - 1
        steps += 1
    assert steps == 4


@pytest.mark.step29
@pytest.mark.parametrize("name", ["eq", "ne", "lt", "le", "gt", "ge"])
def test_comparisons_give_plain_truth_values(name: str) -> None:
    a, b = np.array([1.0, 2.0, np.nan]), np.array([2.0, 2.0, np.nan])
    expected = getattr(a, f"__{name}__")(b)
    swapped = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(name, name)
    for x0, x1 in ((Variable(a), Variable(b)), (Variable(a), b)):
        got = getattr(x0, f"__{name}__")(x1)
        assert type(got) is np.ndarray
        np.testing.assert_array_equal(got, expected)
    for left, right in ((a, Variable(b)), (np.float64(2), Variable(b)), (2.0, Variable(b))):
        got = {"eq": left == right, "ne": left != right}.get(name)
        if got is None:
            got = {"lt": left < right, "le": left <= right, "gt": left > right, "ge": left >= right}[name]
        np.testing.assert_array_equal(got, getattr(b, f"__{swapped}__")(left))
    assert isinstance(getattr(variable(1.0), f"__{name}__")(1.0), np.bool_)


@pytest.mark.step29
def test_a_variable_is_a_good_key_and_equal_to_none_of_none() -> None:
    x, same = variable(1.0, 2.0), variable(1.0, 2.0)
    assert len({x, same}) == 2
    assert {x: 1, same: 2}[same] == 2
    assert hash(x) == object.__hash__(x)
    assert (x == None, x != None) == (False, True)  # noqa: E711
    assert x in [None, x]
    assert variable(1.0) in [variable(2.0), variable(1.0)]
    with pytest.raises(ValueError, match="truth value of an array"):
        assert x in [same]
    with pytest.raises(TypeError):
        assert x < None


# kind 6: copies


@pytest.mark.step33
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_a_user_s_variable_has_copies_and_what_a_function_made_has_none(copied: Callable[[Any], Any]) -> None:
    x = Variable(np.array([1.0, 2.0]), "x")
    y = x * x
    y.backward()
    twin = copied(x)
    assert (twin.name, twin.creator, twin.generation, twin.leaf) == ("x", None, 0, None)
    np.testing.assert_array_equal(twin.data, x.data)
    np.testing.assert_array_equal(twin.grad.data, x.grad.data)  # type: ignore[union-attr]
    twin.cleargrad()
    square(twin).backward()
    np.testing.assert_array_equal(twin.grad.data, [2.0, 4.0])
    y.backward()  # and the copy has not taken the graph's x away
    np.testing.assert_array_equal(x.grad.data, [4.0, 8.0])  # type: ignore[union-attr]
    with pytest.raises(TypeError) as caught:
        copied(y)
    assert str(caught.value) == "Mul made this Variable, and its graph has no copy; copy its data"


@pytest.mark.step33
def test_a_gradient_with_a_graph_is_not_copied_along_silently() -> None:
    x = variable(1.0, 2.0)
    (x * x).backward(create_graph=True)
    with pytest.raises(TypeError, match="made this Variable, and its graph has no copy"):
        copy.deepcopy(x)
    x.cleargrad()
    assert copy.deepcopy(x).grad is None


# kind 7: no_grad in threads, and on what runs later


@pytest.mark.step32
def test_a_switch_holds_in_its_own_thread_alone() -> None:
    seen: dict[str, bool] = {}
    off, done = threading.Event(), threading.Event()

    def other() -> None:
        seen["at first"] = Config.enable_backprop
        with no_grad():
            seen["within"] = square(variable(2.0)).creator is not None
            off.set()
            done.wait(timeout=60)
        seen["behind"] = Config.enable_backprop

    thread = threading.Thread(target=other)
    with no_grad():
        thread.start()
        try:
            assert off.wait(timeout=60)
            with using_config("enable_backprop", True):
                assert square(variable(2.0)).creator is not None
        finally:
            done.set()
        thread.join(timeout=60)
        assert Config.enable_backprop is False
    assert seen == {"at first": True, "within": False, "behind": True}
    assert Config.enable_backprop is True


@pytest.mark.step32
def test_threads_go_back_at_the_same_time() -> None:
    """One wants a graph of its gradients, the other does not; neither turns the switch for the other."""
    wrong: list[str] = []

    def work(create_graph: bool) -> None:
        for _ in range(100):
            x = variable(2.0)
            y = x**3
            y.backward(create_graph=create_graph)
            if x.grad is None or (x.grad.creator is not None) != create_graph:
                wrong.append(f"create_graph={create_graph}: {x.grad}")

    threads = [threading.Thread(target=work, args=(i % 2 == 0,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert wrong == []


def samples() -> Iterator[Variable]:
    yield square(variable(2.0))


async def fetched() -> Variable:
    return square(variable(2.0))


async def stream() -> AsyncIterator[Variable]:
    yield square(variable(2.0))


@pytest.mark.step32
@pytest.mark.parametrize("func", [samples, fetched, stream])
def test_no_grad_refuses_to_decorate_what_runs_later(func: Any) -> None:
    for switch in (no_grad(), using_config("enable_backprop", False)):
        with pytest.raises(TypeError) as caught:
            switch(func)
        name = func.__name__
        assert str(caught.value) == f"calling {name} only prepares it; write the with block inside {name}"


@pytest.mark.step32
def test_no_grad_decorates_a_function() -> None:
    @no_grad()
    def depth(n: int) -> int:
        """How deep?"""
        assert not Config.enable_backprop
        return 1 + depth(n - 1) if n else square(variable(2.0)).generation

    assert depth(3) == 3
    assert (depth.__name__, depth.__doc__) == ("depth", "How deep?")
    assert Config.enable_backprop
    with suppress(RecursionError):
        depth(10**6)
    assert Config.enable_backprop


# kind 8: whole numbers


@pytest.mark.step32
@pytest.mark.parametrize("dtype", [np.bool_, np.int8, np.uint8, np.int16, np.int32, np.uint64])
@pytest.mark.parametrize("shape", [(), (2,)])
def test_the_gradient_of_a_small_integer_counts_beyond_2048(dtype: type, shape: tuple[int, ...]) -> None:
    """In half precision 2048 + 1 is 2048."""
    x = Variable(np.ones(shape, dtype))
    y = x
    with np.errstate(over="ignore"):  # the value overflows; that is not the gradient's business
        for _ in range(3000):
            y = y + x
    y.backward()
    assert x.grad is not None
    assert x.grad.dtype == np.float64
    np.testing.assert_array_equal(x.grad.data, np.full(shape, 3001.0))


@pytest.mark.step32
def test_a_rule_of_stage_2_or_of_the_book_does_as_well() -> None:
    """self.inputs and .data behind each, or Variables all the way; only the first has no second derivative."""

    class Old(Function):
        def forward(self, x: Any) -> Any:
            return np.sin(x)

        def backward(self, gy: Any) -> Any:
            return gy * np.cos(self.inputs[0].data)

    class Book(Old):
        def backward(self, gy: Any) -> Any:
            (x,) = self.inputs
            return gy * stage3.cos(x)

    for make, second in ((Old, 1.0806), (Book, 0.2391)):
        x = variable(1.0)
        (x * make()(x)).backward(create_graph=True)
        gx = x.grad
        assert gx is not None
        assert round(float(gx.data), 4) == 1.3818
        x.cleargrad()
        gx.backward()
        assert round(float(x.grad.data), 4) == second  # type: ignore[union-attr]
    x = variable(1.0, 2.0)
    Book()(x).backward()
    np.testing.assert_allclose(x.grad.data, np.cos([1.0, 2.0]))  # type: ignore[union-attr]


@pytest.mark.step32
def test_an_attribute_of_a_rule_s_own_may_not_be_called_y() -> None:
    class Old(Function):
        def forward(self, x: Any) -> Any:
            self.y = np.exp(x)  # type: ignore[misc]
            return self.y

    with pytest.raises(AttributeError, match=r"property 'y' of .*Old' object has no setter"):
        Old()(variable(1.0))
    assert exp(variable(0.0)).data == 1.0


class Elsewhere(np.ndarray):
    """An array of another kind, as if it lay in another memory."""


class Picky(Function):
    """What a library of another memory does where the two mix."""

    def forward(self, *xs: Any) -> Any:
        raise TypeError("Unsupported type")


def test_arrays_of_two_memories_are_named() -> None:
    there, here, number = np.ones(2).view(Elsewhere), np.ones(2), np.float64(1.0)
    with pytest.raises(TypeError) as caught:
        Picky()(there, here, number)
    message = "Picky got arrays from two memories, Elsewhere and numpy.ndarray; move one, or the model"
    assert str(caught.value) == message
    for xs in ((here, here, number), (there, number), (2.0, here)):
        with pytest.raises(TypeError, match=r"^Unsupported type$"):
            Picky()(*xs)
