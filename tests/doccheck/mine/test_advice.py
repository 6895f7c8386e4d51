"""A reader's package may be laid out in many ways; answers have their own folder; each message says what to do."""

from __future__ import annotations

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.mine.judging import Judgement, judge
from doccheck.mine.reading import read_own_code
from tests.doccheck.mine.test_own_code import messages, reasons
from tests.support.elsewhere import run_elsewhere
from tests.support.sample_project import Project

FIRST = """# One {#one}

## Code {#code}

```python title="pack/core.py"
class Thing:
    def __init__(self, data):
        self.data = data
```

```python title="pack/more.py"
def prepare():
    Thing.__neg__ = opposite


def opposite(thing):
    return Thing(-thing.data)


def half(thing):
    return Thing(thing.data / 2)
```

```python
import math

factor = 3
prepare()
print((-Thing(4)).data, half(Thing(4)).data)
print(math.floor(2.5))
```

```text { .output }
-4 2.0
2
```
"""
SECOND = """# Two {#two}

<!-- code so far -->

## Before {#before}

```python
prepare()
print(half(Thing(5)).data)
```

```text { .output }
2.5
```

```python
print(half(Thing(4)).data)
```

```text { .output }
2.0
```

## After {#after}

```python title="pack/more.py"
def half(thing):
    return Thing(thing.data // 2)
```

```python
print(half(Thing(5)).data)
```

```text { .output }
2
```

<div class="pitfall" markdown="1">

### The rest {#slip}

```python
print(Thing(5).data % 2 + 5 // 2)
```

```text { .output }
3
```

</div>

<div class="pitfall" markdown="1">

### No length {#other-slip}

```python
len(Thing(1))
```

```text { .error }
TypeError: object of type 'Thing' has no len()
```

</div>

## Exercise {#exercise}

```python { .exercise }
Thing.__len__ = ...
answer = ...
```

```python { .check }
try:
    length = len(Thing(7))
except TypeError as error:
    raise AssertionError("There is no length yet.") from error
assert length == 7, "Seven."
assert answer == 7, f"Not {answer}."
```

<!-- wrong answers

```text { .error }
AssertionError: There is no length yet.
```

```python { .wrong }
Thing.__len__ = lambda thing: 6
answer = 7
```

```text { .error }
AssertionError: Seven.
```

```python { .wrong }
Thing.__len__ = lambda thing: thing.data
answer = 8
```

```text { .error }
AssertionError: Not 8.
```

-->

<details class="hint" markdown="1">
<summary>Hint</summary>

Seven.

</details>

<details class="solution" markdown="1">
<summary>Solution</summary>

```python
Thing.__len__ = lambda thing: thing.data
answer = len(Thing(7))
print(answer)
```

```text { .output }
7
```

</details>
"""
THIRD = """# Three {#three}

<!-- code so far -->

```python
from pathlib import Path

Path("built").mkdir()
Path("built", "__init__.py").write_text("import pack.core\\n\\nThing = pack.core.Thing\\n", "utf-8")
```

```python
import pack

print(pack.__name__)
```

```text { .output }
pack
```

```python
import sys

sys.path.insert(0, ".")
from built import (
    Thing as Built,
)

print(Built(3).data)
```

```text { .output }
3
```
"""
THING = "class Thing:\n    def __init__(self, data):\n        self.data = data\n"
MORE = """

def prepare():
    Thing.__neg__ = opposite


def opposite(thing):
    return Thing(-thing.data)


def half(thing):
    return Thing(thing.data // 2)
"""
OLD = MORE.replace("//", "/")
ANSWER = "Thing.__len__ = lambda thing: thing.data\nanswer = 7\n"
OURS, BEFORE = "it is about the pages' own package", "it shows what the code did before this page's listings"


@pytest.fixture
def pages(project: Project) -> Project:
    settings = (project.root / "pyproject.toml").read_text()
    (project.root / "pyproject.toml").write_text(f'{settings}code = ["pack"]\n')
    for name, text in {"a1.md": FIRST, "a2.md": SECOND, "a3.md": THIRD}.items():
        project.write(name, text)
    (project.root / "pack").mkdir()
    (project.root / "pack" / "__init__.py").write_text("")
    (project.root / "pack" / "core.py").write_text(THING)
    (project.root / "pack" / "more.py").write_text("from pack.core import Thing\n" + MORE)
    assert project.problems() == []
    return project


def judged(project: Project, files: dict[str, str | bytes], name: str = "a2.md", folder: str = "mine") -> Judgement:
    for file, text in files.items():
        path = project.root / folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    book, page = Book(find_settings(project.root)), project.path(f"aa/{name}")
    own = read_own_code(project.root / folder, ["pack"])
    return judge(own, book.page(page), book.earlier(page), book.settings)


def test_what_only_the_old_code_shows_is_not_asked(pages: Project) -> None:
    found = judged(pages, {"core.py": THING + MORE, "exercises/a2.py": ANSWER})
    assert (messages(found), found.notes) == ([], [])
    assert reasons(found) == [f"12: {BEFORE}", f"20: {BEFORE}"]
    old = judged(pages, {"core.py": THING + OLD})
    assert messages(old) == ["pages/aa/a2.md:36: with mine, the page says 2, your code prints 2.5; see #after"]


def test_an_answer_may_do_anything_in_its_own_file(pages: Project) -> None:
    """It runs with the page's names, and the page's pitfall that has no length still has none."""
    found = judged(pages, {"core.py": THING + MORE, "exercises/a2.py": "from mine.core import Thing\n" + ANSWER})
    assert messages(found) == [] and "the exercise" not in str(reasons(found))
    wrong = judged(pages, {"exercises/a2.py": ANSWER.replace("7", "8")})
    assert messages(wrong) == ["pages/aa/a2.md:74: with mine, the exercise's check says: Not 8.; see #exercise"]
    for text, says in {
        "x = 1\n": "not in mine; write answer into mine/exercises/a2.py to have it checked",
        "answer = (\n": "mine/exercises/a2.py:1: this is not valid Python: '(' was never closed",
        "import pack\nanswer = 7\n": "mine/exercises/a2.py:1: this imports pack, so it would not be your code",
        "answer = math.floor(ten)\n": "NameError: name 'math' is not defined; mine/exercises/a2.py:1 uses math: write "
        "import math at the top of that file",
        "answer = opposit(7)\n": "NameError: name 'opposit' is not defined; mine/exercises/a2.py:1 uses opposit",
    }.items():
        other = judged(pages, {"exercises/a2.py": text})
        assert any(says in said for said in [*messages(other), *other.notes]), (messages(other), other.notes)


def test_an_answer_in_the_package_changes_what_a_pitfall_shows(pages: Project) -> None:
    changed = SECOND.replace("answer = ...", "def answer():\n    return ...").replace("answer == 7", "answer() == 7")
    changed = changed.replace("answer = 7", "def answer():\n    return 7").replace("{answer}", "{answer()}")
    changed = changed.replace("answer = 8", "def answer():\n    return 8")
    changed = changed.replace(
        "answer = len(Thing(7))\nprint(answer)", "def answer():\n    return 7\n\n\nprint(answer())"
    )
    pages.write("a2.md", changed)
    assert pages.problems() == []
    mine = THING + MORE + "\n\nThing.__len__ = lambda thing: thing.data\n\n\ndef answer():\n    return 7\n"
    found = judged(pages, {"core.py": mine})
    assert messages(found) == []
    answered = "your answer to the exercise changes what it shows"
    assert reasons(found)[-1] == f"{changed.partition('```text { .error }')[0].count(chr(10)) + 1}: {answered}"


def test_a_name_that_is_missing_is_answered_with_what_brings_it(pages: Project) -> None:
    apart = {"core.py": THING, "more.py": MORE}
    found = judged(pages, dict(apart), "a1.md")
    assert "mine/more.py:4 uses Thing: import it there from mine/core.py; see #code" in messages(found)[0]
    methods = judged(pages, {"more.py": MORE + THING.replace("data", "date"), "core.py": ""}, "a1.md")
    assert "'Thing' object has no attribute 'data'" in messages(methods)[0]


def test_a_pitfall_that_shows_the_same_is_named(pages: Project) -> None:
    found = judged(pages, {"core.py": THING + MORE.replace("thing.data // 2", "thing.data // 2 + 1")})
    assert "pages/aa/a2.md:36: with mine, the page says 2, your code prints 3; see #slip, which shows the same" in (
        messages(found)
    )


LAYOUTS: dict[str, dict[str, str | bytes]] = {
    "by the folder's name": {"core.py": THING, "more.py": "from mine.core import Thing\n" + MORE},
    "by the file's name": {"core.py": THING, "more.py": "from core import Thing\n" + MORE},
    "with a dot": {"core.py": THING, "more.py": "from .core import Thing\n" + MORE},
    "both ways": {
        "core.py": THING,
        "more.py": "from core import Thing\n" + MORE,
        "other.py": "from mine.core import Thing\n",
    },
    "with an init": {
        "__init__.py": "from .more import *\nfrom .core import Thing\n\nprepare()\n",
        "core.py": THING,
        "more.py": "from mine.core import Thing\n" + MORE,
    },
    "in folders": {"parts/core.py": THING, "parts/more.py": "from parts.core import Thing\n" + MORE},
    "Windows": {"core.py": b"\xef\xbb\xbf" + (THING + MORE).replace("\n", "\r\n").encode()},
    "tabs": {"core.py": (THING + MORE).replace("    ", "\t")},
    "another encoding, which it says": {
        "core.py": ("# -*- coding: cp932 -*-\n# 逆伝播\n" + THING + MORE).encode("cp932")
    },
}


# the others take as long again as all of the above
AT_ONCE = ("with an init", "Windows", "in folders")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(files, id=name, marks=() if name in AT_ONCE else pytest.mark.thorough)
        for name, files in LAYOUTS.items()
    ],
)
def test_every_layout_passes(pages: Project, files: dict[str, str | bytes]) -> None:
    found = judged(pages, files)
    assert messages(found) == []
    assert len([one for one in reasons(found) if BEFORE in one]) == 2


BESIDE = {
    "core copy.py": THING,
    "a1-exercise.py": THING + MORE,
    "test_core.py": "import unittest\n\nfrom core import Thing\n\nunittest.main()\n",
    "plot.py": "import what_is_not_installed\n\n\ndef plot():\n    return 1\n",
    "exercises/a7.py": "1 / 0\n",
}


def test_what_is_no_part_of_the_package_may_lie_beside_it(pages: Project) -> None:
    assert messages(judged(pages, {"core.py": THING + MORE, **BESIDE})) == []
    (pages.root / "mine" / "core.py").unlink()
    assert messages(judged(pages, {"core 2.py": MORE}))[0] == (
        "pages/aa/a2.md:1: mine/core copy.py:1: no import finds Thing in a file of this name; give it one of letters, "
        "digits and _, such as core.py"
    )


UTF_8 = "this is not text in UTF-8, as Python reads it; save the file with this encoding"
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "a Japanese Windows": ((THING + MORE + "# 逆伝播\n").encode("cp932"), f"mine/core.py:16: {UTF_8}"),
    "a Korean Windows, above": (("# 역전파\n" + THING + MORE).encode("cp949"), f"mine/core.py:1: {UTF_8}"),
    "PowerShell": ((THING + MORE).encode("utf-16"), f"mine/core.py:1: {UTF_8}"),
    "tabs and spaces": (
        (THING + MORE).replace("        self", "\tself").encode(),
        "inconsistent use of tabs and spaces",
    ),
}


@pytest.mark.parametrize(("data", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_python_cannot_read_is_named(pages: Project, data: bytes, says: str) -> None:
    found = judged(pages, {"core.py": data})
    assert len(found.problems) == 1 and says in messages(found)[0], messages(found)


@pytest.mark.parametrize("folder", ["mine", "built"])
def test_her_package_stands_in_for_the_one_that_a_page_builds(pages: Project, folder: str) -> None:
    init = "from .core import Thing\n"
    found = judged(pages, {"__init__.py": init, "core.py": THING, "more.py": MORE}, "a3.md", folder)
    assert messages(found) == []
    assert found.compared == 1
    (pages.root / folder / "__init__.py").write_text("")
    lacking = judged(pages, {"core.py": THING.replace("= data", "= 2 * data")}, "a3.md", folder)
    assert "cannot import name 'Thing'" in messages(lacking)[0]
    # a folder that is no package is none on the page either
    (pages.root / folder / "__init__.py").unlink()
    assert reasons(judged(pages, {}, "a3.md", folder))[-1].endswith(OURS)


def test_after_an_error_nothing_else_is_said_of_its_output(pages: Project) -> None:
    found = judged(pages, {"core.py": THING + MORE.replace("thing.data // 2", "thing.size")})
    said = [message for message in messages(found) if "see #after" in message]
    assert len(said) == 1 and "raises AttributeError: 'Thing' object has no attribute 'size'" in said[0]
    assert "look at mine/core.py:15 in half, which pages/aa/a2.md:27 lists" in said[0]
    assert "prints nothing" not in str(messages(found))


@pytest.mark.thorough
def test_it_works_where_no_process_can_copy_itself(pages: Project) -> None:
    """On Windows, in short; there, an editor also ends lines otherwise, and begins a file with a mark."""
    text = b"\xef\xbb\xbf" + (THING + MORE).replace("\n", "\r\n").encode()
    judged(pages, {"core.py": text, "exercises/a2.py": ANSWER.replace("\n", "\r\n")})
    command = ["-m", "pytest", "-p", "no:cacheprovider", "-q", "pages/aa/a2.md", "--mine", "mine"]
    code, said = run_elsewhere(pages.root, *command)
    assert code == 0 and "1 page, 4 outputs and values compared with what your code prints" in said, said
    judged(pages, {"exercises/a2.py": ANSWER.replace("7", "8")})
    code, said = run_elsewhere(pages.root, *command)
    assert code == 1 and "with mine, the exercise's check says: Not 8.; see #exercise" in said, said


def test_what_ends_the_page_is_said_once(pages: Project) -> None:
    leaves = "\n\ndef half(thing):\n    import os\n\n    os._exit(3)\n"
    found = judged(pages, {"core.py": THING + MORE.partition("\n\n\ndef half")[0] + leaves})
    said = [message for message in messages(found) if "exit code 3" in message or "not run" in message]
    assert len(said) == len(messages(found)) == 1, messages(found)
