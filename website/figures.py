"""Draws each figure once, for whichever hook asks: docs/assets/figures/NAME.py has the function `draw()`.

A module of its own: MkDocs loads a hook under a name of its own, so importing one hook from another would draw anew.
"""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

DRAWINGS = Path(__file__).parents[1] / "docs" / "assets" / "figures"


def names() -> list[str]:
    """Every figure that can be drawn."""
    return sorted(path.stem for path in DRAWINGS.glob("[a-z]*.py"))


@cache
def _svg(name: str, modified: int) -> str:
    path = DRAWINGS / f"{name}.py"
    spec = spec_from_file_location(f"figure_{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn: str = module.draw().svg()
    return drawn


def svg(name: str) -> str:
    """The figure as SVG; the three languages of one build share one drawing."""
    return _svg(name, (DRAWINGS / f"{name}.py").stat().st_mtime_ns)
