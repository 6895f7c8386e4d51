"""Where the nodes of a computational graph stand: columns from its inputs to its output, rows that keep ways short."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

Node = Any  # a Variable or a Function, of whichever stage
FIRM, LOOSE = 1000.0, 1.0  # who has something before it keeps its row; who has not goes where there is room


def is_function(node: Node) -> bool:
    """Whether a node is a function, not a variable."""
    return hasattr(node, "forward")


def inputs(f: Node) -> list[Node]:
    """The variables that a function was called with; from stage 3 on, a leaf stands in the graph for the user's."""
    found = list(f.inputs) if hasattr(f, "inputs") else [f.input]
    return [(x.user() or x) if hasattr(x, "user") else x for x in found]


def outputs(f: Node) -> list[Node]:
    """The variables that a function made, of those that are still there."""
    if not hasattr(f, "outputs"):
        return [f.output]
    found = [output() if callable(output) and not hasattr(output, "data") else output for output in f.outputs]
    return [output for output in found if output is not None]


def before(node: Node) -> list[Node]:
    """What a node comes from: a function's inputs, a variable's creator."""
    if is_function(node):
        return inputs(node)
    return [] if node.creator is None else [node.creator]


def data_of(grad: Node) -> Node:
    """The array of a variable, such as a gradient from stage 3 on; a gradient of stages 1 and 2 is one already."""
    return getattr(grad, "data", grad) if hasattr(grad, "creator") else grad


def all_nodes(output: Node) -> list[Node]:
    """All nodes that an output was computed with, each after those it comes from, in the order of the inputs."""
    found: dict[int, Node] = {}
    waiting: list[tuple[Node, Iterator[Node]]] = [(output, iter(before(output)))]
    begun = {id(output)}
    while waiting:
        node, left = waiting[-1]
        following = next((other for other in left if id(other) not in begun), None)
        if following is None:
            found[id(node)] = node
            waiting.pop()
        else:
            begun.add(id(following))
            waiting.append((following, iter(before(following))))
    return list(found.values())


def arranged(nodes: Sequence[Node], ways: Sequence[tuple[Node, Node]]) -> dict[int, tuple[int, float]]:
    """The column, and the row (in steps of 1, the output's 0), of each node by its id.

    nodes: each after those it comes from. ways: from where to where.
    """
    earlier, later = defaultdict(list), defaultdict(list)
    for start, end in ways:
        earlier[id(end)].append(id(start))
        later[id(start)].append(id(end))
    column: dict[int, int] = {}
    for node in nodes:
        column[id(node)] = max((column[other] + 1 for other in earlier[id(node)]), default=0)
    for node in nodes:
        if not earlier[id(node)] and later[id(node)]:
            # a leaf stands right before whatever uses it first
            column[id(node)] = min(column[other] for other in later[id(node)]) - 1
    members = defaultdict(list)
    for node in nodes:
        members[column[id(node)]].append(id(node))
    row = dict.fromkeys(map(id, nodes), 0.0)
    for _ in range(40):
        for number in sorted(members):
            _settle(members[number], row, earlier, later)
    base = row[id(nodes[-1])]
    return {node: (column[node], row[node] - base) for node in row}


def _settle(
    members: Sequence[int], row: dict[int, float], earlier: dict[int, list[int]], later: dict[int, list[int]]
) -> None:
    """Move the nodes of a column to the mean of what they hang on, at least one step from one another."""
    wanted, weights = [], []
    for index, node in enumerate(members):
        near = earlier[node] or later[node]
        mean = sum(row[other] for other in near) / len(near) if near else 0.0
        wanted.append(mean - index)
        weights.append(FIRM if earlier[node] else LOOSE)
    for index, (node, place) in enumerate(zip(members, _rising(wanted, weights), strict=True)):
        row[node] = place + index


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The rising numbers nearest to those wanted: neighbours that are in one another's way take their mean."""
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for value, weight in zip(wanted, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, heavy, many), (two, light, few) = pools[-2:]
            total = heavy + light
            pools[-2:] = [((one * heavy + two * light) / total, total, many + few)]
    return [mean for mean, _, count in pools for _ in range(count)]
