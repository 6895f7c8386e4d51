"""The glossary: no other word in a term's place, and each term on the pages that must have it."""

from __future__ import annotations

import pytest

from doccheck.base.settings import SettingsError
from tests.support.sample_project import Project

TERMS = """
[[term]]
aa = "gradient"
bb = "勾配"
bb_also = ["グラジエント"]
must = ["a", "b"]

[[term]]
aa = "weak reference"
bb = "弱参照"
must = ["a"]
"""


@pytest.fixture
def course(project: Project) -> Project:
    """Two pages in a language of Latin letters and in one of others, both as they should be."""
    (project.root / "terms.toml").write_text(TERMS)
    settings = project.root / "pyproject.toml"
    text = settings.read_text().replace('languages = ["aa", "bb", "cc"]', 'languages = ["aa", "bb"]')
    settings.write_text(text + 'glossary = "terms.toml"\nscripts = { bb = "ぁ-ヿ" }\n')
    project.write("a.md", "# A {#a}\n\nA **gradient**, and **weak\nreferences**.\n", "aa")
    project.write("b.md", "# B {#b}\n\nGradients flow.\n", "aa")
    project.write("a.md", "# あ {#a}\n\n**勾配**（gradient）と**弱参照**（じゃくさんしょう、weak reference）。\n", "bb")
    project.write("b.md", "# い {#b}\n\nこの勾配。\n", "bb")
    return project


def test_terms_that_are_where_they_must_be_are_no_problem(course: Project) -> None:
    assert course.problems() == []


@pytest.mark.parametrize(
    ("language", "name", "old", "new", "problem"),
    [
        (
            "aa",
            "a.md",
            "**gradient**",
            "gradient",
            "a.md:1: this page must introduce gradient (terms.toml); explain it, and write **gradient** there,",
        ),
        (
            "aa",
            "a.md",
            "**weak\nreferences**",
            "**weak**",
            "a.md:1: this page must introduce weak reference (terms.toml); explain it, and write **weak reference** there,",
        ),
        (
            "aa",
            "b.md",
            "Gradients",
            "They",
            "b.md:1: this page must speak of gradient (terms.toml); use the word,",
        ),
        ("bb", "b.md", "勾配", "傾き", "b.md:1: this page must speak of 勾配 (terms.toml); use the word,"),
        (
            "bb",
            "a.md",
            "（gradient）",
            "",
            "a.md:3: nothing says behind **勾配** what it is in other languages (terms.toml); write (gradient) behind it,",
        ),
        (
            "bb",
            "a.md",
            "weak reference",
            "weak",
            "a.md:3: nothing says behind **弱参照** what it is in other languages (terms.toml); write (weak reference)",
        ),
    ],
)
def test_a_term_that_is_not_where_it_must_be_is_reported(
    course: Project, language: str, name: str, old: str, new: str, problem: str
) -> None:
    path = course.root / "pages" / language / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    (found,) = course.problems()
    assert found.startswith(f"pages/{language}/{problem}")
    assert found.endswith("or change the glossary")


def test_code_is_no_place_for_a_term(course: Project) -> None:
    course.write("b.md", "# B {#b}\n\n`gradient`\n", "aa")
    assert any("must speak of gradient" in problem for problem in course.problems())


def test_a_page_that_is_not_there_is_said(course: Project) -> None:
    (course.root / "terms.toml").write_text(TERMS.replace('["a", "b"]', '["a", "c"]'))
    with pytest.raises(SettingsError, match=r"terms\.toml: gradient must be on c, and there is no such page in aa"):
        course.problems()
