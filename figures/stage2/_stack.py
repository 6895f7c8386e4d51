"""The order of the loop of steps 13 to 15, which the package has no longer."""

from dezero_lite.stage2 import Function, Variable


def stack_order(y: Variable) -> list[Function]:
    """Take the last function of the list, and put the creators of its inputs there."""
    funcs, order = [y.creator], []
    while funcs:
        f = funcs.pop()
        if f is not None:
            order.append(f)
            funcs += [x.creator for x in f.inputs]
    return order
