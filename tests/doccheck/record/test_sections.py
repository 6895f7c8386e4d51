"""What of a page counts as read: its words, never a result, a line end or what `--fix` writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from doccheck.page.model import Page, parse_page
from doccheck.page.notebook.model import parse_notebook
from doccheck.page.optional import settle
from doccheck.record.docstrings import public_docstrings
from doccheck.record.pictures import find_programs, picture_source
from doccheck.record.sections import find_sections
from tests.support.notebook_builder import code, display, notebook, prose

PAGE = """---
description: What it is about.
---

# Step 1: a title {#t}

The first words, with $x + 1$ and [a link](b.md#u) and `x.grad`.

```python title="m.py" hl_lines="2"
def f():  # says what
    return 2.0
```

## Second {#u}

It is `2.0`{ data-expr="f()" } here, in `2019`{ .quoted }.

```python
# a remark
print(f())
```

```text { .output tol="1e-10" }
2.0
```

- an item that goes on
  in its next line
- another

![what is seen](../figures/one.svg)

```console
$ python one.py
2.0
```

```python { .exercise }
def g(): ...
```

```python { .check }
assert g() == 2.0, "look at g"
```

<!-- wrong answers

```text { .error }
AssertionError: look at g
```

```python { .wrong }
def g():
    return 1.0
```

```text { .error }
AssertionError: look at g
```

-->
"""


def page(text: str) -> Page:
    return parse_page(text, Path("/nowhere/a.md"), "a.md")


def reads(text: str) -> dict[str, str]:
    return {section.id: section.reads for section in find_sections(page(text))}


def test_a_page_is_read_from_heading_to_heading() -> None:
    sections = find_sections(page(PAGE))
    assert [(section.id, section.at) for section in sections] == [
        ("", 0),
        ("t", PAGE.index("# Step")),
        ("u", PAGE.index("## Second")),
    ]
    assert [section.pictures for section in sections] == [(), (), ("one",)]
    assert sections[2].source == PAGE[PAGE.index("## Second") :].strip()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("What it is", "What it was", ""),
        ("a title", "the title", "t"),
        ("{#t}", "{#v}", None),
        ("first words", "last words", "t"),
        ("x + 1", "x - 1", "t"),
        ("a link", "the link", "t"),
        ("b.md#u", "b.md#v", "t"),
        ("x.grad", "x.data", "t"),
        ("says what", "says why", "t"),
        ('title="m.py"', 'title="n.py"', "t"),
        ('"f()"', '"f(  ) + 0"', "u"),
        ("2019", "2020", "u"),
        ("a remark", "no remark", "u"),
        ("print(f())", "print(1 * f())", "u"),
        ("1e-10", "1e-9", "u"),
        ("- another", "another", "u"),
        ("what is seen", "what is hidden", "u"),
        ("one.svg", "two.svg", "u"),
        ("$ python one.py", "$ python two.py", "u"),
        ("def g(): ...", "def g(x): ...", "u"),
        ('"look at g"', '"look at f"', "u"),
        ("return 1.0", "return 3.0", "u"),
        ("in its next line\n- ", "in its next line\n\n", "u"),
    ],
)
def test_what_only_a_person_judges_is_read(old: str, new: str, where: str | None) -> None:
    assert old in PAGE
    before, after = reads(PAGE), reads(PAGE.replace(old, new, 1))
    if where is None:
        assert list(before) != list(after)
    else:
        assert [key for key in before if before[key] != after[key]] == [where]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`2.0`{", "`2.5`{"),  # a value
        ("\n2.0\n```\n\n-", "\n2.5\n```\n\n-"),  # an output
        ("py\n2.0", "py\n2.5"),  # what a command prints
        ('hl_lines="2"', 'hl_lines="1 2"'),
        ("    return 2.0", "    return 3.0"),  # the code of a listing, which the package is compared with
        ("AssertionError: look at g", "AssertionError: look at h"),  # what the check says, as it says it
        ("first words, with", "first\nwords,   with"),
        ("goes on\n  in", "goes on in"),
        ("\n\n## Second", "\n\n\n## Second"),
        ("another\n", "another  \n"),
        ("-->\n", "-->\n\n```text { .output }\n```\n"),  # what was forgotten
    ],
)
def test_what_a_program_judges_and_line_ends_are_not_read(old: str, new: str) -> None:
    assert old in PAGE
    assert reads(PAGE) == reads(PAGE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("一行目の\n続きです。", "一行目の続きです。"),
        ("`x`は`y`に\nなります。", "`x` は `y` になります。"),
        ("두 번째\n줄입니다.", "두 번째 줄입니다."),
    ],
)
def test_a_line_end_is_no_space_between_letters_that_need_none(one: str, two: str) -> None:
    assert reads(f"# T {{#t}}\n\n{one}\n") == reads(f"# T {{#t}}\n\n{two}\n")


def test_a_space_between_words_is_read() -> None:
    assert reads("# T {#t}\n\nnow here\n") != reads("# T {#t}\n\nnowhere\n")
    assert reads("# T {#t}\n\n두 번째\n") != reads("# T {#t}\n\n두번째\n")


def test_what_is_installed_here_changes_nothing() -> None:
    text = PAGE.replace("```python\n# a remark", '```python { .optional needs="torch" }\n# a remark')
    text = text.replace("{ .output tol", "{ .optional .output tol")
    here, there = page(text), page(f"{text}\n")
    settle(here.fences, ["torch"])
    settle(there.fences, [])
    assert [fence.kind for fence in here.fences] != [fence.kind for fence in there.fences]
    assert [section.reads for section in find_sections(here)] == [section.reads for section in find_sections(there)]
    assert reads(text.replace("a remark", "no remark")) != reads(text)


def test_a_notebook_is_read_with_its_description_and_the_programs_of_its_plots() -> None:
    def found(first: str, *, value: str = "2.0", about: str = "About it.") -> dict[str, str]:
        plot = code("plot()", display("plot", svg=f"<svg>{value}</svg>"), alt="a curve")
        cells = prose('# T <a id="t"></a>'), code(first), prose('## U <a id="u"></a>'), plot
        raw = notebook(*cells, metadata={"description": about})
        parsed = parse_notebook(raw, Path("/nowhere/a.ipynb"), "a.ipynb")
        assert not parsed.unreadable
        return {section.id: section.reads for section in find_sections(parsed)}

    before = found("x = 1")
    assert before == found("x = 1", value="3.0")  # another machine has drawn it
    assert [key for key, text in found("x = 2").items() if text != before[key]] == ["t", "u"]
    assert [key for key, text in found("x = 1", about="Of it.").items() if text != before.get(key)] == [""]


def test_a_figure_is_its_program_and_what_stands_beside_it_for_several(tmp_path: Path) -> None:
    folder = tmp_path / "figures" / "stage1"
    folder.mkdir(parents=True)
    (folder / "_shared.py").write_text("SIGN = '+'\n")
    (folder / "one.py").write_text("from figures.stage1._shared import SIGN  # why\n\nprint(SIGN)\n")
    (folder / "two.py").write_text("print(2)\n")

    def source(name: str) -> str:
        return picture_source(name, find_programs(tmp_path / "figures"))

    one, two = source("one"), source("two")
    (folder / "one.py").write_text("from figures.stage1._shared import SIGN\nprint(SIGN)  # a remark\n")
    assert (source("one"), source("two")) == (one, two)
    (folder / "_shared.py").write_text("SIGN = '-'\n")
    assert source("one") != one
    assert source("two") == two


def test_a_docstring_is_read_without_what_its_examples_give() -> None:
    source = '''"""The file."""


class A:
    """A class.

    >>> A().b()
    2.0
    """

    def b(self):
        """Return a number,
        and nothing else."""

    def _c(self):
        """Hidden."""
'''
    found = {docstring.name: docstring for docstring in public_docstrings(source)}
    assert list(found) == ["", "A", "A.b"]
    assert found["A.b"].line == 12

    def changed(old: str, new: str) -> list[str]:
        assert old in source
        return [d.name for d in public_docstrings(source.replace(old, new)) if d.reads != found[d.name].reads]

    assert changed("2.0", "2.5") == []
    assert changed("A().b()", "A().b() + 0") == ["A"]
    assert changed("number,\n        and", "number, and") == []
    assert changed("a number", "the number") == ["A.b"]
    assert changed("Hidden", "Hid") == []
    assert list(public_docstrings("def f(:")) == []


def test_what_was_read_does_not_depend_on_the_numpy_at_hand() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from pathlib import Path\n"
        "from doccheck.page.model import parse_page\n"
        "from doccheck.record.sections import find_sections\n"
        "text = sys.stdin.read()\n"
        "print([s.reads for s in find_sections(parse_page(text, Path('/nowhere/a.md'), 'a.md'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], input=PAGE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([section.reads for section in find_sections(page(PAGE))])
