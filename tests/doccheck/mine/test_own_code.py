"""It is the reader's code that is judged: every way of passing without it fails, each with a message of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.mine.judging import Judgement, judge
from doccheck.mine.reading import read_own_code
from tests.support.sample_project import Project

FIRST = """# One {#one}

## Code {#code}

```python title="pack/core.py"
class Box:
    def __init__(self, data):
        self.data = data

    def double(self):
        return Box(self.data * 2)

    def undone(self):
        raise NotImplementedError("later")
```

```python title="pack/more.py"
def unused():
    return 1
```

```python
box = Box(3)
print(box.double().data)
print(type(box))
```

```text { .output }
6
<class '__main__.Box'>
```

It is `3`{ data-expr="box.data" }.
"""
SECOND = """# Two {#two}

<!-- code so far -->

```python
print(Box(3).double().data)
```

```text { .output }
6
```

## New code {#new}

```python title="pack/core.py"
class Box:
    def __init__(self, data):
        self.data = data

    def double(self):
        return Box(self.data + self.data)

    def undone(self):
        raise NotImplementedError("later")
```

## Run it {#run}

```python
from pack import Box as Again

print(Again("a").double().data)
```

```text { .output }
aa
```

```python
Box(1).undone()
```

```text { .error }
NotImplementedError: later
```

### A slip {#pitfall}

```python
import pack.core

print(pack.core.__name__)
```

```text { .output }
pack.core
```

## Exercise {#exercise}

```python { .exercise }
def twice(box):
    return ...
```

```python { .check }
assert twice(Box(2)) is not ..., "There is still a hole."
assert twice(Box(2)).data == 8, "Twice."
```

<!-- wrong answers

```text { .error }
AssertionError: There is still a hole.
```

```python { .wrong }
def twice(box):
    return box.double()
```

```text { .error }
AssertionError: Twice.
```

-->

<details class="hint" markdown="1">
<summary>Hint</summary>

Two.

</details>

<details class="solution" markdown="1">
<summary>Solution</summary>

```python
def twice(box):
    return box.double().double()


print(twice(Box(2)).data)
```

```text { .output }
8
```

</details>
"""
BOX = SECOND.split("```python title")[1].partition("\n")[2].partition("```")[0]
UNUSED = "def unused():\n    return 1\n"
TWICE = "\n\ndef twice(box):\n    return box.double().double()\n"


@pytest.fixture
def pages(project: Project) -> Project:
    settings = (project.root / "pyproject.toml").read_text()
    (project.root / "pyproject.toml").write_text(f'{settings}code = ["pack"]\n')
    project.write("a1.md", FIRST)
    project.write("a2.md", SECOND)
    (project.root / "pack").mkdir()
    (project.root / "pack" / "__init__.py").write_text("from pack.core import Box\n")
    (project.root / "pack" / "core.py").write_text(BOX)
    (project.root / "pack" / "more.py").write_text(UNUSED)
    assert project.problems() == []
    return project


def judged(project: Project, name: str = "a2.md", **files: str) -> Judgement:
    folder = project.root / "mine"
    folder.mkdir(exist_ok=True)
    for file, text in files.items():
        (folder / f"{file}.py").write_text(text)
    return by_page(project, folder, name)


def by_page(project: Project, path: Path, name: str = "a2.md") -> Judgement:
    book = Book(find_settings(project.root))
    page = project.path(f"aa/{name}")
    own = read_own_code(path, ["pack"])
    return judge(own, book.page(page), book.earlier(page), book.settings)


def messages(found: Judgement) -> list[str]:
    return [problem.headline for problem in found.problems]


def reasons(found: Judgement) -> Sequence[str]:
    places = {place.start: place.line for place in found.page.items()}
    return [f"{places[start]}: {reason}" for start, reason in sorted(found.left_out.items())]


def test_her_own_code_passes(pages: Project) -> None:
    found = judged(pages, box=BOX + TWICE)
    assert messages(found) == []
    assert found.notes == [
        "mine has no unused yet (pages/aa/a1.md:18); this page does not need it",
    ]
    # above its listing the page shows what that code shows too, so this is compared
    assert reasons(found) == [f"{line}: it is about the pages' own package" for line in (49, 55)]


def test_a_package_with_an_init_passes(pages: Project) -> None:
    found = judged(pages, "a1.md", __init__="from .boxes import Box\n", boxes=BOX, other=UNUSED)
    assert (messages(found), found.notes, reasons(found)) == ([], [], [])
    file = pages.root / "alone.py"
    file.write_text(BOX + TWICE)
    assert messages(by_page(pages, file)) == []


def test_an_exercise_that_is_not_there_is_named(pages: Project) -> None:
    found = judged(pages, box=BOX)
    assert messages(found) == []
    assert found.notes[-1] == (
        "the exercise of pages/aa/a2.md:61 is not in mine; write twice into mine/exercises/a2.py to have it checked"
    )
    wrong = judged(pages, box=BOX + TWICE.replace(".double().double()", ".double()"))
    assert messages(wrong) == ["pages/aa/a2.md:66: with mine, the exercise's check says: Twice.; see #exercise"]


def test_what_is_different_is_said_with_both(pages: Project) -> None:
    found = judged(pages, box=BOX.replace("self.data + self.data", "self.data") + TWICE)
    assert messages(found)[0] == "pages/aa/a2.md:10: with mine, the page says 6, your code prints 3; see #two"
    assert "pages/aa/a2.md:36: with mine, the page says aa, your code prints a; see #run" in messages(found)
    value = judged(pages, "a1.md", box=BOX.replace("self.data = data", "self.data = data + 1") + UNUSED)
    assert "pages/aa/a1.md:33: with mine, the page says 3, box.data is 4; see #code" in messages(value)


def test_an_error_may_have_words_of_its_own(pages: Project) -> None:
    assert messages(judged(pages, box=BOX.replace('"later"', '"not yet"') + TWICE)) == []
    other = judged(pages, box=BOX.replace("NotImplementedError", "ValueError") + TWICE)
    assert "the page says NotImplementedError: later, your code raises ValueError: later" in messages(other)[0]


# name: (files, the message)
FOOLED: dict[str, tuple[dict[str, str], str]] = {
    "an empty folder": ({}, "mine holds no Python code yet; type the listings of step 1 into a file there"),
    "an empty file": ({"box": "\n"}, "mine holds no Python code yet"),
    "a syntax error": ({"box": BOX + "def twice(:\n"}, "mine/box.py:10: this is not valid Python: invalid syntax"),
    "a syntax error in another file": (
        {"box": BOX, "new": "x = (\n"},
        "mine/new.py:1: this is not valid Python: '(' was never",
    ),
    "a class that is empty": ({"box": "class Box: ...\n"}, "mine/box.py:1: Box is still empty; see pages/aa/a2.md:16"),
    "a method that passes": (
        {"box": BOX.replace("return Box(self.data + self.data)", "pass")},
        "mine/box.py:5: Box.double is still empty",
    ),
    "a method with a docstring": (
        {"box": BOX.replace("return Box(self.data + self.data)", '"""Double it."""')},
        "mine/box.py:5: Box.double is still empty",
    ),
    "a method that returns a hole": (
        {"box": BOX.replace("return Box(self.data + self.data)", "return ...")},
        "mine/box.py:5: Box.double is still empty",
    ),
    "a method that is not implemented": (
        {"box": BOX.replace("return Box(self.data + self.data)", "raise NotImplementedError")},
        "mine/box.py:5: Box.double is still empty",
    ),
    "a refusal that is left out": (
        {"box": BOX.replace('raise NotImplementedError("later")', "pass")},
        "mine/box.py:8: Box.undone is still empty",
    ),
    "an import of ours": (
        {"box": "from pack.core import Box\n"},
        "mine/box.py:1: this imports pack.core, so it would not be your code that is judged; write it yourself",
    ),
    "a hidden import of ours": (
        {"box": BOX + "\n\ndef get():\n    import pack\n    return pack\n"},
        "mine/box.py:13: this imports pack",
    ),
    "an import of ours by its name": (
        {"box": BOX + '\n\nimport importlib\n\nBox = importlib.import_module("pack.core").Box\n'},
        "Box comes from pack, so it would not be your code that is judged",
    ),
    "a stale copy": (
        {"box": BOX, "old": BOX},
        "Box is defined in mine/box.py:1 and mine/old.py:1; keep one of them, since nothing says which is newer",
    ),
    "a name missing": (
        {"box": BOX.replace("class Box", "class Bax")},
        "mine has no Box yet, which this page needs; pages/aa/a2.md:16 lists it",
    ),
    "code under a guard": (
        {"box": 'if __name__ == "__main__":\n    ' + BOX.strip().replace("\n", "\n    ") + "\n"},
        "mine/box.py:2: Box is under if __name__ == …, where an import does not see it; move it to the margin",
    ),
    "an assignment": (
        {"box": "def make(data):\n    return data\n\n\nBox = make\n"},
        "mine/box.py:5: Box is assigned here; define it with class or def, as the page does",
    ),
    "code that is deleted again": ({"box": BOX + "\n\ndel Box\n"}, "mine defines Box only when it is not imported"),
    "code that does not load": (
        {"box": BOX + "\n\n1 / 0\n"},
        "importing box.py:12 ends with ZeroDivisionError: division",
    ),
    "code that ends Python": ({"box": BOX + "\n\nraise SystemExit\n"}, "importing box.py:12 ends with SystemExit"),
}


@pytest.mark.parametrize(("files", "says"), FOOLED.values(), ids=FOOLED)
def test_nobody_passes_without_her_own_code(pages: Project, files: dict[str, str], says: str) -> None:
    found = messages(judged(pages, **files))
    assert any(message.startswith("pages/aa/a2.md:1: ") and says in message for message in found), found


def test_a_folder_that_is_not_there_is_named(pages: Project) -> None:
    path = pages.root / "nowhere"
    assert messages(by_page(pages, path))[0].startswith(f"pages/aa/a2.md:1: there is no {path}; name the folder")
    (pages.root / "else").mkdir()
    (pages.root / "else" / "pack.py").write_text(BOX)
    found = messages(by_page(pages, pages.root / "else" / "pack.py"))
    assert found[0].endswith("pack.py has the name of the pages' own package; give yours another")


def test_another_copy_is_not_judged(pages: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed under her file's name, or was compiled from older text, is not what she sees."""
    judged(pages, json=BOX)
    found = messages(by_page(pages, pages.root / "mine"))
    assert "import json finds " in found[0] and "another copy; rename yours, or uninstall that one" in found[0]


def test_what_was_compiled_before_counts_for_nothing(pages: Project) -> None:
    judged(pages, box=BOX.replace("+", "-"))
    file = pages.root / "mine" / "box.py"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([sys.executable, "-c", "import box"], cwd=file.parent, env=environment, check=True)
    stamp = file.stat()
    assert list(file.parent.glob("__pycache__/box.*"))
    file.write_text(BOX)
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert messages(by_page(pages, pages.root / "mine")) == []


@pytest.mark.thorough
def test_pytest_tells_it(pages: Project) -> None:
    judged(pages, box=BOX.replace("+ self.data", "+ 'b'"))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "pages/aa/a2.md",
        "--mine",
        "mine",
        "-q",
        "-rs",
    ]
    done = subprocess.run(command, cwd=pages.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pages/aa/a2.md:36: with mine, the page says aa, your code prints ab; see #run" in done.stdout
    assert "it is about the pages' own package" in done.stdout
    assert "the exercise of pages/aa/a2.md:61 is not in mine; write twice into mine/exercises/a2.py" in done.stdout
    (pages.root / "mine" / "box.py").write_text(BOX + TWICE)
    done = subprocess.run(command, cwd=pages.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    both = subprocess.run([*command, "--fix"], cwd=pages.root, capture_output=True, text=True, check=False)
    assert "--fix writes what our code prints; leave it out with --mine" in both.stderr
