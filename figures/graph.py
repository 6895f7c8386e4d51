"""Computational graphs for the figures: real variables and functions of the package, each with a name and a place."""

from collections.abc import Mapping, Sequence
from typing import Any

from figures.pencil import Drawing, Point

Node = Any  # a Variable or a Function, of whichever stage
Places = Mapping[Node, tuple[str, Point]]


def is_function(node: Node) -> bool:
    """Whether a node is a function, not a variable."""
    return hasattr(node, "inputs")


def draw_graph(drawing: Drawing, places: Places, backward: bool = False) -> None:
    """The nodes, with arrows along each function's inputs and outputs; backward turns them round."""
    tone = "back" if backward else "ink"
    for f in filter(is_function, places):
        for ends in [(x, f) for x in f.inputs] + [(f, output()) for output in f.outputs]:
            start, end = ends[::-1] if backward else ends
            drawing.arrow(_edge(places, start, end), _edge(places, end, start), tone)
    for node, (name, at) in places.items():
        if is_function(node):
            drawing.function(at, name, tone="back" if backward else "forward")
        else:
            drawing.variable(at, name)


def write_values(drawing: Drawing, places: Places) -> None:
    """Above each variable its data, below it its gradient."""
    for node, (_, (x, y)) in places.items():
        if not is_function(node):
            drawing.text((x, y - 42), f"{node.data.item():.4g}", 21, "forward", code=True)
            drawing.text((x, y + 43), f"{node.grad.item():.4g}", 21, "back", code=True)


def number_visits(drawing: Drawing, places: Places, order: Sequence[Node]) -> None:
    """Above each function when it is visited: the first 1, the second 2; side by side if more than once."""
    for f in filter(is_function, places):
        turns = [turn for turn, visited in enumerate(order, 1) if visited is f]
        x, y = places[f][1]
        for i, turn in enumerate(turns):
            at = (x + (i - (len(turns) - 1) / 2) * 29, y - 42)
            drawing.dot(at, "back", 14)
            drawing.text(at, str(turn), 19, "paper", code=True)


def _edge(places: Places, node: Node, other: Node) -> Point:
    """Just outside a node, on the straight line to another."""
    (x, y), (x1, y1) = places[node][1], places[other][1]
    away = (x1 - x, y1 - y)
    length = (away[0] ** 2 + away[1] ** 2) ** 0.5
    radius = 23 * length / max(map(abs, away)) if is_function(node) else 24  # half a square, or a circle
    return (x + away[0] / length * (radius + 4), y + away[1] / length * (radius + 4))
