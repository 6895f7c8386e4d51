"""Plots in the browser: shown where plt.show() stands, or behind the code that leaves them open, as Jupyter does."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from typing import Any

from website.play.plot_colours import with_names

FIGURES: dict[str, Any] = {"bbox_inches": "tight", "metadata": dict.fromkeys(("Date", "Creator", "Format", "Type"))}
LOOKS: Any = {"figure.facecolor": "none", "axes.facecolor": "none", "svg.hashsalt": "plot"}


def reset_plots() -> None:
    """Forget all figures and settings."""
    import matplotlib as mpl

    mpl.rcdefaults()
    mpl.rcParams.update(LOOKS)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def prepare_plots(code: str, draw: Callable[[], None]) -> None:
    """Let plt.show() show where it stands; before the code that imports it runs, for it may call it at once."""
    if "matplotlib" not in code:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].show = lambda *_, **__: draw()  # type: ignore[attr-defined]
        return
    try:
        import matplotlib as mpl
        import matplotlib.pyplot as plt
    except ImportError:
        return  # running the code says so
    mpl.rcParams.update(LOOKS)
    plt.show = lambda *_, **__: draw()


def drawn() -> Iterator[str]:
    """Yield the figures that are open as SVG, which the page tells its colours, and close them."""
    import matplotlib.pyplot as plt

    for number in plt.get_fignums():
        data = io.BytesIO()
        plt.figure(number).savefig(data, format="svg", **FIGURES)
        yield with_names(data.getvalue().decode())
    plt.close("all")
