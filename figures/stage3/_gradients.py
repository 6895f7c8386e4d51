"""Gradients for figures: what backward leaves behind, which a Variable has from then on."""

from dezero_lite.stage3 import Variable


def gradient(x: Variable) -> Variable:
    """The gradient that x has got."""
    assert x.grad is not None
    return x.grad


def derivative(y: Variable, x: Variable) -> Variable:
    """The derivative of y with respect to x, with a graph of its own."""
    x.cleargrad()
    y.backward(create_graph=True)
    return gradient(x)
