"""The three languages of a page: each difference names the places in all the files concerned."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

PAGE = """# Title {#top}

```python
x = 2.0  # a remark
print(x)
```

```text { .output }
2.0
```

It is `2.0`{ data-expr="x" } or `4.0`{ data-expr="x * x" }.

![a picture](a.svg)

## End {#end}
"""


def test_equal_pages_pass(project: Project) -> None:
    project.write("a.md", PAGE)
    project.write("a.md", PAGE.replace("a remark", "eine Bemerkung").replace("Title", "Titel"), "bb")
    project.write("a.md", PAGE, "cc")
    assert project.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{#end}", "{#ende}", "heading 2"),
        ("## End", "### End", "heading 2"),
        ("\n## End {#end}\n", "", "heading 2"),
        (
            '`2.0`{ data-expr="x" } or `4.0`{ data-expr="x * x" }',
            '`4.0`{ data-expr="x * x" } or `2.0`{ data-expr="x" }',
            "value 1",
        ),
        ("## End {#end}\n", '## End {#end}\n\n<div class="pitfall"></div>\n', "box 1"),
        ("print(x)", "print(x + 0)", "program 1"),
        ("x = 2.0", "x = 4.0 / 2", "program 1"),
        ('`4.0`{ data-expr="x * x" }', '`4.0`{ data-expr="x + x" }', "value 2"),
        (' or `4.0`{ data-expr="x * x" }', "", "value 2"),
        ("a.svg", "b.svg", "picture 1"),
        ("```text { .output }\n2.0\n```\n", "", "fence 2"),
    ],
)
def test_a_difference_names_all_places(project: Project, old: str, new: str, what: str) -> None:
    project.write("a.md", PAGE)
    project.write("a.md", PAGE.replace(old, new), "bb")
    found = [text for text in project.problems() if f"{what} is not the same in all languages" in text]
    assert len(found) == 3, project.problems()
    for text in found:
        for language in ("aa", "bb", "cc"):
            assert f"pages/{language}/a.md:" in text
        assert text.endswith("make them equal")


def test_a_difference_between_programs_shows_the_line_in_which_they_differ(project: Project) -> None:
    project.write("a.md", PAGE)
    project.write("a.md", PAGE.replace("print(x)", "print(x + 0)").replace("a remark", "noch etwas"), "bb")
    assert project.problems("aa/a.md")[0] == (
        "pages/aa/a.md:3: program 1 is not the same in all languages: pages/aa/a.md:3 has 'print(x)'; "
        "pages/bb/a.md:3 has 'print(x + 0)'; pages/cc/a.md:3 has 'print(x)'; make them equal"
    )


def test_a_heading_needs_an_id(project: Project) -> None:
    project.write("a.md", "# Title\n")
    assert "pages/aa/a.md:1: the heading 'Title' has no id; write {#id} behind it, the same in every language" in (
        project.problems("aa/a.md")
    )


def test_a_page_missing_in_one_language_is_reported_on_the_others(project: Project) -> None:
    project.write("a.md", PAGE, "aa", "cc")
    expected = "this page has no pages/bb/a.md; write it, or delete this one in every language"
    assert project.problems() == [f"pages/aa/a.md:1: {expected}", f"pages/cc/a.md:1: {expected}"]


def test_the_glossary_is_held(project: Project) -> None:
    (project.root / "terms.toml").write_text('[[term]]\naa = "gradient"\naa_not = ["grad vector", "傾き"]\n')
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'glossary = "terms.toml"\n')
    project.write("a.md", "# A {#a}\n\nthe grad vector, `grad vector`\n\nこの傾き\n")
    assert project.problems() == [
        "pages/aa/a.md:3: say gradient, not grad vector (terms.toml); or change the glossary",
        "pages/aa/a.md:5: say gradient, not 傾き (terms.toml); or change the glossary",
    ]
