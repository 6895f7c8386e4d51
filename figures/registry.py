"""Which figures there are, and each as SVG, drawn once.

figures/FOLDER/NAME.py has a function draw(), which returns a Drawing; or frames(), which returns several that are seen
one after another. PAGE names the page whose program they show.
"""

from collections.abc import Sequence
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from figures.kept import kept
from figures.pencil import Drawing, same_size
from figures.programs import Stamp, pages_there, stamp

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every figure that can be drawn; one that shows a page's program can be, where that page is."""
    pages = {None, *pages_there()}
    return sorted(name for name, module in modules().items() if _page_of(module) in pages)


def svg(name: str) -> str:
    """The figure as one picture: of several frames the last, which shows the most."""
    return frames(name)[-1]


def frames(name: str) -> Sequence[str]:
    """The figure's pictures, as a rule one; the three languages of one build share them."""
    page = _page_of(modules()[name])
    return _frames(name, page, stamp() if page else ())


@cache
def _frames(name: str, page: str | None, pages: Stamp) -> Sequence[str]:
    """The same for one state of the pages: those of a figure that shows a page's program change with it."""
    return kept(name, page, partial(_svgs, name)) if page else _svgs(name)


def _svgs(name: str) -> list[str]:
    drawings = drawn(name)
    same_size(drawings)
    return [drawing.svg() for drawing in drawings]


def drawn(name: str) -> list[Drawing]:
    """The figure's drawings, made anew."""
    module = import_module(modules()[name])
    found: list[Drawing] = module.frames() if hasattr(module, "frames") else [module.draw()]
    return found


def _page_of(module: str) -> str | None:
    """The page whose program a figure shows; None for one that computes by itself what it shows."""
    page: str | None = getattr(import_module(module), "PAGE", None)
    return page


def modules() -> dict[str, str]:
    """The module of each figure by the figure's name, which is one of its own in all folders.

    A file whose name begins with _ is what several share.
    """
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("*/[a-z]*.py")):
        name = path.stem
        if name in found:
            raise ValueError(f"{path} and {found[name]} are two figures of one name; rename one of them")
        found[name] = f"figures.{path.parent.name}.{name}"
    return found
