"""A figure of a page's program runs it as it stands on the page, and is drawn anew when it changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from doccheck import Book, find_settings
from doccheck.page.programs import expected_output
from doccheck.run.environment import exact_digits
from figures import kept, programs, registry
from figures.programs import Run, source

PAGES = set(filter(None, map(registry._page_of, registry.modules().values())))
THERE = sorted(PAGES & programs.pages_there())
SHORT = "stage2/what-we-built"


def test_some_figures_show_the_program_of_a_page() -> None:
    assert SHORT in THERE


@pytest.mark.parametrize(
    "page", [page if page == SHORT else pytest.param(page, marks=pytest.mark.thorough) for page in THERE]
)
def test_the_program_prints_what_the_page_shows(page: str) -> None:
    """So a figure's last loss is the page's."""
    book = Book(find_settings(programs.ROOT))
    expected = expected_output(book.page(programs.PAGES / f"{page}.md"))
    printed = Run(page).printed
    if exact_digits():
        assert printed == expected
    else:
        assert len(printed.splitlines()) == len(expected.splitlines())


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with a loop, the only one there is."""
    (tmp_path / "pyproject.toml").write_text('[tool.doccheck]\nlanguages = ["en"]\n')
    path = tmp_path / "docs" / "en" / "stage9" / "step99.md"
    path.parent.mkdir(parents=True)
    path.write_text(PAGE.format(code=LOOP))
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    monkeypatch.setattr(programs, "PAGES", tmp_path / "docs" / "en")
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    return path


PAGE = "# Page {{#page}}\n\n```python\n{code}```\n\n```text {{ .output }}\n3\n```\n"
LOOP = "def train(w):\n    for epoch in range(3):\n        w = w + 1\n    return w\n\n\nprint(train(0))\n"


def test_a_figure_looks_at_the_end_of_each_round(page: Path) -> None:
    seen: list[tuple[int, int]] = []

    def look(names: Mapping[str, Any]) -> None:
        assert callable(names["train"])
        seen.append((names["epoch"], names["w"]))

    run = Run("stage9/step99", {"epoch": look})
    assert seen == [(0, 1), (1, 2), (2, 3)]
    assert run.printed == "3\n"
    assert run.names["train"](5) == 8


def test_a_loop_that_is_not_there_is_said(page: Path) -> None:
    with pytest.raises(ValueError, match=r"the program of stage9/step99 has no loop over i, at whose rounds"):
        Run("stage9/step99", {"i": print})


def test_a_page_that_is_not_there_is_said(page: Path) -> None:
    with pytest.raises(ValueError, match=r"no page .*step98\.md: a figure is drawn from the program of a page"):
        source("stage9/step98")


def test_a_figure_is_kept_until_its_program_changes(page: Path) -> None:
    drawn: list[int] = []

    def draw() -> list[str]:
        drawn.append(Run("stage9/step99").names["train"](0))
        return [f"<svg>{drawn[-1]}</svg>"]

    def now() -> list[str]:
        return kept.kept("figure", "stage9/step99", draw)

    assert now() == now() == ["<svg>3</svg>"]
    assert drawn == [3]
    page.write_text(PAGE.format(code=LOOP.replace("+ 1", "+ 2")))
    assert now() == ["<svg>6</svg>"]
    assert drawn == [3, 6]
    (kept.FOLDER / "figure.json").write_text("{")  # as if a build had been ended while it wrote
    assert now() == ["<svg>6</svg>"]
    assert drawn == [3, 6, 6]
    assert json.loads((kept.FOLDER / "figure.json").read_text())["frames"] == ["<svg>6</svg>"]


def test_a_change_of_a_tool_draws_anew(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (page.parents[3] / "dezero_lite").mkdir()
    monkeypatch.setattr(kept, "ROOT", page.parents[3])
    first = kept._tools.__wrapped__()
    (page.parents[3] / "dezero_lite" / "core.py").write_text("x = 1\n")
    assert kept._tools.__wrapped__() != first


def test_a_figure_whose_page_is_not_there_is_none(page: Path) -> None:
    """As in a small project with these figures and other pages."""
    assert "xor_learning" not in registry.names()
    assert "step01_box" in registry.names()
