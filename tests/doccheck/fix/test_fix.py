"""--fix writes what the code prints, touches nothing else, and never writes half a file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doccheck.base.settings import Settings, find_settings
from doccheck.base.text import Edit
from doccheck.check.outputs import compare
from doccheck.checker import Book
from doccheck.fix.edits_to_files import ChangedMeanwhileError, write_page
from doccheck.page.model import parse_page
from doccheck.page.reading import read_page
from doccheck.run.pool import run_program
from doccheck.run.program import make_program
from tests.support.sample_project import Project

PAGE = """# Title {#top}

!!! note
\t```python
\tx = 2.0
\tprint(x)
\tprint([x, x])
\t```

\t```text { .output }
\t2.0
\t[2.0, 2.0]
\t```

> ```python
> 1 / 0
> ```
>
> ```text { .error }
> ZeroDivisionError: division by zero
> ```

値は `2.0`{ data-expr="x" }、 `[2.0, 4.0]`{: data-expr='[x, x * x]' }です。"""

VARIANTS = {
    "plain": PAGE,
    "CRLF": PAGE.replace("\n", "\r\n"),
    "byte-order mark": "\ufeff" + PAGE + "\n",
    "mixed line ends": PAGE.replace("\n", "\r\n", 7),
    "BOM and CRLF": "\ufeff" + PAGE.replace("\n", "\r\n") + "\r\n",
}
WRONG = [
    ("\t2.0", "\t7.0"),
    ("[2.0, 2.0]", "[2.0, 3.0]"),
    ("by zero", "by one"),
    ("`2.0`", "`2.5`"),
    ("2.0, 4.0]", "]"),
]


@pytest.mark.parametrize("name", VARIANTS)
def test_fix_restores_the_bytes(project: Project, name: str) -> None:
    right = VARIANTS[name]
    wrong = right
    for old, new in WRONG:
        assert old in wrong
        wrong = wrong.replace(old, new, 1)
    project.write("a.md", wrong)
    assert project.problems(fix=True) == []
    for language in ("aa", "bb", "cc"):
        assert project.path(f"{language}/a.md").read_bytes() == right.encode()
    assert project.problems(fix=True) == []  # and a second run changes nothing
    assert project.path("aa/a.md").read_bytes() == right.encode()


def test_fix_adds_a_forgotten_output(project: Project) -> None:
    project.write("a.md", "# T {#t}\n\n```python\nprint(3 - 2)\n```\n\nmore\n")
    assert project.problems(fix=True) == []
    assert project.path("aa/a.md").read_text() == (
        "# T {#t}\n\n```python\nprint(3 - 2)\n```\n\n```text { .output }\n1\n```\n\nmore\n"
    )


def test_fix_keeps_the_permissions_and_leaves_no_other_file(project: Project) -> None:
    project.write("a.md", PAGE.replace("`2.0`", "`2.5`"))
    project.path("aa/a.md").chmod(0o640)
    project.problems(fix=True)
    assert project.path("aa/a.md").stat().st_mode & 0o777 == 0o640
    assert [p.name for p in project.path("aa").iterdir()] == ["a.md"]


def test_fix_refuses_a_file_that_changed_meanwhile(project: Project) -> None:
    project.write("a.md", PAGE)
    page = read_page(project.path("aa/a.md"), "a.md")
    project.write("a.md", PAGE + "more")
    with pytest.raises(ChangedMeanwhileError, match="changed while it was being checked; nothing written, run again"):
        write_page(page, [Edit(0, 1, "x")])
    assert project.path("aa/a.md").read_text() == PAGE + "more"


def test_a_failure_while_writing_leaves_the_old_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.md", PAGE)
    page = read_page(project.path("aa/a.md"), "a.md")

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_page(page, [Edit(0, 1, "x")])
    assert project.path("aa/a.md").read_text() == PAGE
    assert [p.name for p in project.path("aa").iterdir()] == ["a.md"]


def test_what_cannot_be_fixed_is_left_alone(project: Project) -> None:
    text = "# T {#t}\n\n```python\nx = 'a`b'\nundefined\n```\n\n`c`{ data-expr=\"x\" }\n"
    project.write("a.md", text)
    found = project.problems("aa/a.md", fix=True)
    assert project.path("aa/a.md").read_text() == text
    assert len(found) == 2


numbers = st.one_of(st.floats(-1e6, 1e6), st.integers(-(10**9), 10**9))


@settings(max_examples=12)
@given(st.lists(numbers, min_size=1, max_size=5), st.booleans(), st.integers(0, 2**32))
def test_any_single_digit_change_fails_and_fix_restores_the_page(values: list[float], crlf: bool, seed: int) -> None:
    lines = []
    for number, value in enumerate(values):
        lines += ["```python", f"x{number} = {value!r}", f"print(x{number}, [x{number}])", "```", ""]
        lines += ["```text { .output }", f"{value!r} [{value!r}]", "```", ""]
        lines += [f'It is `{value!r}`{{ data-expr="x{number}" }}.', ""]
    raw = ("\r\n" if crlf else "\n").join(lines)
    page = parse_page(raw, Path("/nowhere/a.md"), "a.md")
    outcomes = run_program(make_program(page, []), Settings(Path(), Path(), timeout=20.0))
    assert list(compare(page, outcomes)) == []
    spots = [i for f in page.fences if f.kind.name == "output" for i in range(f.body_start, f.body_end)]
    spots += [i for v in page.values for i in range(v.text_start, v.text_end)]
    digits = [page.raw_offset(i) for i in spots if page.text[i].isdigit()]
    for i in random.Random(seed).sample(digits, min(30, len(digits))):
        digit = random.Random(seed + i).choice([d for d in "0123456789" if d != raw[i]])
        wrong = parse_page(raw[:i] + digit + raw[i + 1 :], page.path, "a.md")
        found = list(compare(wrong, outcomes))
        assert found, (i, raw[i - 5 : i + 5])
        assert wrong.edited([edit for problem in found for edit in problem.edits]) == raw


def test_fix_judges_the_pages_as_they_are_afterwards(project: Project) -> None:
    project.write("a.md", PAGE)
    project.write("a.md", PAGE.replace("`2.0`", "`2.5`"), "bb")
    book = Book(find_settings(project.root))
    paths = [project.path(f"{language}/a.md") for language in ("aa", "bb", "cc")]
    verdicts = book.check(paths, fix=True)
    assert [len(verdicts[path].problems) for path in paths] == [0, 0, 0]
    assert [len(verdicts[path].repaired) for path in paths] == [0, 1, 0]


@pytest.mark.parametrize("closing", ["``", "``` x", "```\u3000", ""])
def test_a_fence_that_is_not_closed_is_never_repaired(project: Project, closing: str) -> None:
    """What it seems to hold may be half of the page."""
    text = f"# T {{#t}}\n\n```python\nprint(3 - 2)\n```\n\n```text {{ .output }}\n2\n{closing}\n\nMuch text.\n\n```python\ny = 3\n```\n"
    project.write("a.md", text)
    assert project.problems("aa/a.md", fix=True) != []
    assert project.path("aa/a.md").read_text() == text
