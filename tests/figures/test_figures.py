"""What holds for every figure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import resvg_py

from figures import registry

HOUSE = Path(registry.HERE).parent
PHONE = 350  # pixels that a page's text has on a narrow phone
FIGURES = registry.names()
# Those that run a page's program take seconds; one of them shows that it is the same each time, and all in the
# thorough lane.
RUNNING = [name for name in FIGURES if registry._page_of(registry.modules()[name])]
AT_LENGTH = [pytest.param(name, marks=pytest.mark.thorough) if name in RUNNING[1:] else name for name in FIGURES]


@pytest.mark.parametrize("name", AT_LENGTH)
def test_a_figure_is_the_same_each_time(name: str) -> None:
    first = [drawing.svg() for drawing in registry.drawn(name)]
    assert first == [drawing.svg() for drawing in registry.drawn(name)]


@cache
def _defined_names() -> set[str]:
    """The classes and functions of the package, whose names are the same in every language."""
    files = [path.read_text("utf-8") for path in (HOUSE / "dezero_lite").rglob("*.py")]
    return {name for text in files for name in re.findall(r"^(?:class|def) (\w+)", text, re.MULTILINE)}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_no_words_and_no_colour_of_its_own(name: str) -> None:
    for drawn in registry.frames(name):
        for text in re.findall(r"<text[^>]*>([^<]*)</text>", drawn):
            # symbols and names from the code, never a sentence
            assert sum(map(str.isalpha, text)) <= 12 or text in _defined_names(), text
        paints = re.findall(r'(?:fill|stroke)="(?!none)([^"]*)"', drawn)
        assert all("var(--figure-" in paint for paint in paints)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_stays_in_its_box(name: str) -> None:
    """Drawn with room around it, it leaves the room empty."""
    room = 60
    for drawn in registry.frames(name):
        left, top, wide, high = map(float, re.findall(r'viewBox="([^"]+)"', drawn)[0].split())
        larger = f'viewBox="{left - room:g} {top - room:g} {wide + 2 * room:g} {high + 2 * room:g}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {larger}'
        inner = f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="#fff"/>'
        body = re.sub(r"var\(--figure-[\w-]+, (#\w+)\)", r"\1", drawn.split(">", 1)[1])
        size = f'width="{wide + 2 * room:g}" height="{high + 2 * room:g}"'
        empty = f"{head} {size}>{inner}</svg>"
        full = f'{head} {size} fill="none">{body.removesuffix("</svg>")}{inner}</svg>'
        assert _png(full) == _png(empty), f"{name} reaches beyond its box"


def _png(svg: str) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_legible_on_a_phone(name: str) -> None:
    for drawn in registry.frames(name):
        width = float(re.findall(r' width="([\d.]+)"', drawn)[0])
        sizes = map(float, re.findall(r'font-size="([\d.]+)"', drawn))  # none in a picture of images alone
        assert all(size * min(1, PHONE / width) >= 10 for size in sizes)


@pytest.mark.parametrize("name", FIGURES)
def test_frames_are_of_one_size_and_differ(name: str) -> None:
    drawn = registry.frames(name)
    assert len(set(re.findall(r"<svg[^>]*>", "".join(drawn)))) == 1
    assert all(one != two for one, two in pairwise(drawn))


# What is written by hand in a figure and holds a digit, by file, each with its reason: nothing checks it, so a result
# of the package has no place here.
QUOTED = {
    "stage1/step04_secants.py": ["2ε"],  # the denominator of the central difference
    "stage1/step10_check.py": ["2ε"],
    "stage1/step04_error.py": ["∝ eps²"],  # the order of the central difference's error, as the line beside it shows
    "stage3/step28_valley.py": ["x0", "x1"],  # the axes' names, as the page has them
    "stage2/xor_learning.py": ["x0", "x1"],  # names of its program
    "stage2/step13_square_sum.py": ["x²", "y²"],  # the same rule of two inputs, by their letters
}


def test_numbers_written_by_hand_are_listed() -> None:
    found = {}
    for path in sorted(registry.HERE.glob("*/*.py")):
        if written := sorted(set(_written(ast.parse(path.read_text("utf-8"))))):
            found[path.relative_to(registry.HERE).as_posix()] = written
    assert found == QUOTED


def _written(tree: ast.Module) -> Iterator[str]:
    """Texts with digits, other than docstrings and a page's name, and numbers that are made a text of on the spot."""
    documents = {id(_docstring(node)) for node in ast.walk(tree)}
    documents |= {
        id(node.value) for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node).startswith("PAGE = ")
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            if any(character.isdigit() or character.isnumeric() for character in node.value) and node.value != "utf-8":
                yield node.value
        elif isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "number"):
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def _docstring(node: ast.AST) -> ast.Constant | None:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return first.value
    return None


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ('drawing.text(at, "2.5")', ["2.5"]),
        ('drawing.text(at, f"x = {2}")', ["2"]),
        ("drawing.text(at, str(7))", ["7"]),
        ("drawing.text(at, number(7))", ["7"]),
        ('def f():\n    """Returns 2."""\n    return f"{x}"', []),
        ('drawing.text(at, "½")', ["½"]),
        ('PAGE = "stage2/step16"', []),
        ('NAME = "step16"', ["step16"]),
    ],
)
def test_what_counts_as_written_by_hand(source: str, written: list[str]) -> None:
    assert list(_written(ast.parse(source))) == written


def test_two_figures_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.py").touch()
    monkeypatch.setattr(registry, "HERE", tmp_path)
    with pytest.raises(ValueError, match=r"two.same\.py and figures\.one\.same are two figures of one name"):
        registry.names()
