"""A formula that slips in one language is found by those of the others."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

PAGE = "# T {{#t}}\n\nIt is {}, as $a + b$.\n"


def _problems(project: Project, own: str, others: str) -> list[str]:
    project.write("a.md", PAGE.format(others), "bb", "cc")
    project.write("a.md", PAGE.format(own), "aa")
    return project.problems("aa/a.md")


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("$x^2 - 2x$", "$x^2 + 2x$"),
        ("$x^3 + 2x$", "$x^2 + 2x$"),
        ("$y^2 + 2x$", "$x^2 + 2x$"),
        ("$t = 1$", "$t = 0$"),
        ("$5x$", "$2x$"),
        ("$2y$", "$2x$"),
        ("$x^2 + x$", "$x^2 + 2x$"),
        ("$-x^2 + 2x$", "$x^2 + 2x$"),
        ("$$x^2 = \\cos 2x$$", "$$x^2 = \\sin 2x$$"),
    ],
)
def test_one_sign_that_differs_is_found(project: Project, own: str, others: str) -> None:
    text = f"{own} stands in no other language, where {others} stands; make them equal"
    assert _problems(project, own, others) == [f"pages/aa/a.md:3: {text.replace('$$', '$')}"]


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("$x$", "$y$"),
        ("$t = 0$", "$z = 0$ and $t$"),
        ("$\\ln 2x$", "$\\log 2x$"),
        ("$x = 2 \\text{ yen}$", "$x = 2 \\text{ won}$"),
        ("$x^2 + 2x$ or $x^2 - 2x$", "$x^2 + 2x$"),
        ("$2y$", "$2x$ and $y$"),
        ("$x^2 + 2$", "$x^2 + 2x + 1$"),
    ],
)
def test_other_differences_are_no_slip(project: Project, own: str, others: str) -> None:
    assert _problems(project, own, others) == []


def test_one_of_two_that_are_equal_is_found(project: Project) -> None:
    [found] = _problems(project, "$a - b$", "$a + b$")
    assert "$a - b$ stands in no other language, where $a + b$ stands" in found
