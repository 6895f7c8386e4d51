"""--fix rolls on: a changed package is followed by the last listing of each language, with its own comments."""

from __future__ import annotations

import ast

import pytest

from doccheck.check.listing_update import restore_comments, without_annotations
from tests.support.sample_project import Project

PACKAGE = '''"""A module."""

from __future__ import annotations


class Box:
    """A box."""

    def __init__(self, data: list[float], *, scale: float = 1.0) -> None:
        """Keep data."""
        # why we do this
        self.data: list[float] | None = data
        self.count: int
        self.scale = scale  # remember

    def total(
        self,
        extra: float = 0.0,
        *rest: float,
    ) -> float:
        """Return the sum."""

        return self.scale * (sum(self.data) + extra)


def empty() -> None:
    """Do nothing."""
'''
LISTING = """class Box:
    def __init__(self, data, *, scale=1.0):
        self.data = data
        self.scale = scale

    def total(self, extra=0.0, *rest):
        return self.scale * (sum(self.data) + extra)


def empty():
    pass
"""
PAGE = f"""# One {{#one}}

```python title="box.py" hl_lines="1"
{LISTING}```

```python
print(Box([1.0, 2.0], scale=2.0).total())
```

```text {{ .output }}
6.0
```
"""


def test_bare_source_drops_docstrings_annotations_and_comments() -> None:
    nodes = [node for node in ast.parse(PACKAGE).body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    assert "\n\n\n".join(without_annotations(PACKAGE, node) for node in nodes) + "\n" == LISTING


def _write(project: Project) -> None:
    project.write("s/1.md", PAGE.replace(' hl_lines="1"', ""))
    remark = "        self.scale = scale  # Faktor\n\n    # Summe\n    def total("
    german = PAGE.replace(' hl_lines="1"', "").replace("        self.scale = scale\n\n    def total(", remark)
    project.write("s/1.md", german, "bb")
    (project.root / "box.py").write_text(PACKAGE)


def test_the_last_listing_follows_the_package_and_its_output_follows_the_listing(project: Project) -> None:
    _write(project)
    assert project.problems() == []
    (project.root / "box.py").write_text(PACKAGE.replace("+ extra)", "+ extra + 1.0)"))
    assert all("this last listing of Box differs from box.py:6" in text for text in project.problems())
    assert project.problems(fix=True) == []
    english, german = (project.path(f"{name}/s/1.md").read_text() for name in ("aa", "bb"))
    assert "(sum(self.data) + extra + 1.0)" in english
    assert "\n8.0\n" in english
    assert "self.scale = scale  # Faktor\n\n    # Summe\n    def total(" in german
    assert "(sum(self.data) + extra + 1.0)" in german
    assert english == PAGE.replace(' hl_lines="1"', "").replace("+ extra)", "+ extra + 1.0)").replace("6.0", "8.0")


def test_a_comment_without_a_place_is_named_and_its_listing_left_alone(project: Project) -> None:
    _write(project)
    (project.root / "box.py").write_text(
        PACKAGE.replace("self.scale = scale", "self.factor = scale").replace("self.scale *", "self.factor *")
    )
    before = project.path("bb/s/1.md").read_text()
    found = project.problems(fix=True)
    assert project.path("bb/s/1.md").read_text() == before
    assert "self.factor = scale" in project.path("aa/s/1.md").read_text()
    named = [text for text in found if text.startswith("pages/bb/s/1.md:4: this last listing of Box differs")]
    assert "`pytest docs --fix` finds no place for the comment '# Faktor', so fix this listing by hand" in named[0]


@pytest.mark.parametrize(
    ("new", "old", "result", "lost"),
    [
        ("a\nb", "a  # x\nb", "a  # x\nb", []),
        ("a\nb", "a\n# x\nb", "a\n# x\nb", []),
        ("a\n    b", "a\n    # x\n    # y\n    b", "a\n    # x\n    # y\n    b", []),
        ("a\nc", "a\nb  # x", "a\nc", ["# x"]),
        ("a\na", "a  # x", "a\na", ["# x"]),
    ],
)
def test_comments_stay_at_their_line(new: str, old: str, result: str, lost: list[str]) -> None:
    assert restore_comments(new, old) == (result, lost)


def test_types_of_class_variables_are_cut_and_fields_stay() -> None:
    source = '''class Box:
    """A box."""

    # set by the package
    kind: ClassVar[str]
    shelf: typing.ClassVar[int]

    width: float

    def area(self) -> float:
        return self.width
'''
    bare = "class Box:\n    width: float\n\n    def area(self):\n        return self.width"
    assert without_annotations(source, ast.parse(source).body[0]) == bare


@pytest.mark.parametrize(
    ("signature", "bare"),
    [
        ("(\n    x: int,\n    y: int = 0,\n) -> int", "(x, y=0)"),
        ("(\n    x: int, *, y: int = 0\n) -> int", "(x, *, y=0)"),
        ("(x: int, y: str = ')', z: tuple[int, ...] = (1, 2)) -> int", "(x, y=')', z=(1, 2))"),
        ("(\n    x: Callable[\n        [int], int\n    ],\n    y=(1, 2),\n)", "(x, y=(1, 2))"),
        ("(\n    x,\n    y,\n)", "(\n    x,\n    y,\n)"),
        ("(\n    x: int,  # why\n    y: int,\n)", "(\n    x,\n    y,\n)"),
    ],
    ids=["each on its line", "all on one", "on one", "a wrapped type", "no types", "a comment"],
)
def test_a_signature_that_was_wrapped_for_its_types_stands_on_one_line(signature: str, bare: str) -> None:
    source = f"def f{signature}:\n    return x\n"
    assert without_annotations(source, ast.parse(source).body[0]) == f"def f{bare}:\n    return x"
