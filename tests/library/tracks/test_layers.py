"""The layers of the shopping graph: the book's values, a difference quotient, and the same bill with Variables."""

from __future__ import annotations

import numpy as np
import pytest

from dezero_lite import Variable
from dezero_lite.tracks.layers import AddLayer, MulLayer


def bill(apple: float, apples: float, orange: float, oranges: float, tax: float) -> tuple[float, list[float]]:
    """What two kinds of fruit cost with tax, and the derivatives by the five inputs, layer by layer."""
    mul_apple, mul_orange, add, mul_tax = MulLayer(), MulLayer(), AddLayer(), MulLayer()
    fruit = add.forward(mul_apple.forward(apple, apples), mul_orange.forward(orange, oranges))
    total = mul_tax.forward(fruit, tax)
    gfruit, gtax = mul_tax.backward(1)
    gapples, goranges = add.backward(gfruit)
    return total, [*mul_apple.backward(gapples), *mul_orange.backward(goranges), gtax]


INPUTS = [100, 2, 150, 3, 1.1]


def test_two_apples_cost_what_the_book_says() -> None:
    mul_apple, mul_tax = MulLayer(), MulLayer()
    assert mul_tax.forward(mul_apple.forward(100, 2), 1.1) == 220.00000000000003
    gapples, gtax = mul_tax.backward(1)
    assert mul_apple.backward(gapples) == (2.2, 110.00000000000001)
    assert gtax == 200


def test_apples_and_oranges_cost_what_the_book_says() -> None:
    total, gradients = bill(*INPUTS)
    assert total == 715.0000000000001
    assert gradients == [2.2, 110.00000000000001, 3.3000000000000003, 165.0, 650]


def test_the_layers_agree_with_variables_to_the_last_bit() -> None:
    for seed in range(20):
        numbers = np.random.default_rng(seed).uniform(0.5, 200.0, 5).tolist()
        apple, apples, orange, oranges, tax = variables = [Variable(np.array(number)) for number in numbers]
        y = (apple * apples + orange * oranges) * tax
        y.backward()
        total, gradients = bill(*numbers)
        assert y.data == total
        assert [v.grad for v in variables] == gradients


def test_the_layers_agree_with_a_difference_quotient() -> None:
    _, gradients = bill(*INPUTS)
    for i, gradient in enumerate(gradients):
        up, down = list(INPUTS), list(INPUTS)
        up[i] += 1e-4
        down[i] -= 1e-4
        assert (bill(*up)[0] - bill(*down)[0]) / 2e-4 == pytest.approx(gradient)


def test_backward_before_forward_is_an_error() -> None:
    with pytest.raises(TypeError, match="NoneType"):
        MulLayer().backward(1)
