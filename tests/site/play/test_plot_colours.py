"""Plots whose colours are the page's."""

from xml.etree import ElementTree

import pytest

from tests.support.site_facts import ROOT
from website.pages.plots import page_colours
from website.play.plot_colours import FIGURE, NAMES, at_night, with_names, with_values

PLOT = f'<svg width="1pt">{FIGURE}<path style="fill: none; stroke: #1f77b4"/><path style="fill: #b1d5e7"/></g></svg>'


def test_colours_of_matplotlib_become_names_and_others_are_turned_at_night() -> None:
    named = with_names(PLOT)
    assert 'style="fill: none; stroke: var(--data-blue)"' in named and 'style="fill: var(--cb1d5e7)"' in named
    assert "svg{fill:var(--ink);--cb1d5e7:#b1d5e7;}" in named and "svg:target{--cb1d5e7:#2f4a57;}" in named
    ElementTree.fromstring(named)


def test_a_plot_is_told_what_its_names_mean() -> None:
    day, night = page_colours(ROOT / "docs")
    told = with_values(with_names(PLOT), day, night)
    for scope, values in (("svg", day), ("svg:target", night)):
        for name in set(NAMES.values()):
            assert f"--{name}:{values[name]};" in told.partition(f"{scope}{{--")[0] + told.partition(f"{scope}{{")[2]
    assert all(day[name] != night[name] for name in NAMES.values())


def test_any_other_picture_stays_as_it_is() -> None:
    assert with_names('<svg><path style="fill: #000000"/></svg>') == '<svg><path style="fill: #000000"/></svg>'


@pytest.mark.parametrize(
    ("colour", "night"),
    [("#ffffff", "#212121"), ("#000000", "#dedede"), ("#ff0000", "#ff8e8e"), ("#0000ff", "#c3c3ff")],
)
def test_at_night_light_is_dark_and_each_hue_itself(colour: str, night: str) -> None:
    assert at_night(colour) == night
