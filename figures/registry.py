"""Which figures there are, and each as SVG, drawn once.

figures/FOLDER/NAME.py has a function draw(), which returns a Drawing; or frames(), which returns several that are seen
one after another.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from figures.pencil import Drawing, same_size

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every figure that can be drawn; a file whose name begins with _ is what several share."""
    return sorted(modules())


def svg(name: str) -> str:
    """The figure as one picture: of several frames the last, which shows the most."""
    return frames(name)[-1]


@cache
def frames(name: str) -> Sequence[str]:
    """The figure's pictures, as a rule one; the three languages of one build share them."""
    drawings = drawn(name)
    same_size(drawings)
    return [drawing.svg() for drawing in drawings]


def drawn(name: str) -> list[Drawing]:
    """The figure's drawings, made anew."""
    module = import_module(modules()[name])
    found: list[Drawing] = module.frames() if hasattr(module, "frames") else [module.draw()]
    return found


def modules() -> dict[str, str]:
    """The module of each figure by the figure's name, which is one of its own in all folders."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("*/[a-z]*.py")):
        name = path.stem
        if name in found:
            raise ValueError(f"{path} and {found[name]} are two figures of one name; rename one of them")
        found[name] = f"figures.{path.parent.name}.{name}"
    return found
