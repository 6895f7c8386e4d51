"""Step 8: a recursion keeps a frame for every call that waits; a loop keeps a list with one function in it."""

from figures.graph import Graph
from figures.pencil import Drawing
from figures.stage1._chain import chain
from figures.strip import pile

TURN = 104  # pixels between two turns of the loop


def draw() -> Drawing:
    """Left: frames pile up. Right: turn after turn, the list holds C, then B, then A."""
    nodes = chain(at=0.5)
    graph = Graph(nodes.y, nodes._asdict(), **nodes.functions)
    drawing = Drawing()
    _recursion(drawing, [graph.name(x) for x in reversed(graph.variables)])
    drawing.line([(222, -38), (222, 2 * TURN + 38)], "soft", 1, "dotted")
    for i, f in enumerate(reversed(graph.functions)):
        _turn(drawing, i, graph.name(f), graph.name(f.input))
        if f.input.creator is not None:
            y = i * TURN
            drawing.arrow((442, y + 26), (328, y + 76), "soft", bend=10)
            drawing.text((448, y + 58), "append", 18, "text-soft", code=True)
    return drawing


def _recursion(drawing: Drawing, names: list[str]) -> None:
    """The call for the output lies at the bottom; only the one at the top is not waiting."""
    tones = ["soft"] * (len(names) - 1) + ["back"]
    calls = [f"backward({name})" for name in names]
    pile(drawing, (110, 222), calls, (176, 46), tones)
    drawing.arrow((0, 238), (0, 18), "soft")


def _turn(drawing: Drawing, number: int, f: str, x: str) -> None:
    y = number * TURN
    for at, bracket in [(268, "["), (344, "]")]:
        drawing.text((at, y), bracket, 40, "text-soft", code=True)
    drawing.function((306, y), f, "back")
    drawing.arrow((362, y), (424, y), "back")
    drawing.text((392, y - 18), "pop", 18, "back", code=True)
    drawing.variable((454, y), x, 22, "back")
