"""Lines end where Python says; a listing rolls over any character that Python allows, and nothing is lost."""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doccheck.base.text import Difference, Edit, Positions, apply, first_difference, line_table, lines
from doccheck.check.listing_update import without_annotations
from doccheck.check.package import check_against_package
from doccheck.page.listings import listings, pieces
from doccheck.page.model import Page, parse_page
from tests.support.sample_project import Project

# what str.splitlines() takes for a line end, and Python does not
ODD = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("character", ODD)
def test_only_line_feeds_and_carriage_returns_end_a_line(character: str) -> None:
    text = f"a{character}b\nc\r\nd\re"
    assert lines(text) == [f"a{character}b", "c", "d", "e"]
    assert "".join(lines(text, keepends=True)) == text
    assert len(ast.parse(f"'a{character}b'\nc\r\nd\re").body) == 4
    assert line_table(f"{character}\nb")(2) == 2


@given(st.text(alphabet="a é\n\r" + ODD))
def test_positions_are_those_of_pythons_lines(text: str) -> None:
    at = Positions(text)
    for number, line in enumerate(lines(text, keepends=True), 1):
        start = at.offset(number, 0)
        assert text[start:].startswith(line)
        assert at.line(start) == number
        assert at.offset(number, len(line.encode())) == start + len(line)


def test_edits_are_made_within_a_part_and_the_first_of_two_that_overlap() -> None:
    edits = [Edit(4, 6, "X"), Edit(0, 1, "Y"), Edit(5, 7, "Z"), Edit(8, 8, "+"), Edit(4, 6, "X")]
    assert apply("0123456789", edits) == "Y123X67+89"
    assert apply("0123456789", edits, 1, 8) == "123X67+"


def test_the_first_difference_is_told_from_a_line_that_says_nothing() -> None:
    assert first_difference(["a", "nothing"], ["a"]) == Difference(1, ("nothing", None))
    assert first_difference(["a"], ["a"], ["b"]) == Difference(0, ("a", "a", "b"))
    assert first_difference(["a"], ["a"]) is None


odd_text = st.text(alphabet="ab:=#é" + ODD, max_size=4)


@st.composite
def functions(draw: st.DrawFn, name: str, *, indent: str = "") -> tuple[str, str]:
    """A definition as the package has it, and as a page that knows nothing but its own lines."""
    word = draw(st.sampled_from(["def", "async def"]))
    first = "self, " if indent else ""
    typed = draw(
        st.sampled_from(["x, y=1", "x: int, y: 'a = b' = (1)", "x: int, *y: (int), **z: str", "x, *, y: int = 2"])
    )
    arrow = draw(st.sampled_from(["", " -> int", " -> 'x -> y'"]))
    feed = draw(st.sampled_from(["", "\x0c\n", "\n"]))
    inner = f"{indent}    "
    docstring = draw(st.sampled_from(["", f'{inner}"""Say {draw(odd_text)} so.\n{inner}"""\n\n', f'{inner}"""é"""\n']))
    remark = draw(st.sampled_from(["", f"{inner}# {draw(odd_text)}\n"]))
    kept = draw(odd_text)
    body = f"{inner}z: str = '{kept}'\n{feed}{inner}y = '''{kept}:  \n\n{kept}  '''\n{inner}return y, z, {{}}\n"
    number = draw(st.integers(0, 9))
    head = f"{indent}{word} {name}({first}{typed}){arrow}:\n"
    package = head + docstring + remark + body.replace("{}", str(number))
    old = f"{indent}{word} {name}({first}x):\n{inner}return 'old', 'z', 1  # mine {draw(odd_text)}\n"
    return package, old


@st.composite
def projects(draw: st.DrawFn) -> tuple[str, str]:
    """A file of a package and a page that lists it as it was once."""
    package, page = "\x0c\n" if draw(st.booleans()) else "", ""
    for name in draw(st.lists(st.sampled_from("fgh"), min_size=1, max_size=3, unique=True)):
        if draw(st.booleans()):
            new, old = draw(functions(name))
        else:
            new, old = draw(functions("m", indent="    "))
            field = draw(st.sampled_from(["", "    size: int\n\n", "    kind: ClassVar[int]\n\n"]))
            new, old = f"class {name}:\n{field}{new}", f"class {name}:\n{old}"
        package += f"{new}\n\n"
        page += f"{old}\n\n"
    prefix = draw(st.sampled_from(["", "    "]))
    listing = "".join(
        prefix * bool(line.strip("\n")) + line for line in page.rstrip("\n").split("\n") for line in [f"{line}\n"]
    )
    fence = f'{prefix}```python title="box.py"\n{listing}{prefix}```\n'
    return package, f"# One {draw(odd_text)}\n\n{'!!! note' if prefix else ''}\n\n{fence}\nEnd {draw(odd_text)}\n"


def _check(page: Page, root: Path) -> list[Edit]:
    return [edit for problem in check_against_package([page], root) for edit in problem.edits]


@pytest.mark.thorough
@settings(max_examples=150)
@given(projects())
def test_fix_follows_any_package_once_and_loses_nothing(project: tuple[str, str]) -> None:
    package, text = project
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "box.py").write_text(package, "utf-8", newline="")
        page = parse_page(text, root / "page.md", "page.md")
        fixed = page.edited(_check(page, root))
        again = parse_page(fixed, root / "page.md", "page.md")
        problems = list(check_against_package([again], root))
        # a comment whose line is gone stops the repair of its definition: nobody's words are thrown away
        assert all("finds no place for the comment" in problem.message for problem in problems)
        assert again.edited(_check(again, root)) == fixed
    fence, new = page.fences[0], again.fences[0]
    assert fixed[: fence.body_start] == text[: fence.body_start]
    assert fixed[new.body_end :] == text[fence.body_end :]
    assert fixed.count("# mine") == text.count("# mine")


@pytest.mark.thorough
@settings(max_examples=150)
@given(projects())
def test_a_definition_without_its_annotations_is_the_same_program(project: tuple[str, str]) -> None:
    package, _ = project
    listing = "\n\n".join(without_annotations(package, node) for node in ast.parse(package).body)
    page = f'```python title="box.py"\n{listing}\n```\n'
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "box.py").write_text(package, "utf-8", newline="")
        found = parse_page(page, root / "page.md", "page.md")
        assert list(check_against_package([found], root)) == []
        assert len(pieces(found, next(listings(found)))) == len(ast.parse(package).body)


PACKAGE = '''"""A module."""
\x0c

class Box:
    """A box."""
\x0c
    def total(self, x: float) -> float:
        """Return the sum."""
        return x + 1.0


async def wait(x: int, *, y: str = "a\u2028b") -> int:
    """Wait."""
    return x
'''
PAGE = """# One {#one}

```python title="box.py"
class Box:
    def total(self, x):
        return x


async def wait(x, *, y="a\u2028b"):
    return x + 1
```
"""


def test_fix_writes_whole_definitions_of_a_file_with_form_feeds(project: Project) -> None:
    project.write("s/1.md", PAGE)
    (project.root / "box.py").write_text(PACKAGE, "utf-8")
    assert project.problems(fix=True) == []
    fixed = project.path("aa/s/1.md").read_text("utf-8")
    assert "\x0c\n    def total(self, x):\n        return x + 1.0\n" in fixed
    assert 'async def wait(x, *, y="a\u2028b"):\n    return x\n```' in fixed


def test_a_lone_carriage_return_is_refused_and_nothing_rewritten(project: Project) -> None:
    text = PAGE.replace("return x + 1", "y = 1\r    return x + 1")
    project.write("s/1.md", text)
    (project.root / "box.py").write_text(PACKAGE, "utf-8")
    found = project.problems("aa/s/1.md", fix=True)
    message = "pages/aa/s/1.md:10: a carriage return (U+000D) without a line feed ends a line"
    assert any(problem.startswith(message) for problem in found)
    assert project.path("aa/s/1.md").read_bytes().decode() == text
