"""In which order functions are visited on the way back, and what has come to the variables by then."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from figures.layout import Node, all_nodes, data_of, inputs, is_function, outputs


def visits(output: Node) -> list[Node]:
    """Go back from an output, and return the functions in the order in which the engine itself asked them."""
    order: list[Node] = []
    functions = [node for node in all_nodes(output) if is_function(node)]
    for f in functions:
        f.backward = _noted(f, order)
    try:
        output.backward()
    finally:
        for f in functions:
            del f.backward
    return order


def _noted(f: Node, order: list[Node]) -> Callable[..., Any]:
    """A function's backward that writes down each call."""
    backward = f.backward

    def note(*args: Any, **options: Any) -> Any:
        order.append(f)
        return backward(*args, **options)

    return note


def walk(output: Node, order: Sequence[Node]) -> Iterator[tuple[list[Node], dict[Node, float]]]:
    """Go back from an output through functions in an order, each handing on what has come to its outputs so far.

    Yields after each function those whose turn it has been, and the gradients that have come to variables.
    """
    gradients: dict[Node, float] = {output: 1.0}
    done: list[Node] = []
    for f in order:
        gxs = f.backward(*[np.array(gradients[y]) for y in outputs(f)])
        for x, gx in zip(inputs(f), gxs if isinstance(gxs, tuple) else (gxs,), strict=True):
            gradients[x] = gradients.get(x, 0.0) + np.asarray(data_of(gx)).item()
        done.append(f)
        yield list(done), dict(gradients)
