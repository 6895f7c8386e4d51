"""A slip is told once, first, with its place and what to do; what only follows from it is counted."""

from __future__ import annotations

import pytest

from doccheck import check_text
from tests.support.sample_project import Project

LESSON = """# One {#one}

```python title="box.py"
def f(x):
    return x + 1.0
```

```python
print(f(1.0))
```

```text { .output }
2.0
```

It is `2.0`{ data-expr="f(1.0)" } and `3.0`{ data-expr="f(2.0)" }.

$y = 2.0$

```python
print(f(2.0))
```

```text { .output }
3.0
```
"""
NEXT = """# Two {#two}

<!-- code so far -->

```python
print(f(3.0))
```

```text { .output }
4.0
```
"""
# name: what is changed on the page, the line of the one message, and what it says
SLIPS = {
    "no Python": (("def f(x):", "deff f(x):"), 4, "this example is not valid Python: invalid syntax in 'deff f(x):'; fix this line"),
    "no indent": (("    return x", "return x"), 5, "this example is not valid Python: expected an indented block"),
    "a bracket": (("print(f(2.0))", "print(f(2.0)"), 21, "this example is not valid Python: '(' was never closed in 'print(f(2.0)'"),
    "lost end of a listing": (
        ("+ 1.0\n```\n", "+ 1.0\n"), 3, "'```python' in this python looks like a fence; close the one above with ```"
    ),
    "lost end of an output": (("\n2.0\n```\n", "\n2.0\n"), 12, "'```python' in this output looks like a fence; close the one above"),
    "lost last end": (("3.0\n```\n", "3.0\n"), 24, "this fence is never closed; close it with ``` on a line of its own"),
    "lost beginning": (("```python\nprint(f(1.0))", "print(f(1.0))"), 9, "nothing checks a fence with 'no language'"),
    "comment": (("It is", "<!-- It is"), 16, "this comment is never closed; end it with -->"),
    "misspelt language": (("```python\nprint(f(1.0))", "```pyhton\nprint(f(1.0))"), 8, "nothing checks a fence with 'pyhton'"),
    "nothing": ((LESSON, "\n"), 1, "nothing is on this page; write it, or delete it in every language"),
    "front matter": (
        ("# One", "---\ntitle: \"One\ntags: a\n---\n\n# One"), 2, "the front matter is not valid YAML: found unexpected end of stream"
    ),
    "front matter with a colon": (("# One", "---\ntitle: One: two\n---\n\n# One"), 2, "the front matter is not valid YAML: mapping"),
    "front matter without an end": (("# One", "---\ntitle: One\n\n# One"), 1, "what this line begins is no front matter: no line with ---"),
    "front matter with another end": (("# One", "---\ntitle: One\n...\n\n# One"), 1, "what this line begins is no front matter: no line with ---"),
    "front matter with an impossible day": (
        ("# One", "---\ntitle: One\ndate: 2026-13-01\n---\n\n# One"), 3, "the front matter is not valid YAML: month must be in 1..12"
    ),
    "front matter that is a text": (("# One", "---\ntitle\n---\n\n# One"), 2, "the front matter is not a table of keys and values"),
}  # fmt: skip


def _write(project: Project) -> None:
    project.write("s/1.md", LESSON)
    project.write("s/2.md", NEXT)
    (project.root / "box.py").write_text("def f(x):\n    return x + 1.0\n")


def test_the_pages_are_right(project: Project) -> None:
    _write(project)
    assert project.problems() == []


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_once(project: Project, name: str) -> None:
    (old, new), line, message = SLIPS[name]
    _write(project)
    assert old in LESSON
    project.write("s/1.md", LESSON.replace(old, new, 1), "bb")
    first, *others = project.problems()
    assert first.startswith(f"pages/bb/s/1.md:{line}: {message}"), first
    assert first.endswith(" further checks wait for this)")
    # the page that builds on it waits, if there is anything to wait for; the other languages say nothing of it
    assert len(others) <= 1
    for other in others:
        assert other.startswith(f"pages/bb/s/2.md:1: this page builds on pages/bb/s/1.md:{line}, which cannot be read")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'data-expr="f(1.0)"',
            "data-expr=\u201cf(1.0)\u201d",
            "16: data-expr='\u201cf(1.0)\u201d' is not a Python expression",
        ),
        ('data-expr="f(2.0)" }', 'data-expr="f(2.0) }', "16: `3.0` has the unknown attribute data-expr="),
        ("# One {#one}", "# One", "1: the heading 'One' has no id; write {#id} behind it"),
        ("    return", "\treturn", "5: this line has the character U+0009 TAB, which readers see, and copy, as spaces"),
    ],
)
def test_a_slip_in_the_prose_is_no_fault_of_other_pages(project: Project, old: str, new: str, message: str) -> None:
    _write(project)
    project.write("s/1.md", LESSON.replace(old, new, 1), "bb")
    found = project.problems()
    assert [text.split(":")[0] for text in found] == ["pages/bb/s/1.md"] * len(found)
    assert found[0].startswith(f"pages/bb/s/1.md:{message}"), found


def test_what_stands_before_a_slip_in_the_code_is_still_compared() -> None:
    page = LESSON.replace("\n2.0\n", "\n2.5\n").replace("print(f(2.0))", "print(f(2.0")
    slip, output = check_text(page, "a.md")
    assert slip.startswith("a.md:21: this example is not valid Python: ")
    assert output == "a.md:13: the page says 2.5, the code prints 2.0; `pytest docs --fix` writes it"


def test_what_has_nothing_to_do_with_a_slip_is_told_too() -> None:
    page = LESSON.replace("# One {#one}", "# One\n\n## Two {#a}\n\n## Three {#a}").replace("deff", "def")
    found = check_text(page.replace("print(f(2.0))", "print(f(2.0"), "a.md")
    assert [message.split(";")[0] for message in found[1:]] == ["a.md:5: the id 'a' is taken by a heading above"]


def test_fix_writes_nothing_that_follows_from_a_slip(project: Project) -> None:
    _write(project)
    wrong = NEXT.replace("4.0", "5.0")
    slip = LESSON.replace("def f", "deff f")
    project.write("s/1.md", slip, "bb")
    project.write("s/2.md", wrong, "bb")
    project.problems(fix=True)
    assert project.path("bb/s/1.md").read_text() == slip
    assert project.path("bb/s/2.md").read_text() == wrong


def test_an_example_that_shows_its_syntax_error_is_no_slip() -> None:
    page = "```python\nx = = 1\n```\n\n```text { .error }\nSyntaxError: invalid syntax\n```\n"
    assert check_text(page) == []


def test_a_wrong_value_of_one_language_is_no_fault_of_the_others(project: Project) -> None:
    _write(project)
    project.write("s/1.md", LESSON.replace("`2.0`", "`2.5`"), "bb")
    assert project.problems() == ["pages/bb/s/1.md:16: the page says 2.5, f(1.0) is 2.0; `pytest docs --fix` writes it"]


def test_one_check_waits_and_two_wait() -> None:
    found = check_text("```python\nx = 1\n", "a.md")[0]
    assert found.startswith("a.md:1: this fence is never closed; close it with ``` on a line of its own (")
