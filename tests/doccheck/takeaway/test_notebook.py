"""A page taken away: as a script and as a notebook, on small pages of a foreign project."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Sequence

import nbformat
import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.page.fences import Fence
from doccheck.page.model import Page
from doccheck.page.programs import expected_output, growing, script
from doccheck.takeaway.notebook import notebook
from tests.support.sample_project import Project

ONE = """# One {#one}

## Code {#code}

```python title="m.py"
import math


class Base:
    size = 1


class Box(Base):
    def area(self):
        return math.floor(self.size)
```
"""
TWO = """---
description: D
---

# Two {#two}

Begin.

## First {#first}

```python title="m.py"
class Base:
    size = 2
```

<!-- code so far -->

## Then {#then}

```python
print(Box().area())
```

```text { .output }
2
```

Words.

```python
print("more")
x = 1
```

```text { .output }
more
```
"""


def pages(project: Project, **texts: str) -> tuple[Page, Sequence[Page]]:
    """The last of some pages, and those before it."""
    for name, text in texts.items():
        project.write(f"s/{name}.md", text)
    book = Book(find_settings(project.root))
    path = project.path(f"aa/s/{list(texts)[-1]}.md")
    return book.page(path), book.earlier(path)


def page(project: Project, text: str) -> Page:
    return pages(project, one=text)[0]


def python(found: Page) -> list[Fence]:
    return [fence for fence in found.fences if fence.kind.name == "python"]


def run(text: str) -> str:
    command = [sys.executable, "-W", "error", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout


def example(project: Project, code: str, error: str, more: str = "") -> Page:
    """A page whose one example must raise."""
    return page(project, f"# T {{#t}}\n\n```python\n{code}\n```\n\n```text {{ .error }}\n{error}\n```\n{more}")


# The script


def test_a_script_is_the_page_from_top_to_bottom(project: Project) -> None:
    two, earlier = pages(project, one=ONE, two=TWO)
    assert script(two, earlier) == (
        "# Two (pages/aa/s/two.md)\n"
        "\n\n# First\n\nclass Base:\n    size = 2\n"
        "\n\nimport math\n\n\nclass Box(Base):\n    def area(self):\n        return math.floor(self.size)\n"
        "\n\n# Then\n\nprint(Box().area())\n"
        '\n\nprint("more")\nx = 1\n'
    )
    assert run(script(two, earlier)) == expected_output(two) == "2\nmore\n"
    (project.root / "m.py").write_text(ONE.split("```")[1].partition("\n")[2].replace("1", "2"))
    assert project.problems() == []  # the pages themselves are sound


def test_a_script_ends_with_the_example_that_is_asked_for(project: Project) -> None:
    two, earlier = pages(project, one=ONE, two=TWO)
    whole = script(two, earlier)
    grown = list(growing(two, earlier))
    assert [fence.kind.name for fence, _ in grown] == ["python", "marker", "python", "python"]
    for fence, text in grown:
        assert script(two, earlier, upto=fence) == text
        assert whole.startswith(text) and text.endswith("\n")
        assert run(text) == expected_output(two, upto=fence)
    assert [expected_output(two, upto=fence) for fence, _ in grown] == ["", "", "2\n", "2\nmore\n"]


def test_an_import_of_the_code_so_far_that_stands_above_is_not_repeated(project: Project) -> None:
    two = TWO.replace("class Base:", "import math\n\n\nclass Base:", 1)
    text = script(*pages(project, one=ONE, two=two))
    assert text.count("import math") == 1
    assert run(text) == "2\nmore\n"


def test_a_page_without_a_title_or_without_code_is_named_all_the_same(project: Project) -> None:
    assert script(page(project, "Words.\n"), []) == "# pages/aa/s/one.md\n"
    assert script(page(project, "# T {#t}\n"), []) == "# T (pages/aa/s/one.md)\n"


def test_fences_in_boxes_lists_and_quotes_lose_their_indent(project: Project) -> None:
    text = "- item\n\n    ```python\n    if True:\n        print(3 - 2)\n    ```\n\n    ```text { .output }\n    1\n    ```\n"
    found = page(project, text)
    assert "\nif True:\n    print(3 - 2)\n" in script(found, [])
    assert run(script(found, [])) == expected_output(found) == "1\n"


# Errors


def test_an_error_is_printed_as_the_page_shows_it_and_the_script_goes_on(project: Project) -> None:
    more = "\n```python\nprint(a)\n```\n\n```text { .output }\n1\n```\n"
    error = "ValueError: invalid literal for int() with base 10: 'x'"
    found = example(project, "a = 1\n# why\nint(\n    'x',\n)  # here", error, more)
    assert (
        "a = 1\n# why\n"
        "try:\n    int(\n        'x',\n    )  # here\n"
        'except Exception as error:\n    print(f"{type(error).__name__}: {error}")\n'
    ) in script(found, [])
    assert run(script(found, [])) == expected_output(found)
    assert expected_output(found) == f"{error}\n1\n"


ERRORS = {
    "after a semicolon": ("a = 'é'; 1 / 0", "ZeroDivisionError: division by zero"),
    "decorated": ("@1\ndef f():\n    pass", "TypeError: 'int' object is not callable"),
    "compound": ("for i in [1, 0]:\n    if i < 1:\n        1 / i", "ZeroDivisionError: division by zero"),
    "of the page": ("class E(Exception):\n    pass\n\n\nraise E('a: b')", "E: a: b"),
    "of a module": (
        "import json\n\njson.loads('')",
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    ),
    "without a message": ("raise KeyError", "KeyError"),
    "a key": ("{}['a']", "KeyError: 'a'"),
    "of two lines": ("raise ValueError('a\\nb')", "ValueError: a\nb"),
    "the end of the program": ("raise SystemExit('bye')", "SystemExit: bye"),
    "with a guess": ("'a'.uper()", "AttributeError: 'str' object has no attribute 'uper'"),
    "with the guess shown": (
        "'a'.uper()",
        "AttributeError: 'str' object has no attribute 'uper'. Did you mean: 'upper'?",
    ),
    "no Python": ("print(1", "SyntaxError: '(' was never closed"),
    "no Python, found late": ("eval('1 +')", "SyntaxError: invalid syntax"),
}


@pytest.mark.parametrize("what", ERRORS)
def test_every_kind_of_error_is_caught(project: Project, what: str) -> None:
    code, error = ERRORS[what]
    found = example(project, code, error, "\n```python\nprint(1 + 1)\n```\n\n```text { .output }\n2\n```\n")
    assert run(script(found, [])) == expected_output(found)
    assert expected_output(found).startswith(error.partition(". Did")[0])
    assert project.problems() == []  # what the script prints is what the page may say


def test_an_indent_does_not_reach_into_strings(project: Project) -> None:
    code = 'import sys\n\nsys.exit("""a\n  b\n\nc""" + f"""{1}\nd""" + "e\\\nf" + str(b"""g\nh"""))'
    found = example(project, code, "SystemExit: a\n  b\n\nc1\ndefb'g\\nh'")
    assert project.problems() == []
    assert run(script(found, [])) == expected_output(found)
    tree = ast.parse(script(found, []))
    assert isinstance(tree.body[-1], ast.Try)
    assert ast.dump(tree.body[-1].body[0]) == ast.dump(ast.parse(code).body[-1])


def test_catching_an_error_takes_no_name_from_the_page(project: Project) -> None:
    more = "\n```python\nprint(error)\n```\n\n```text { .output }\n5\n```\n"
    found = example(project, "error = 5  # error_ is free\n1 / 0", "ZeroDivisionError: division by zero", more)
    assert "except Exception as error_:" in script(found, [])
    assert run(script(found, [])) == expected_output(found) == "ZeroDivisionError: division by zero\n5\n"


def test_what_an_example_printed_comes_before_its_error(project: Project) -> None:
    text = "\n```text { .output }\n1\n```\n"
    found = example(project, "print(3 - 2)\n1 / 0", "ZeroDivisionError: division by zero", text)
    assert run(script(found, [])) == expected_output(found) == "1\nZeroDivisionError: division by zero\n"
    (cell,) = (cell for cell in notebook(found, []).cells if cell.cell_type == "code")
    assert [output.output_type for output in cell.outputs] == ["stream", "error"]


# The notebook

MIXED = """---
description: D
---

# T {#t}

A value `4.0`{ data-expr="2 * x" }, a [page](two.md#a), [`code`](three.md), a [site](https://a.b/c) and `[a](b)`. <!-- no -->
The version `3.1`{ .quoted }, $x_{.5}$ and

$$
\\frac{a}{b}
$$

![What it shows](../figures/a.svg)

See ![one](../figures/b.svg) here.

<div class="pitfall" markdown="1">

### Beware {#beware}

```python
1 / 0
```

```text { .error }
ZeroDivisionError: division by zero
```

</div>

## Exercise {#exercise}

Do.

<details class="solution" markdown="1">
<summary>Answer</summary>

```python
print(" a")
print()
```

```text { .output }
 a

```

Because.

</details>

The end.
"""


def test_a_notebook_is_valid_and_the_same_each_time(project: Project) -> None:
    found = page(project, MIXED)
    made = notebook(found, [])
    nbformat.validate(made)
    assert (made.nbformat, made.nbformat_minor) == (4, 5)
    assert made.metadata.source == "pages/aa/s/one.md"
    assert [cell.id for cell in made.cells] == [f"one-{i}" for i in range(len(made.cells))]
    assert nbformat.writes(made) == nbformat.writes(notebook(page(project, MIXED), []))


def test_prose_keeps_what_jupyter_shows_and_nothing_else(project: Project) -> None:
    cells = [cell.source for cell in notebook(page(project, MIXED), []).cells]
    assert cells == [
        "# T\n\n"
        "A value `4.0`, a page, `code`, a [site](https://a.b/c) and `[a](b)`. \n"
        "The version `3.1`, $x_{.5}$ and\n\n$$\n\\frac{a}{b}\n$$\n\n"
        "> 🖼 What it shows\n\nSee 🖼 one here.\n\n### ⚠ Beware",
        "1 / 0",
        "## Exercise\n\nDo.",
        "**Answer**",
        'print(" a")\nprint()',
        "<details>\n<summary>Answer</summary>\n\nBecause.\n\n</details>",
        "The end.",
    ]


def test_outputs_stand_in_place_and_errors_do_not_stop_a_run(project: Project) -> None:
    error, solution = (cell for cell in notebook(page(project, MIXED), []).cells if cell.cell_type == "code")
    assert solution.outputs == [{"output_type": "stream", "name": "stdout", "text": " a\n\n"}]
    assert error.metadata.tags == ["raises-exception"]
    message = "ZeroDivisionError: division by zero"
    assert error.outputs == [
        {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": [message]}
    ]


def test_a_closed_box_stays_closed(project: Project) -> None:
    error, solution = (cell for cell in notebook(page(project, MIXED), []).cells if cell.cell_type == "code")
    assert solution.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert "jupyter" not in error.metadata


def test_the_code_so_far_is_one_cell(project: Project) -> None:
    two, earlier = pages(project, one=ONE, two=TWO)
    cells = notebook(two, earlier).cells
    assert [cell.cell_type for cell in cells] == ["markdown", "code", "code", "markdown", "code", "markdown", "code"]
    assert (
        cells[2].source
        == "import math\n\n\nclass Box(Base):\n    def area(self):\n        return math.floor(self.size)"
    )
    assert cells[4].outputs[0].text == "2\n"


def test_the_name_of_a_page_may_be_anything(project: Project) -> None:
    project.write("s/é ü.md", ONE)
    path = project.path("aa/s/é ü.md")
    made = notebook(Book(find_settings(project.root)).page(path), [])
    nbformat.validate(made)
    assert made.cells[0].id == "----0"


def test_a_wrong_page_is_no_reason_to_fail(project: Project) -> None:
    """The server shows wrong pages too."""
    for text in (
        "```python\nprint(\n```\n",
        "```text { .error }\nE: m\n```\n",
        "```python\n```\n\n```text { .error }\nE\n```\n",
    ):
        found = page(project, text)
        assert isinstance(script(found, []), str)
        nbformat.validate(notebook(found, []))
