"""hl_lines and diffs are computed from two listings; --fix writes both."""

from __future__ import annotations

import pytest

from doccheck import check_text
from tests.support.sample_project import Project

ONE = """# One {#one}

```python title="m.py"
def f(x):
    y = 1
    return x


def g():
    return 1
```
"""
TWO = """# Two {#two}

```python title="m.py" hl_lines="2-3 8"
def f(x):
    y = 2
    z = 3
    return x


def g():
    # a remark
    return 1
```

```diff
 def f(x):
-    y = 1
+    y = 2
+    z = 3
     return x

 def g():
+    # a remark
     return 1
```
"""
PACKAGE = "def f(x):\n    y = 2\n    z = 3\n    return x\n\n\ndef g():\n    return 1\n"


@pytest.fixture
def book(project: Project) -> Project:
    project.write("s/1.md", ONE)
    project.write("s/2.md", TWO)
    (project.root / "m.py").write_text(PACKAGE)
    return project


def test_right_changes_pass(book: Project) -> None:
    assert book.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"2-3 8"', '"2-4 8"', 3, 'the page highlights lines "2-4 8", the new ones are "2-3 8"; `pytest docs --fix`'),
        ('"2-3 8"', '""', 3, 'the page highlights lines "", the new ones are "2-3 8"; `pytest docs --fix` writes it'),
        ("-    y = 1", "-    y = 7", 17, "the page's diff says '-    y = 7', the listings differ by '-    y = 1'"),
        ("+    z = 3\n     return", "     return", 19, "the page's diff says '     return x', the listings differ by"),
        (" def f(x):\n-", "-", 16, "the page's diff says '-    y = 1', the listings differ by ' def f(x):'"),
    ],
)
def test_wrong_changes_are_found_and_fixed(book: Project, old: str, new: str, line: int, message: str) -> None:
    for name in ("aa", "bb", "cc"):
        book.write("s/2.md", TWO.replace(old, new, 1), name)
    found = book.problems("aa/s/2.md")
    assert len(found) == 1
    assert found[0].startswith(f"pages/aa/s/2.md:{line}: {message}")
    assert book.problems(fix=True) == []
    assert book.path("bb/s/2.md").read_text() == TWO


def test_a_diff_without_listing() -> None:
    assert check_text("```diff\n+ x\n```\n") == [
        "page.md:1: no listing stands before this diff; put it after the listing whose changes it shows"
    ]


def test_a_diff_of_nothing() -> None:
    page = '```python title="m.py"\ndef f(): pass\n```\n```diff\n+x\n```\n'
    assert check_text(page) == ["page.md:4: the listing before this diff changes nothing; delete the diff"]


def test_highlight_in_an_example() -> None:
    assert check_text('```python hl_lines="1"\nx = 1\n```\n') == [
        "page.md:1: only a listing has lines that are new; delete hl_lines, or give the listing a title"
    ]


def test_highlight_of_nothing() -> None:
    listing = '```python title="m.py"\ndef f(): pass\n```\n'
    assert check_text(listing + listing.replace('"m.py"', '"m.py" hl_lines="1"')) == [
        "page.md:4: this listing changes nothing, so it has no line to highlight; delete hl_lines"
    ]


def test_a_diff_in_a_quote_is_fixed_line_by_line(book: Project) -> None:
    """An empty line of it keeps its quote mark, or the quote would end there."""
    start = TWO.index("```python")
    quoted = TWO[:start] + "".join(f"> {line}".rstrip() + "\n" for line in TWO[start:].splitlines())
    book.write("s/2.md", quoted.replace("-    y = 1", "-    y = 7"))
    assert book.problems(fix=True) == []
    assert book.path("aa/s/2.md").read_text() == quoted
