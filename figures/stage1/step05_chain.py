"""Step 5: the derivative runs the same chain backwards and is multiplied at each function."""

from collections.abc import Sequence

from figures.graph import Graph
from figures.layout import Node
from figures.palette import number
from figures.pencil import Drawing
from figures.stage1._chain import Chain, chain
from figures.strip import Strip
from figures.walk import visits, walk

DOWN = 140  # from the row of the values to that of the derivatives


def frames() -> list[Drawing]:
    """Above, function by function from left to right, the values; then below, from right to left, the derivatives."""
    nodes = chain(at=0.5)
    graph = Graph(nodes.y, nodes._asdict(), **nodes.functions)
    drawings = [_frame(nodes, graph, graph.functions[:count], {}) for count in range(1, len(graph.functions) + 1)]
    order = visits(nodes.y)
    drawings += [_frame(nodes, graph, graph.functions, gradients) for _, gradients in walk(nodes.y, order)]
    return drawings


def _frame(nodes: Chain, graph: Graph, done: Sequence[Node], gradients: dict[Node, float]) -> Drawing:
    """Both rows after some functions have run forwards, and derivatives have come to some variables."""
    graph = graph.again().draw(done=done)
    drawing, level = graph.drawing, graph.at(nodes.x)[1]
    for x in graph.variables:
        if x.creator is None or x.creator in done:
            graph.above(x, number(x.data.item()), code=True)
    columns = [graph.at(node)[0] for node in graph.shown]
    for column in columns[::2]:
        drawing.line([(column, level + 32), (column, level + DOWN - 42)], "soft", 1.1, "dotted")
    strip = Strip(drawing, (0, level + DOWN), columns, tone="back", backward=True)
    for node in graph.shown:
        # a function's factor has had its turn once the derivative at its input is there
        tone = "back" if getattr(node, "input", node) in gradients else "soft"
        if node in graph.functions:
            strip.function(f"{graph.name(node)}′({graph.name(node.input)})", tone)
        else:
            strip.fraction("dy", f"d{graph.name(node)}", tone=tone)
    for x, gradient in gradients.items():
        drawing.text((graph.at(x)[0], level + DOWN + 46), f"= {number(gradient)}", 20, "back")
    return drawing
