"""Which figures there are, and each as SVG, drawn once: figures/FOLDER/NAME.py has a function draw()."""

from functools import cache
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every figure that can be drawn; a file whose name begins with _ is what several share."""
    return sorted(_modules())


@cache
def svg(name: str) -> str:
    """The figure as SVG; the three languages of one build share one drawing."""
    drawn: str = import_module(_modules()[name]).draw().svg()
    return drawn


def _modules() -> dict[str, str]:
    """The module of each figure by the figure's name, which is one of its own in all folders."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("*/[a-z]*.py")):
        name = path.stem
        if name in found:
            raise ValueError(f"{path} and {found[name]} are two figures of one name; rename one of them")
        found[name] = f"figures.{path.parent.name}.{name}"
    return found
