"""A constant or type that only one language has is found."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

PAGE = "# T {{#t}}\n\n## A {{#a}}\n\n`x` is `{}`.\n\n## B {{#b}}\n\n```python\nx = True\n```\n"


def _problems(project: Project, own: str, others: str) -> list[str]:
    project.write("a.md", PAGE.format(others), "bb", "cc")
    project.write("a.md", PAGE.format(own), "aa")
    return project.problems("aa/a.md")


@pytest.mark.parametrize(
    ("own", "others", "where"),
    [("True", "None", "under #a"), ("False", "True", "under #a"), ("int64", "float64", "on this page")],
)
def test_what_no_other_language_says_is_found(project: Project, own: str, others: str, where: str) -> None:
    [found] = _problems(project, own, others)
    assert found.startswith(f"pages/aa/a.md:5: `{own}` stands {where} in no other language; mend it")


@pytest.mark.parametrize(("own", "others"), [("None", "None"), ("x", "None"), ("None", "x is None")])
def test_what_another_language_says_too_passes(project: Project, own: str, others: str) -> None:
    assert _problems(project, own, others) == []
