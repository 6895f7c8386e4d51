"""Stage 2 at its end: each module with its classes and functions, and which module imports which."""

import ast
import re
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from dezero_lite import stage2
from figures.pencil import Drawing

WIDTH, GAP, RISE, MARGIN = 440, 14, 46, 13
SIZE, LINE, LETTER = 19.6, 27, 10.2  # LETTER: how wide one is in code font of that size


class Box(NamedTuple):
    """A module's box: its lines of names are classes, then functions."""

    left: float
    top: float
    width: float
    classes: list[str]
    functions: list[str]

    @property
    def bottom(self) -> float:
        """Where the box ends, one line being the module's own name."""
        return self.top + (1 + len(self.classes) + len(self.functions)) * LINE + 20


def draw() -> Drawing:
    """At the top what imports nothing; arrows from a module to those it imports; classes in ink, functions softer."""
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in Path(stage2.__path__[0]).glob("[a-z]*.py")}
    uses = {name: _imports(tree) & set(trees) for name, tree in trees.items()}
    boxes = _arranged(trees, uses)
    drawing = Drawing()
    for name, box in boxes.items():
        _draw_box(drawing, f"{name}.py", box)
        for used in uses[name]:
            middle = box.left + box.width / 2
            drawing.arrow((middle, box.top - 3), (middle, boxes[used].bottom + 4))
    return drawing


def _imports(tree: ast.Module) -> set[str]:
    froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {module.removeprefix(f"{stage2.__name__}.") for module in froms}


def _depth(name: str, uses: dict[str, set[str]]) -> int:
    return max((1 + _depth(used, uses) for used in uses[name]), default=0)


def _arranged(trees: dict[str, ast.Module], uses: dict[str, set[str]]) -> dict[str, Box]:
    """The boxes in rows, one row for each depth of imports."""
    boxes: dict[str, Box] = {}
    for depth in range(len(trees)):
        row = sorted(name for name in trees if _depth(name, uses) == depth)
        top = max((box.bottom + RISE for box in boxes.values()), default=2)
        width = (WIDTH - 2 - GAP * (len(row) - 1)) / max(len(row), 1)
        for i, name in enumerate(row):
            kinds = [_lines(trees[name], kind, width) for kind in (ast.ClassDef, ast.FunctionDef)]
            boxes[name] = Box(1 + i * (width + GAP), top, width, *kinds)
    return boxes


def _lines(tree: ast.Module, kind: type[ast.ClassDef] | type[ast.FunctionDef], width: float) -> list[str]:
    """The public names of one kind, in the file's order, as many on a line as the width holds."""
    names = [node.name for node in tree.body if isinstance(node, kind) and not node.name.startswith("_")]
    return wrap(" ".join(names), int((width - 2 * MARGIN) / LETTER), break_long_words=False)


def _draw_box(drawing: Drawing, name: str, box: Box) -> None:
    height = box.bottom - box.top
    drawing.box((box.left + box.width / 2, box.top + height / 2), (box.width, height), "soft", "forward-fill")
    tones = ["forward", *["ink"] * len(box.classes), *["text-soft"] * len(box.functions)]
    for i, (line, tone) in enumerate(zip([name, *box.classes, *box.functions], tones, strict=True)):
        for word in re.finditer(r"\S+", line):
            at = (box.left + MARGIN + word.start() * LETTER, box.top + 10 + (i + 0.5) * LINE)
            drawing.text(at, word[0], SIZE, tone, "start", code=True)
