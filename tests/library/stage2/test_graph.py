"""The graph that a computation leaves behind, and the way back through it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import numpy as np
import pytest

from dezero_lite.stage2 import Function, Mul, Square, Variable, square, visiting_order
from tests.library.stage2.expressions import functions_behind
from tests.library.stage2.graphs import LARGE, Half, Same, SumAndProduct, Total


@pytest.mark.step11
def test_any_number_of_inputs() -> None:
    for count in (1, 2, 5):
        xs = [Variable(np.array(float(i))) for i in range(count)]
        y = Total()(*xs)
        assert isinstance(y, Variable)
        assert y.data == sum(range(count))
        y.backward()
        assert [x.grad for x in xs] == [1.0] * count


@pytest.mark.step11
@pytest.mark.parametrize("count", [1, 2, 5])
def test_any_number_of_outputs(count: int) -> None:
    class Copies(Function):
        def forward(self, x: np.ndarray) -> tuple[np.ndarray, ...]:
            return (x.copy(),) * count

        def backward(self, *gys: np.ndarray) -> np.ndarray:
            assert len(gys) == count
            return np.sum(gys, axis=0)

    x = Variable(np.array([1.0, 2.0]))
    ys: Any = Copies()(x)
    assert isinstance(ys, Variable if count == 1 else list)
    outputs: Any = ys if count > 1 else [ys]
    Total()(*outputs).backward()
    np.testing.assert_array_equal(x.grad, [count, count])


@pytest.mark.step11
def test_a_function_object_refuses_a_second_call() -> None:
    f = Square()
    x = Variable(np.array(3.0))
    y = f(x)
    message = "^this Square has been called before; make a new Square for each call$"
    with pytest.raises(RuntimeError, match=message):
        f(y)
    y.backward()
    assert x.grad == 6.0


@pytest.mark.step13
def test_gradients_come_through_both_outputs() -> None:
    x0, x1 = Variable(np.array(2.0)), Variable(np.array(5.0))
    plus, times = SumAndProduct()(x0, x1)
    (plus * times).backward()  # x0² x1 + x0 x1²
    assert (x0.grad, x1.grad) == (2 * 2 * 5 + 5**2, 2**2 + 2 * 2 * 5)
    assert (plus.grad, times.grad) == (None, None)
    (plus * times).backward(retain_grad=True)
    assert (plus.grad, times.grad) == (times.data, plus.data)


@pytest.mark.step13
@pytest.mark.parametrize("alive", [True, False], ids=["alive", "dropped"])
def test_an_output_that_nothing_uses_is_refused_by_name(alive: bool) -> None:
    x = Variable(np.array(2.0))
    used, unused = SumAndProduct()(x, x)
    x.grad = np.array(7.0)
    y = square(used)
    if not alive:
        del unused
    for v in (y, used):
        with pytest.raises(ValueError) as caught:
            v.backward()
        assert str(caught.value) == "an output of SumAndProduct gets no gradient; use all its outputs"
    assert (x.grad, used.grad, y.grad) == (7.0, None, None)


@pytest.mark.step13
@pytest.mark.parametrize(("inputs", "gxs"), [(1, ()), (2, ()), (2, (1.0,)), (2, (1.0,) * 3), (2, 1.0)])
def test_a_function_must_return_a_gradient_for_each_input(inputs: int, gxs: Any) -> None:
    class Wrong(Total):
        def backward(self, gy: np.ndarray) -> Any:
            return gxs

    xs = [Variable(np.array(2.0)) for _ in range(inputs)]
    with pytest.raises(ValueError, match="longer" if gxs == (1.0,) * 3 else "shorter"):
        Wrong()(*xs).backward()
    assert [x.grad for x in xs] == [None] * inputs


@pytest.mark.step13
def test_what_a_subclass_forgot_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Third(Function):
        pass

    with pytest.raises(NotImplementedError, match=r"^Third does not define forward\(\*xs\)$"):
        Third()(1.0)
    monkeypatch.setattr(Third, "forward", lambda self, x: x / 3)
    with pytest.raises(NotImplementedError, match=r"^Third does not define backward\(\*gys\)$"):
        Third()(1.0).backward()


@pytest.mark.step16
def test_links_and_generations() -> None:
    x = Variable(np.array(2.0))
    a = square(x)
    y = a * x
    assert isinstance(y.creator, Mul)
    assert isinstance(a.creator, Square)
    assert y.creator.inputs == [a, x]
    assert [output() for output in y.creator.outputs] == [y]
    assert x.creator is None
    assert [v.generation for v in (x, a, y)] == [0, 1, 2]
    assert [f.generation for f in (a.creator, y.creator)] == [0, 1]
    assert visiting_order(y) == [y.creator, a.creator]


@pytest.mark.step16
def test_a_short_way_and_a_long_one() -> None:
    """Whoever takes the functions in the order in which they are met visits the first square too early."""
    x = Variable(np.array(2.0))
    a = square(x)
    for y in (a + square(square(a)), square(square(a)) + a):
        x.cleargrad()
        y.backward()
        assert x.grad == 4 + 8 * 2.0**7


@pytest.mark.step16
@pytest.mark.parametrize("name", LARGE)
def test_the_work_grows_in_proportion(name: str, asked: Counter[str]) -> None:
    build, _ = LARGE[name]
    costs = []
    for size in (1000, 2000):
        asked.clear()
        y = build(Variable(np.array(1.0)), size)
        y.backward()
        costs.append(asked.total())
        assert asked["backward"] == len(functions_behind(y)) > size - 4
    assert costs[1] <= 2.1 * costs[0]


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
        for name in ("generation", "creator", "inputs"):
            read = counted(name, lambda self, name=name: vars(self)[name])
            write = partial(lambda name, self, value: self.__dict__.update({name: value}), name)
            monkeypatch.setattr(cls, name, property(read, write), raising=False)
    for rule in (Same, Total, Half):
        monkeypatch.setattr(rule, "backward", counted("backward", rule.backward))
    return counts


@pytest.mark.step16
@pytest.mark.parametrize("name", ["chain", "diamond", "ladder"])
def test_100_000_functions(name: str) -> None:
    build, gradient = LARGE[name]
    x = Variable(np.array(1.0))
    y = build(x, 100_000)
    y.backward()
    assert x.grad == gradient(100_000)
    del y  # without a recursion error, too
