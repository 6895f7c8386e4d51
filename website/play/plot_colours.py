"""Plots in the page's own colours, by day and at night: matplotlib's are exchanged for names of the page's.

A plot is a picture of its own, so what the names stand for is written into it, too: at the build by pages/plots.py, in
the browser by docs/assets/js/play/result.js. At the address with #dark it is drawn for the dark.
"""

from __future__ import annotations

import re

FIGURE = '<g id="figure_1">'  # by which a plot of matplotlib is known
# What matplotlib draws in when nothing else is said, and words like "gray", by the names of docs/assets/css/colour.css.
NAMES = {
    "#000000": "ink",
    "#808080": "ink-faint",
    "#b0b0b0": "rule",
    "#cccccc": "rule",
    "#ffffff": "paper",
    "#1f77b4": "data-blue",
    "#ff7f0e": "data-orange",
    "#2ca02c": "data-green",
    "#d62728": "data-red",
    "#9467bd": "data-purple",
}
COLOUR = re.compile(r"(?<=: )#[0-9a-f]{6}\b")
ROOT = re.compile(r"<svg\b")
# Any other colour, and all of a picture, at night: light for dark, and each hue itself (red: 1.00 of it stays red).
TURNED = ((0.425, -1.058, -0.107), (-0.315, -0.318, -0.107), (-0.315, -1.058, 0.633))
SHIFT = 0.87  # white becomes the ground of a dark page, not quite black
NIGHT = '<filter id="night" color-interpolation-filters="sRGB"><feColorMatrix values="{} 0 0 0 1 0"/></filter>'


def with_names(svg: str) -> str:
    """Return a plot whose colours are names, which have yet to be told their values; any other picture as it is."""
    if FIGURE not in svg:
        return svg
    others: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        colour = found[0]
        if colour not in NAMES:
            others[colour] = at_night(colour)
        return f"var(--{NAMES.get(colour, f'c{colour[1:]}')})"

    svg = COLOUR.sub(named, svg)
    days = "".join(f"--c{colour[1:]}:{colour};" for colour in others)
    nights = "".join(f"--c{colour[1:]}:{night};" for colour, night in others.items())
    style = f"svg{{fill:var(--ink);{days}}}svg:target{{{nights}}}svg:target image{{filter:url(#night)}}"
    matrix = " ".join(f"{' '.join(map(str, row))} 0 {SHIFT}" for row in TURNED)
    svg = ROOT.sub('<svg id="dark"', svg, count=1)
    return svg.replace(FIGURE, f"<style>{style}</style>{NIGHT.format(matrix)}{FIGURE}", 1)


def with_values(svg: str, day: dict[str, str], night: dict[str, str]) -> str:
    """Return a plot of with_names that knows what the names stand for, by day and at night."""
    written = "".join(
        f"{scope}{{{''.join(f'--{name}:{values[name]};' for name in dict.fromkeys(NAMES.values()))}}}"
        for scope, values in (("svg", day), ("svg:target", night))
    )
    return svg.replace("<style>svg{fill", f"<style>{written}svg{{fill", 1)


def at_night(colour: str) -> str:
    """Return #rrggbb as it is drawn on a dark ground."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    sums = (SHIFT + sum(factor * part for factor, part in zip(row, parts, strict=True)) for row in TURNED)
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, total))):02x}" for total in sums)
