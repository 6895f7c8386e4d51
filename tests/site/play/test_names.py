"""Blocks and values of a page have the names by which the browser finds their code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from doccheck import cells
from doccheck.page.model import parse_page
from website.play.publish import with_names

TEXT = """# T {#t}

```python
x = 1
```

`1`{ data-expr="x" } `1`{ data-expr="x" } `2`{ data-expr="x + 1" }

```python { .native }
print(x < 2)
```

```text { .output }
True
```
"""
BLOCK = '<div class="language-{} highlight"><pre><code></code></pre></div>\n'
VALUE = '<code tabindex="0" data-expr="{}">{}</code>\n'
PAGE = parse_page(TEXT, Path("a.md").absolute(), "a.md")


def html(*values: tuple[str, str], first: str = "python") -> str:
    upto = BLOCK.format("python native").replace("<div ", '<div data-upto="3" data-long ')
    shown = "".join(VALUE.format(*value) for value in values)
    return BLOCK.format("console") + BLOCK.format(first) + shown + upto + BLOCK.format("text output")


def test_names_are_those_of_the_page_s_code() -> None:
    # a value that stands elsewhere than in the source, as a footnote's does, has its own name
    made = with_names(html(("x + 1", "2"), ("x", "1"), ("x", "1")), PAGE, "a.md", "it can't")
    assert re.findall(r'data-play="(\w+)"', made) == ["b0", "v2", "v0", "v1", "b1", "b2"]
    assert made.count("data-play-not=") == 1
    assert 'data-play="b1" data-play-not="it can&#x27;t" data-upto="3"' in made
    assert {block["id"] for block in cells(PAGE, [])} == set(re.findall(r'data-play="(\w+)"', made))


@pytest.mark.parametrize("libraries", [frozenset(), frozenset({"json"})])
def test_a_program_with_an_optional_library_never_runs_in_the_browser(libraries: frozenset[str]) -> None:
    """Whether or not the library is there where the site is built."""
    text = '# T {#t}\n\n```python\nx = 1\n```\n\n```python { .optional needs="json" }\nimport json\n```\n'
    page = parse_page(text, PAGE.path, "a.md", libraries)
    assert page.fences[1].kind.is_example == bool(libraries)
    made = with_names(BLOCK.format("python") + BLOCK.format("python optional"), page, "a.md", "no")
    assert re.findall(r'data-play="(\w+)" (data-play-not="no")?', made) == [("b0", ""), ("b1", 'data-play-not="no"')]
    assert [block["id"] for block in cells(page, []) if block.get("runs")] == ["b0"]


def test_a_block_or_value_that_is_not_there_is_an_error() -> None:
    with pytest.raises(PluginError, match=r"a\.md: no block of the page is the fence in line 9"):
        with_names(html(first="text"), PAGE, "a.md", "")
    with pytest.raises(PluginError, match=r"a\.md: the page has no value 3 of x"):
        with_names(html(("x", "3")), PAGE, "a.md", "")
