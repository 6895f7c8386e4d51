"""Cutting a graph off, so that training on a long sequence need not go back to its beginning."""

from __future__ import annotations

from dezero_lite.stage3.core import Variable, visiting_order


def unchain(x: Variable) -> None:
    """Forget the function that made x: its data stays, and backward passes end there from now on."""
    x.creator = None
    x.generation = 0  # it is an end of the graph now; what comes of it counts from there


def unchain_backward(y: Variable) -> None:
    """Cut the whole graph behind y into pieces: each variable in it forgets the function that made it.

    y itself keeps its creator. The functions are freed as soon as nothing else uses them.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 59.
    """
    for f in visiting_order(y):
        for x in f.inputs:
            if x.creator is not None:
                unchain(x)


def setup_unchain() -> None:
    """Give Variable the methods unchain and unchain_backward."""
    Variable.unchain = unchain
    Variable.unchain_backward = unchain_backward
