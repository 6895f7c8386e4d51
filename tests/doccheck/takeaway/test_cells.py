"""A page to run where it is read: what pytest runs, in page order, and what the page shows of it."""

from __future__ import annotations

from pathlib import Path

from doccheck import cells
from doccheck.page.model import Page, parse_page
from doccheck.page.notebook.model import parse_notebook
from doccheck.run.program import make_program
from doccheck.run.protocol import Code
from tests.support.notebook_builder import code, notebook, prose

TEXT = """# T {#t}

`3`{ data-expr="1 + 2" }

```python title="package/core.py"
def twice(x):
    return 2 * x
```

```python { .native }
print(twice(1))
```

```python
print(twice(2))
twice("a", "b")
```

```text { .output tol="5%" }
2
4
```

```text { .error }
TypeError: twice() takes 1 positional argument but 2 were given
```

```python { .exercise }
def thrice(x):
    return ...
```

```python { .check }
assert thrice(2) == 6, "three times two"
```

<!-- wrong answers
```python { .wrong }
def thrice(x):
    return 6 * x
```
-->

<details class="hint" markdown="1">
</details>
<details class="solution" markdown="1">

```python
def thrice(x):
    return 3 * x
```

</details>

```console
$ python a.py
```

`6`{ data-expr="thrice(2)" tol="0.1" }
"""
NEXT = """# N {#n}

<!-- code so far -->

```python
print(twice(4))
```
"""


def page(text: str, name: str = "a.md") -> Page:
    return parse_page(text, Path(name).absolute(), name)


def test_blocks_stand_in_page_order_with_what_belongs_to_them() -> None:
    blocks = cells(page(TEXT), [])
    assert [(block["id"], block["kind"]) for block in blocks] == [
        ("v0", "value"),
        ("b0", "code"),
        ("b1", "code"),
        ("b2", "code"),
        ("b3", "output"),
        ("b4", "error"),
        ("b5", "exercise"),
        ("b6", "check"),
        ("b7", "code"),
        ("b8", "other"),
        ("v1", "value"),
    ]
    by_name = {block["id"]: block for block in blocks}
    assert by_name["b3"] == {"id": "b3", "kind": "output", "text": "2\n4\n", "of": ["b0", "b1", "b2"], "tol": "5%"}
    assert by_name["b4"]["of"] == ["b2"]
    assert by_name["v1"] == {"id": "v1", "kind": "value", "expr": "thrice(2)", "text": "6", "tol": "0.1"}
    assert [by_name[name]["runs"] for name in ("b0", "b1", "b2")] == [True, False, True]
    assert (by_name["b5"]["check"], by_name["b5"]["name"]) == ("b6", "a-exercise")
    assert by_name["b7"]["solution"]
    assert "solution" not in by_name["b2"]


def test_code_is_what_pytest_runs() -> None:
    pages = [page(TEXT), page(NEXT, "b.md")]
    for number, one in enumerate(pages):
        steps = [step for step in make_program(one, pages[:number]).steps if isinstance(step, Code)]
        wanted = ["\n\n\n".join(part.source.rstrip("\n") for part in step.parts) for step in steps]
        found = [block["source"].rstrip("\n") for block in cells(one, pages[:number]) if block["kind"] == "code"]
        assert found == wanted
    so_far = cells(pages[1], pages[:1])[0]
    assert (so_far["editable"], so_far["source"]) == (False, "def twice(x):\n    return 2 * x")


def test_a_notebook_s_cell_shows_its_value() -> None:
    text = notebook(prose("# T"), code("x = 1"), code("x + 1"))
    first, second = cells(parse_notebook(text, Path("a.ipynb").absolute(), "a.ipynb"), [])
    assert (first["cell"], second["cell"], second["source"]) == (True, True, "x + 1\n")
