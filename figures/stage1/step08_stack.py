"""Step 8: a recursion keeps a frame for every call that waits; a loop keeps a list with one function in it."""

from collections.abc import Sequence

from figures.graph import Graph
from figures.layout import Node
from figures.pencil import Drawing
from figures.stage1._chain import chain
from figures.strip import pile
from figures.walk import visits

TURN = 96  # pixels between two turns of the loop


def frames() -> list[Drawing]:
    """Left: calls pile up. Right: turn after turn, the list holds C, then B, then A, and in the end None."""
    nodes = chain(at=0.5)
    graph = Graph(nodes.y, nodes._asdict(), **nodes.functions)
    calls = [nodes.y, *(f.input for f in visits(nodes.y))]
    return [_frame(graph, calls[:count], len(calls)) for count in range(1, len(calls) + 1)]


def _frame(graph: Graph, calls: Sequence[Node], deepest: int) -> Drawing:
    """The state of both while the last of the calls is at work."""
    drawing = Drawing()
    bottom = (deepest - 1) * TURN
    tones = ["soft"] * (len(calls) - 1) + ["back"]
    pile(drawing, (110, bottom), [f"backward({graph.name(x)})" for x in calls], (176, 46), tones)
    if len(calls) > 1:
        drawing.arrow((0, bottom + 16), (0, bottom - 62 * (len(calls) - 1) - 16), "soft")
    drawing.line([(222, -38), (222, bottom + 38)], "soft", 1, "dotted")
    for i, x in enumerate(calls):
        _turn(drawing, graph, i, x, "back" if i == len(calls) - 1 else "soft")
    return drawing


def _turn(drawing: Drawing, graph: Graph, row: int, x: Node, tone: str) -> None:
    """A turn of the loop: what its list holds, and where that leads."""
    y, f = row * TURN, x.creator
    if row:
        drawing.arrow((442, y - TURN + 26), (328, y - 28), tone, bend=10)
        drawing.text((448, y - TURN + 58), "append", 18, "back" if tone == "back" else "text-soft", code=True)
    for at, bracket in [(258, "["), (354, "]")]:
        drawing.text((at, y), bracket, 40, "text-soft", code=True)
    if f is None:
        drawing.text((306, y), str(f), 20, tone, code=True)
        return
    drawing.function((306, y), graph.name(f), tone)
    drawing.arrow((368, y), (424, y), tone)
    drawing.text((394, y - 18), "pop", 18, "back" if tone == "back" else "text-soft", code=True)
    drawing.variable((454, y), graph.name(f.input), 22, tone)
