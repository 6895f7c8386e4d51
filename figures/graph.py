"""Computational graphs: nodes and arrows are those of the engine, values and gradients what it has computed."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy

import numpy as np

from figures.layout import Node, all_nodes, arranged, before, data_of, inputs, is_function, outputs
from figures.palette import number, superscript
from figures.pencil import RADIUS, SIDE, Drawing, Point, function_width

# the rule of a function of x, or what stands between its inputs
RULES = {
    "Add": "+",
    "Cos": "cos",
    "Div": "÷",
    "Exp": "eˣ",
    "Log": "ln",
    "MatMul": "@",
    "Mul": "×",
    "Neg": "−",
    "Sin": "sin",
    "Sqrt": "√",
    "Square": "x²",
    "Sub": "−",
    "Tanh": "tanh",
}
ROOM = 444  # pixels from the first column to the last; about as wide as a page is on a phone
STEP, WIDE_STEP = (73.5, 120), 190  # pixels between columns, at least and at most
ROW, ROW_OF_VALUES = 108, 140  # pixels between rows, the second with something above and below each node
ABOVE, BELOW = 42, 43


def rule(f: Node) -> str:
    """What a function does, as a formula of x says it."""
    name = type(f).__name__
    if name == "Pow":
        return f"x{superscript(number(f.c))}"
    return RULES.get(name, name.lower())


class Graph:
    """The graph of an output.

    names: a name for each variable that is to be seen, and for functions that are to show a name and not their rule;
    a variable's own name counts, too, and a constant is called by its value. Another variable without a name is left
    out, its arrow leads on. values: leave room above and below.
    wide: more room between columns, for arrows that lead back. shown holds all
    nodes that are seen, each after those it comes from.
    """

    def __init__(
        self,
        output: Node,
        names: Mapping[str, Node] | None = None,
        *,
        values: bool = False,
        wide: bool = False,
        drawing: Drawing | None = None,
        **more: Node,
    ) -> None:
        self.drawing = drawing or Drawing()
        nodes = all_nodes(output)
        self._names = {id(node): own for node in nodes if (own := _own_name(node))}
        self._names |= {id(node): name for name, node in {**(names or {}), **more}.items()}
        self.shown = [node for node in nodes if is_function(node) or id(node) in self._names]
        if not any(node is output for node in self.shown):
            raise ValueError("the output has no name; give it one, or nobody knows where the graph ends")
        self._ways = self._find_ways()
        places = arranged(self.shown, self._ways)
        columns = max(column for column, _ in places.values())
        step = max(ROOM / max(columns, 1), STEP[0])
        step = min(step, WIDE_STEP if wide else STEP[1])
        row = ROW_OF_VALUES if values else ROW
        self._at = {node: (column * step, height * row) for node, (column, height) in places.items()}

    def _find_ways(self) -> list[tuple[Node, Node]]:
        """From where to where arrows lead: along each function's inputs and outputs."""
        ways = []
        for f in self.functions:
            for x in inputs(f):
                start = x if id(x) in self._names else x.creator
                if start is None:
                    message = f"an input of {type(f).__name__} has no name; name it, so that it can be drawn"
                    raise ValueError(message)
                ways.append((start, f))
            ways += [(f, y) for y in outputs(f) if id(y) in self._names]
        return ways

    @property
    def functions(self) -> list[Node]:
        """The functions, each after those it uses."""
        return [node for node in self.shown if is_function(node)]

    @property
    def variables(self) -> list[Node]:
        """The variables that are seen, each after those it was computed from."""
        return [node for node in self.shown if not is_function(node)]

    def at(self, node: Node) -> Point:
        """Where a node stands."""
        return self._at[id(node)]

    def name(self, node: Node) -> str:
        """What a node is called; a function without a name is called by its rule."""
        return self._names.get(id(node)) or rule(node)

    def again(self) -> "Graph":
        """The same graph on an empty drawing: for the next frame."""
        graph = copy(self)
        graph.drawing = Drawing()
        return graph

    def draw(self, *, backward: bool = False, ways: bool = True, done: Sequence[Node] | None = None) -> "Graph":
        """Nodes, and with ways the arrows between them; backward turns the arrows round.

        done: the functions whose turn it has been, where the graph is drawn while somebody walks through it; the
        others, and what they have not yet reached, are soft.
        """
        tone = "back" if backward else "ink"
        drawn: dict[tuple[int, int], int] = {}
        for start, end in self._ways if ways else ():
            turn = drawn[id(start), id(end)] = drawn.get((id(start), id(end)), 0) + 1
            f = end if is_function(end) else start
            waits = done is not None and not any(f is other for other in done)
            ends = (end, start) if backward else (start, end)
            self.arrow(*ends, "soft" if waits else tone, self._bend(start, end, turn))
        for node in self.shown:
            if is_function(node):
                waits = done is not None and not any(node is other for other in done)
                way = "back" if backward else "forward"
                self.drawing.function(self.at(node), self.name(node), "soft" if waits else way)
            else:
                self.drawing.variable(self.at(node), self.name(node))
        return self

    def _bend(self, start: Node, end: Node, turn: int) -> float:
        """How far an arrow swerves: only where a variable goes into one function several times."""
        together = sum(way[0] is start and way[1] is end for way in self._ways)
        return 30 * (together - 2 * turn + 1) if together > 1 else 0

    def arrow(self, start: Node, end: Node, tone: str = "ink", bend: float = 0) -> Point:
        """An arrow from node to node; returns its middle."""
        return self.drawing.arrow(self._edge(start, end, bend), self._edge(end, start, -bend), tone, bend)

    def _edge(self, node: Node, other: Node, bend: float) -> Point:
        """Just outside a node, on the straight line to another; beside it for an arrow that bends."""
        (x, y), (x1, y1) = self.at(node), self.at(other)
        along = np.array([x1 - x, y1 - y])
        along = along / np.linalg.norm(along)
        across = np.array([along[1], -along[0]]) * np.sign(bend) * min(abs(bend), 44) / 3
        half = function_width(self.name(node)) / 2 if is_function(node) else RADIUS
        reach = float(RADIUS)
        if is_function(node):
            sides = np.array([half, SIDE / 2]) / np.maximum(np.abs(along), 1e-9)
            reach = float(sides.min())
        out = np.array([x, y]) + along * (reach + 3.5) + across
        return (float(out[0]), float(out[1]))

    def way_back(self, start: Node, end: Node, words: str, side: int) -> None:
        """An arrow back beside the way between two neighbours, with its gradient; side: -1 above it, 1 below."""
        (x, y), (x1, _) = self.at(start), self.at(end)
        together = sum(way[0] is end and way[1] is start for way in self._ways)
        far = y + side * (27 if together > 1 else 24)
        bend = side * (84 if together > 1 else 22)
        middle = self.drawing.arrow((x - 19, far), (x1 + 19, far), "back", bend)
        self.drawing.text((middle[0], middle[1] + side * 20), words, 21, "back", code=True)

    def above(self, node: Node, words: str, tone: str = "forward", code: bool = False) -> None:
        """Something above a node."""
        x, y = self.at(node)
        self.drawing.text((x, y - ABOVE), words, 21, tone, code=code)

    def below(self, node: Node, words: str, tone: str = "back", code: bool = False, line: float = 0) -> None:
        """Something below a node, some lines further down."""
        x, y = self.at(node)
        self.drawing.text((x, y + BELOW + 26 * line), words, 21, tone, code=code)

    def values(self) -> "Graph":
        """Above each variable its data, below it its gradient; a constant is its value already."""
        for node in self.variables:
            if hasattr(node, "user"):
                continue
            self.above(node, number(node.data.item()), code=True)
            if node.grad is not None:
                self.below(node, number(np.asarray(data_of(node.grad)).item()), code=True)
        return self

    def label(self, words: Callable[[Node], str], nodes: Sequence[Node] | None = None) -> "Graph":
        """Above each function, or each of some nodes, what words says of it."""
        for node in self.functions if nodes is None else nodes:
            self.above(node, words(node))
        return self

    def number(self, order: Sequence[Node]) -> "Graph":
        """Above each function when it is visited: the first 1, the second 2; side by side if more than once."""
        for f in self.functions:
            turns = [turn for turn, visited in enumerate(order, 1) if visited is f]
            x, y = self.at(f)
            for i, turn in enumerate(turns):
                self.drawing.mark((x + (i - (len(turns) - 1) / 2) * 29, y - ABOVE), str(turn))
        return self

    def links(self) -> "Graph":
        """Below, back from each node to what it comes from, an arrow with the attribute that leads there."""
        for node in self.shown:
            for other in before(node):
                if id(other) in self._at:
                    (x, y), (x1, _) = self.at(node), self.at(other)
                    self.drawing.arrow((x - 10, y + 34), (x1 + 10, y + 34), "back", bend=30)
                    at = ((x + x1) / 2, y + 80)
                    self.drawing.text(at, _attribute(node, other), 19, "back", code=True)
        return self


def _own_name(node: Node) -> str | None:
    """What a variable is called by itself: by its name, or a constant by its value."""
    if is_function(node):
        return None
    if hasattr(node, "user") and node.user() is None:
        return number(float(node.data))
    name: str | None = getattr(node, "name", None)
    return name


def _attribute(node: Node, other: Node) -> str:
    """The name under which a node knows another."""
    for name, value in vars(node).items():
        if value is other or (isinstance(value, list) and any(item is other for item in value)):
            return name
    raise ValueError(f"{type(node).__name__} has no attribute that leads to {type(other).__name__}")
