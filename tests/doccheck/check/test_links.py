"""A link that leads nowhere is a fault of the page like any other."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

ONE = "# One {#one}\n\n## Part {#part}\n\n{}\n"
TWO = "# Two {#two}\n\n<div id='box'></div>\n"
GOOD = [
    "[a](two.md)",
    "[a](two.md#two)",
    "[a](two.md#box 'title')",
    "[a](#part)",
    "[a](../s/two.md#two)",
    "[a](https://example.org/gone.md)",
    "[a][b]\n\n[b]: two.md#two",
    "`[a](gone.md)`",
    "[a](picture.svg)",
]
BAD = {
    "[a](gone.md)": "this link leads to pages/aa/s/gone.md, which does not exist; fix its address",
    "[a](../gone.md#x)": "this link leads to pages/aa/gone.md, which does not exist; fix its address",
    "[a](two.md#gone)": "this link leads to #gone, but pages/aa/s/two.md has no such id; write the id of a heading there",
    "[a](#gone)": "this link leads to #gone, but pages/aa/s/1.md has no such id; write the id of a heading there",
    "[a][b]\n\n[b]: gone.md": "this link leads to pages/aa/s/gone.md, which does not exist; fix its address",
    "[a](gone.ipynb)": "this link leads to pages/aa/s/gone.ipynb, which does not exist; fix its address",
}


def _problems(project: Project, text: str) -> list[str]:
    project.write("s/1.md", ONE.replace("{}", text))
    project.write("s/two.md", TWO)
    return project.problems("aa/s/1.md")


@pytest.mark.parametrize("text", GOOD)
def test_a_good_link(project: Project, text: str) -> None:
    assert [problem for problem in _problems(project, text) if "link" in problem] == []


@pytest.mark.parametrize("text", BAD)
def test_a_link_that_leads_nowhere(project: Project, text: str) -> None:
    line = 5 + text.count("\n")
    assert _problems(project, text) == [f"pages/aa/s/1.md:{line}: {BAD[text]}"]


def test_a_page_that_a_build_makes_may_be_linked_to(project: Project) -> None:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'generated = "made"\n')
    assert _problems(project, "[a](../made/a.md#b)") == []
