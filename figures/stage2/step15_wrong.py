"""Step 15: in which order the loop with a stack visits the functions: A too early, and twice."""

from dezero_lite.stage2 import Function, Variable
from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """The graph from y back to x, and above each function when it is its turn."""
    y, graph = diamond()
    return graph.draw(backward=True).number(_stack_order(y)).drawing


def _stack_order(y: Variable) -> list[Function]:
    """The loop of step 14: take the last function of the list, and put the creators of its inputs there."""
    funcs, order = [y.creator], []
    while funcs:
        f = funcs.pop()
        if f is not None:
            order.append(f)
            funcs += [x.creator for x in f.inputs]
    return order
