"""Cutting a graph off, so that training on a long sequence need not go back to its beginning."""

from __future__ import annotations

from dezero_lite.stage3.core import Variable, visiting_order


def unchain(x: Variable) -> None:
    """Forget the function that made x: its data stays, and backward passes end there from now on.

    >>> x = Variable(np.array(3.0))
    >>> y = F.square(x)
    >>> y.unchain()
    >>> F.square(y).backward()
    >>> x.grad, y.grad
    (None, variable(18.0))
    """
    x.creator = None
    # it is an end of the graph now; what comes of it counts from there
    x.generation = 0


def unchain_backward(y: Variable) -> None:
    """Cut the whole graph behind y into pieces: each variable in it forgets the function that made it.

    y itself keeps its creator. The functions are freed as soon as nothing else uses them.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 59.

    >>> from dezero_lite.stage3 import visiting_order
    >>> y = F.square(F.exp(F.sin(Variable(np.array(3.0)))))
    >>> y.unchain_backward()
    >>> [type(f).__name__ for f in visiting_order(y)]
    ['Square']
    """
    for f in visiting_order(y):
        for x in f.inputs:
            if x.creator is not None:
                unchain(x)


def setup_unchain() -> None:
    """Give Variable the methods unchain and unchain_backward.

    >>> setup_unchain()  # once more changes nothing
    >>> hasattr(Variable, "unchain_backward")
    True
    """
    Variable.unchain = unchain
    Variable.unchain_backward = unchain_backward
