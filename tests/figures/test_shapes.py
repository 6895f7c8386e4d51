"""Axes, grids and strips put things where their numbers say."""

from __future__ import annotations

import re

import numpy as np
import pytest

from figures.axes import Axes
from figures.grid import Grid
from figures.palette import number, power_of_ten, width
from figures.pencil import Drawing
from figures.regions import draw_regions
from figures.strip import Strip, unrolled


def test_axes_are_straight_or_logarithmic() -> None:
    axes = Axes(Drawing(), (0, 10), (-1, 1), size=(100, 50), corner=(5, 7))
    assert axes.at(0, -1) == (5, 57)
    assert axes.at(10, 1) == (105, 7)
    assert axes.at(5, 0) == (55, 32)
    log = Axes(Drawing(), (1e-4, 1), (1, 100), size=(100, 50), log=True)
    assert log.at(1e-2, 10) == pytest.approx((50, 25))


def test_the_numbers_of_axes_stand_at_their_places() -> None:
    drawing = Drawing()
    axes = Axes(drawing, (-2, 2), (-2, 2), size=(400, 400))
    axes.frame(range(-2, 3))
    texts = re.findall(r'<text x="([-\d.]+)"[^>]*>([^<]*)<', drawing.svg())
    assert texts == [("0", "−2"), ("100", "−1"), ("200", "0"), ("300", "1"), ("400", "2")]


def test_a_grid_shows_each_value_in_its_square() -> None:
    drawing = Drawing()
    values = np.arange(6.0).reshape(2, 3)
    grid = Grid(drawing, values, cell=40, shades=True)
    texts = re.findall(r'<text x="([-\d.]+)" [^>]*>([^<]*)<', drawing.svg())
    assert [(float(x), float(text)) for x, text in texts] == [(20 + 40 * (i % 3), i) for i in range(6)]
    assert grid.at(1, 2) == (100, 60)
    assert (grid.left, grid.right) == ((0, 40), (120, 40))
    strengths = re.findall(r'stroke-opacity="([\d.]+)"', drawing.svg())
    assert list(map(float, strengths)) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])


def test_a_window_stays_on_its_grid() -> None:
    grid = Grid(Drawing(), np.zeros((4, 4)))
    assert grid.window(1, 1, (2, 2)) == (80, 80)
    with pytest.raises(ValueError, match=r"a window of 2 x 2 from row 3, column 0 leaves a grid of shape \(4, 4\)"):
        grid.window(3, 0, (2, 2))
    with pytest.raises(ValueError, match=r"got shape \(2, 2, 2\)"):
        Grid(Drawing(), np.zeros((2, 2, 2)))


@pytest.mark.parametrize("backward", [False, True])
def test_a_strip_joins_neighbours(backward: bool) -> None:
    drawing = Drawing()
    strip = Strip(drawing, step=100, backward=backward)
    places = [strip.variable("x"), strip.function("f"), strip.fraction("dy", "dx"), strip.text("100", code=True)]
    assert places == [(0, 0), (100, 0), (200, 0), (300, 0)]
    arrows = re.findall(r'<path d="M([\d.]+) 0Q[^"]* ([\d.]+) 0"', drawing.svg())
    assert len(arrows) == 3
    assert all((float(start) > float(end)) is backward for start, end in arrows)


@pytest.mark.parametrize("backward", [False, True])
def test_an_arrow_to_what_waits_is_soft(backward: bool) -> None:
    drawing = Drawing()
    strip = Strip(drawing, step=100, tone="back", backward=backward)
    for tone in ("soft", "back", "soft"):
        strip.variable("x", tone)
    colours = re.findall(r'<path d="M[^"]*Q[^"]*" stroke="var\(--figure-(\w+)', drawing.svg())
    assert colours == (["soft", "back"] if backward else ["back", "soft"])


def test_an_area_has_holes() -> None:
    drawing = Drawing()
    ring = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]
    drawing.area([ring, [(3.0, 3.0), (6.0, 3.0), (6.0, 6.0)]], "forward", 0.5)
    (outline,) = re.findall(r'<path d="([^"]*)"[^>]*fill-opacity="0.5" fill-rule="evenodd"', drawing.svg())
    assert outline.count("M") == outline.count("Z") == 2


def test_regions_are_of_the_answer_s_colour_and_the_surer_the_stronger() -> None:
    drawing = Drawing()
    places = np.linspace(0, 1, 5)
    axes = Axes(drawing, (0, 1), (0, 1))
    draw_regions(axes, places, places, np.tile(places, (5, 1)))
    found = re.findall(r'fill="var\(--figure-(\w+)[^"]*" fill-opacity="([\d.]+)"', drawing.svg())
    assert [tone for tone, _ in found] == 3 * ["back"] + 3 * ["forward"]
    strengths = [float(strength) for _, strength in found]
    assert strengths == strengths[::-1]
    assert strengths[3:] == sorted(strengths[3:])


def test_a_network_unrolled_needs_a_state_before_the_first_time() -> None:
    drawing = Drawing()
    unrolled(drawing, "RNN", ["x₀", "x₁"], ["h₀", "h₁", "h₂"], ["y₀", "y₁"])
    svg = drawing.svg()
    assert svg.count(">RNN<") == 2
    assert svg.count("<circle") == 4
    with pytest.raises(ValueError, match="got 2 inputs, 2 states, 0 outputs"):
        unrolled(Drawing(), "RNN", ["x₀", "x₁"], ["h₀", "h₁"])


def test_numbers_and_widths() -> None:
    assert (number(-0.5), number(3.29744), number(1e6)) == ("−0.5", "3.297", "1e+06")
    assert (number(10000), number(12345)) == ("10000", "12345")
    assert (power_of_ten(0), power_of_ten(-12)) == ("1", "10⁻¹²")
    assert width("100", 20, code=True) == pytest.approx(31.5, abs=1)
    with pytest.raises(ValueError, match="nothing is drawn here yet"):
        Drawing().svg()
