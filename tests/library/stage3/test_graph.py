"""The graph that a computation leaves behind: its links, its ends, and how much work the way back is."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage3 import Function, Leaf, Mul, Square, Variable, exp, no_grad, square, visiting_order

from .expressions import functions_behind
from .graphs import LARGE, Half, Same, Total


@pytest.mark.step33
def test_links_generations_and_leaves() -> None:
    x = Variable(np.array(2.0), "x")
    a = square(x)
    y = a * x
    assert isinstance(y.creator, Mul)
    assert isinstance(a.creator, Square)
    assert y.creator.inputs[0] is a
    leaf: Any = y.creator.inputs[1]
    assert a.creator.inputs[0] is leaf
    assert id(x.leaf) == id(leaf)
    assert leaf.user() is x
    assert (leaf.name, leaf.data, leaf.grad, leaf.creator, leaf.wanted) == ("x", 2.0, None, None, True)
    assert [output() for output in y.creator.outputs] == [y]
    assert x.creator is None
    assert [v.generation for v in (x, a, y)] == [0, 1, 2]
    creators: list[Any] = [a.creator, y.creator]
    assert [f.generation for f in creators] == [0, 1]
    assert visiting_order(y) == [y.creator, a.creator]
    x.name = "renamed"
    assert leaf.name == "renamed"
    del x
    assert (leaf.user(), leaf.name) == (None, None)


@pytest.mark.step36
@pytest.mark.parametrize("constant", [3, 2.5, np.float32(2), np.array(2.0), np.array([1.0, 2.0]), True])
def test_a_constant_stands_for_nobody(constant: Any) -> None:
    x = Variable(np.array([1.0, 2.0]))
    for y in (x * constant, constant * x):
        ends = [v for v in y.creator.inputs if v.user() is None]
        assert len(ends) == 1
        assert not ends[0].wanted
        assert ends[0].name is None
        np.testing.assert_array_equal(ends[0].data, constant)
        y.backward()
    assert type(2.5 * x) is Variable
    assert type((x * 3).creator.inputs[1].data) is int  # a number takes the type of the array beside it


@pytest.mark.step33
def test_one_leaf_for_all_uses_until_the_data_is_another() -> None:
    x = Variable(np.array([1.0, 2.0]))
    first = (x * x).creator.inputs
    assert first[0] is first[1]
    x.data += 1  # in place: the same array
    assert square(x).creator.inputs[0] is first[0]
    x.data = x.data + 1
    assert square(x).creator.inputs[0] is not first[0]
    x.data = np.array(3.0)
    square(x)
    assert type(x.data) is np.float64
    assert (x * x).creator.inputs[0] is square(x).creator.inputs[0]


@pytest.mark.step33
def test_a_leaf_is_a_variable_that_rules_can_compute_with() -> None:
    x = Variable(np.array([[1.0, 2.0]]))
    leaf = exp(x).creator.inputs[0]
    assert isinstance(leaf, Leaf)
    assert (leaf.shape, leaf.ndim, leaf.size, len(leaf), str(leaf)) == ((1, 2), 2, 2, 1, "variable([[1. 2.]])")
    y = leaf * leaf
    assert y.creator.inputs == [leaf, leaf]
    y.backward()
    assert x.grad is not None
    np.testing.assert_array_equal(x.grad.data, [[2.0, 4.0]])


@pytest.mark.step28
@pytest.mark.parametrize("count", [1, 2, 5])
def test_any_number_of_inputs_and_outputs(count: int) -> None:
    class Copies(Function):
        def forward(self, x: Any) -> Any:
            return (x.copy(),) * count

        def backward(self, *gys: Any) -> Any:
            assert len(gys) == count
            return sum(gys[1:], gys[0])

    xs = [Variable(np.array(float(i))) for i in range(count)]
    y = Total()(*xs)
    y.backward()
    assert y.data == sum(range(count))
    assert all(x.grad is not None and x.grad.data == 1.0 for x in xs)
    x = Variable(np.array([1.0, 2.0]))
    ys = Copies()(x)
    assert isinstance(ys, Variable if count == 1 else list)
    Total()(*([ys] if isinstance(ys, Variable) else ys)).backward()
    assert x.grad is not None
    np.testing.assert_array_equal(x.grad.data, [count, count])


@pytest.mark.step28
def test_what_a_subclass_forgot_is_named() -> None:
    class Third(Function):
        pass

    with pytest.raises(NotImplementedError, match=r"^Third does not define forward\(\*xs\)$"):
        Third()(1.0)
    Third.forward = lambda self, x: x / 3  # type: ignore[method-assign, misc]
    with pytest.raises(NotImplementedError, match=r"^Third does not define backward\(\*gys\)$"):
        Third()(1.0).backward()


@pytest.mark.step28
def test_a_function_of_no_inputs() -> None:
    class Two(Function):
        def forward(self) -> Any:
            return np.float64(2.0)

        def backward(self, gy: Any) -> Any:
            return ()

    y = Two()()
    assert (y.data, y.generation) == (2.0, 1)
    y.backward()


@pytest.mark.step32
def test_without_a_graph_values_are_the_same_and_nothing_is_remembered() -> None:
    x = Variable(np.array(3.0))
    f = Square()
    with no_grad():
        y = f(x) * 2.0
    assert (y.data, y.creator, y.generation, f.inputs, f.outputs) == (18.0, None, 0, None, None)
    y.backward()
    assert x.grad is None
    y = square(x)
    with no_grad():
        y.backward()
    assert x.grad is not None
    assert x.grad.data == 6.0


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often anybody reads a link or a generation, compares two objects or asks for a hash, or calls backward."""
    counts: Counter[str] = Counter()

    def counted(name: str, method: Any) -> Any:
        def call(self: Any, *args: Any) -> Any:
            counts[name] += 1
            return method(self, *args)

        return call

    for cls in (Function, Variable):
        for name in ("__eq__", "__hash__"):
            monkeypatch.setattr(cls, name, counted(name, getattr(object, name)))
    for cls in (Function,):
        for name in ("generation", "inputs"):
            read = counted(name, lambda self, name=name: vars(self).get(name))
            write = partial(lambda name, self, value: self.__dict__.update({name: value}), name)
            monkeypatch.setattr(cls, name, property(read, write), raising=False)
    for rule in (Same, Total, Half):
        monkeypatch.setattr(rule, "backward", counted("backward", rule.backward))
    return counts


@pytest.mark.step30
@pytest.mark.parametrize("name", LARGE)
def test_the_work_grows_in_proportion(name: str, asked: Counter[str]) -> None:
    build, _ = LARGE[name]
    costs = []
    for size in (1000, 2000):
        y = build(Variable(np.array(1.0)), size)
        asked.clear()
        y.backward()
        costs.append(asked.total())
        assert asked["backward"] == len(functions_behind(y)) > size - 4
    assert costs[1] <= 2.1 * costs[0]


@pytest.mark.step30
@pytest.mark.parametrize("name", ["chain", "diamond", "ladder"])
def test_100_000_functions(name: str) -> None:
    build, gradient = LARGE[name]
    x = Variable(np.array(1.0))
    y = build(x, 100_000)
    y.backward()
    assert x.grad is not None
    assert x.grad.data == gradient(100_000)
    del y  # without a recursion error, too


@pytest.mark.thorough
@pytest.mark.step30
@pytest.mark.parametrize("create_graph", [False, True])
def test_a_million_functions(create_graph: bool) -> None:
    x = Variable(np.array(1.0))
    y = x
    for _ in range(500_000):
        y = y * 1.0 + 0.0
    y.backward(create_graph=create_graph)
    assert x.grad is not None
    assert x.grad.data == 1.0
    del y
    x.cleargrad()
