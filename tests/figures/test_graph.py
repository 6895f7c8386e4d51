"""Graphs of figures are those of the engine, and stand where nothing is in another's way."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from dezero_lite import stage1, stage2, stage3
from figures.graph import RULES, Graph, rule
from figures.layout import all_nodes, is_function

X = np.array([0.5, 2.0])
SAME: dict[str, Callable[..., np.ndarray]] = {
    "+": lambda x, y: x + y,
    "÷": lambda x, y: x / y,
    "eˣ": np.exp,
    "×": lambda x, y: x * y,
    "−": lambda x, *y: x - y[0] if y else -x,
    "√": np.sqrt,
    "cos": np.cos,
    "ln": np.log,
    "sin": np.sin,
    "tanh": np.tanh,
    "x²": lambda x: x**2,
}


def _functions() -> list[Any]:
    found = []
    for stage in (stage1, stage2, stage3):
        for thing in vars(stage).values():
            if isinstance(thing, type) and issubclass(thing, stage.Function) and thing.__name__ in RULES:
                found.append((stage, thing))
    return found


@pytest.mark.parametrize(("stage", "function"), _functions())
def test_a_rule_says_what_the_function_does(stage: Any, function: Any) -> None:
    takes_two = RULES[function.__name__] in "+÷×" or function.__name__ == "Sub"
    arrays = [X, X[::-1].copy()] if takes_two else [X]
    f = function()
    assert np.allclose(f(*map(stage.Variable, arrays)).data, SAME[rule(f)](*arrays))


def _variables(*numbers: float) -> list[stage2.Variable]:
    return [stage2.Variable(np.array(number)) for number in numbers]


def _arrows(graph: Graph) -> int:
    return len(re.findall(r"<path[^>]*Q", graph.drawing.svg()))


def test_the_arrows_are_the_engine_s() -> None:
    x, y = _variables(2.0, 3.0)
    t = x * y
    z = t + x
    graph = Graph(z, x=x, y=y, t=t, z=z).draw()
    # x and y into ×, × to t, t and x into +, + to z
    assert _arrows(graph) == 6
    places = [graph.at(node) for node in (x, t.creator, t, z.creator, z)]
    assert [place[0] for place in places] == sorted({place[0] for place in places})


def test_a_variable_without_a_name_is_left_out_and_its_arrow_leads_on() -> None:
    x, y = _variables(2.0, 3.0)
    z = x * y + x
    graph = Graph(z, x=x, y=y, z=z).draw()
    assert len(graph.variables) == 3
    assert _arrows(graph) == 5


def test_who_names_too_little_is_told() -> None:
    x, y = _variables(2.0, 3.0)
    z = x * y
    with pytest.raises(ValueError, match="an input of Mul has no name; name it"):
        Graph(z, x=x, z=z)
    with pytest.raises(ValueError, match="the output has no name; give it one"):
        Graph(z, x=x, y=y)


def test_a_leaf_stands_right_before_what_uses_it() -> None:
    a, b, c = _variables(1.0, 2.0, 3.0)
    t = a * b
    y = t + c
    graph = Graph(y, a=a, b=b, c=c, t=t, y=y)
    assert graph.at(c)[0] == graph.at(t)[0]
    assert graph.at(t)[1] < graph.at(c)[1]
    assert graph.at(t)[1] == pytest.approx(graph.at(t.creator)[1], abs=1)


@pytest.mark.parametrize("seed", range(8))
def test_no_node_stands_in_another_s_way(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes = _variables(1.0, 2.0, 3.0)
    for _ in range(6):
        one, two = (nodes[i] for i in rng.integers(len(nodes), size=2))
        nodes.append(one + two if rng.random() < 0.5 else one * two)
    total = nodes[0]
    for node in nodes[1:]:
        total = total + node
    named = {f"v{i}": node for i, node in enumerate(all_nodes(total)) if not is_function(node)}
    graph = Graph(total, named)
    for one, two in combinations(graph.shown, 2):
        (x0, y0), (x1, y1) = graph.at(one), graph.at(two)
        assert np.hypot(x1 - x0, y1 - y0) > 60
    for f in graph.functions:
        assert all(graph.at(x)[0] < graph.at(f)[0] for x in f.inputs)


def test_an_input_that_goes_in_twice_has_two_arrows() -> None:
    (x,) = _variables(3.0)
    y = x + x
    graph = Graph(y, x=x, y=y).draw()
    ways = re.findall(r'<path d="(M[^"]*Q[^"]*)"', graph.drawing.svg())
    assert len(ways) == len(set(ways)) == 3


def test_values_are_data_and_gradients() -> None:
    x, y = _variables(2.0, 3.0)
    z = x * y
    z.backward()
    svg = Graph(z, x=x, y=y, z=z, values=True).draw().values().drawing.svg()
    assert re.findall(r">([\d.]+)</text>", svg) == ["2", "3", "3", "2", "6"]


def test_a_power_shows_its_exponent() -> None:
    (x,) = _variables(2.0)
    assert [rule((x**c).creator) for c in (3, -2)] == ["x³", "x⁻²"]


def test_from_stage_3_on_leaves_stand_for_the_user_s_variables_and_constants_for_themselves() -> None:
    x = stage3.Variable(np.array(2.0), name="x")
    y = 3 * x + x
    y.name = "y"
    y.backward()
    graph = Graph(y, values=True).draw().values()
    assert sorted(graph.name(node) for node in graph.shown) == ["+", "3", "x", "y", "×"]
    assert x in graph.variables
    numbers = re.findall(r">([\d.]+)</text>", graph.drawing.svg())
    assert sorted(numbers) == ["2", "3", "4", "8"]


def test_the_graph_of_a_gradient_is_a_graph() -> None:
    """Whose shape can be anything: here the derivative of x³."""
    x = stage3.Variable(np.array(2.0), name="x")
    y = x**3
    y.backward(create_graph=True)
    assert x.grad is not None
    graph = Graph(x.grad, {"gx": x.grad}).draw()
    assert {graph.name(node) for node in graph.shown} >= {"x", "gx"}


def test_links_have_the_engine_s_names() -> None:
    x = stage1.Variable(np.array(1.0))
    y = stage1.square(x)
    svg = Graph(y, x=x, y=y).draw(ways=False).links().drawing.svg()
    assert re.findall(r">(input|creator)</text>", svg) == ["input", "creator"]


def test_a_deep_graph_is_no_recursion() -> None:
    (x,) = _variables(1.0)
    y = x
    for _ in range(5000):
        y = stage2.square(y)
    assert len(all_nodes(y)) == 10001
