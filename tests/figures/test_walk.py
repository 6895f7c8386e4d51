"""Figures that are seen function by function follow the engine, not a hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dezero_lite import stage1, stage2, stage3
from figures.programs import Run
from figures.stage1._chain import chain
from figures.stage2._diamond import diamond
from figures.stage2._stack import stack_order
from figures.walk import visits, walk


def test_visits_are_those_of_the_package() -> None:
    y, _ = diamond()
    assert visits(y) == stage2.visiting_order(y)


def test_a_chain_is_visited_from_its_end() -> None:
    nodes = chain(at=0.5)
    assert [type(f).__name__ for f in visits(nodes.y)] == ["Square", "Exp", "Square"]
    assert nodes.y.creator is visits(nodes.y)[0]


@pytest.mark.parametrize("stage", [stage1, stage2, stage3])
def test_a_look_changes_nothing(stage: Any) -> None:
    """Functions are as before, also where going back fails."""
    x = stage.Variable(np.array(3.0))
    y = stage.square(x)
    f = y.creator
    assert visits(y) == [f]
    assert "backward" not in vars(f)
    y.grad = "no gradient"
    with pytest.raises(Exception, match=r"."):
        visits(y)
    assert "backward" not in vars(f)


@pytest.mark.parametrize("at", [0.5, -1.5])
def test_what_has_come_in_the_end_is_the_gradient(at: float) -> None:
    nodes = chain(at=at)
    *_, (done, gradients) = walk(nodes.y, visits(nodes.y))
    nodes.x.grad = None
    nodes.y.backward()
    assert len(done) == 3
    assert nodes.x.grad is not None
    assert gradients[nodes.x] == pytest.approx(nodes.x.grad.item())


@pytest.mark.parametrize(("page", "start"), [("stage2/step13", "z"), ("stage2/step14", "y")])
def test_the_loop_with_a_stack_is_the_pages_(page: str, start: str) -> None:
    """The package has it no longer; the pages have."""
    names = Run(page).names
    x = names["Variable"](np.array(2.0))
    a = names["square"](x)
    y = names["add"](names["square"](a), names["square"](a)) if start == "y" else names["add"](a, names["square"](x))
    assert stack_order(y) == visits(y)
