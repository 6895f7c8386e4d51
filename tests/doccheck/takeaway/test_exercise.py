"""The file of an exercise: what it brings along, and what it answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.page.exercises import find_exercises
from doccheck.takeaway import exercise as module
from doccheck.takeaway.exercise import WORDS, exercise_script
from doccheck.takeaway.notebook import notebook
from tests.support.sample_project import Project

FIRST = """# One {#one}

```python title="m.py"
import math


class Box:
    size = 1


def set_up():
    Box.__len__ = lambda self: self.size
```
"""
PAGE = """# Two {#two}

<!-- code so far -->

```python
import operator
import random

limit = 2
limit = 3
unused = random.random()
print(limit)
set_up()
```

```text { .output }
3
```

```python { .exercise }
def twice(box):
    return ...
```

```python { .check }
box = Box()
assert twice(box) != limit, f"{limit} is one too many."
try:
    assert twice(box) == operator.mul(len(box), 2), "Twice."
except TypeError as error:
    raise AssertionError("No numbers.") from error
```

<!-- wrong answers

```text { .error }
AssertionError: Twice.
```

```python { .wrong }
def twice(box):
    return 3
```

```text { .error }
AssertionError: 3 is one too many.
```

```python { .wrong }
def twice(box):
    return len(box) + None
```

```text { .error }
TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'
```

```python { .wrong }
class Odd:
    def __ne__(self, other):
        return True

    def __eq__(self, other):
        return 1 + None


def twice(box):
    return Odd()
```

```text { .error }
AssertionError: No numbers.
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
    return 2 * len(box)


box = Box()
print(twice(box))
```

```text { .output }
2
```

</details>
"""


@pytest.fixture
def made(project: Project) -> str:
    project.write("a1.md", FIRST)
    project.write("a2.md", PAGE)
    (project.root / "m.py").write_text(FIRST.split("```")[1].partition("\n")[2])
    assert project.problems() == []
    book = Book(find_settings(project.root))
    path = project.path("aa/a2.md")
    page = book.page(path)
    return exercise_script(page, book.earlier(path), find_exercises(page)[0])


def run(text: str, folder: Path) -> tuple[int, str, str]:
    file = folder / "exercise.py"
    file.write_text(text, "utf-8")
    done = subprocess.run([sys.executable, file], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_it_brings_what_is_asked_for_and_nothing_else(made: str) -> None:
    so_far = made.partition("_answer_in_words")[0]
    assert so_far.partition("# --- The code so far ---")[2].split("\n") == [
        *["", "", "import operator", "", "", "import math", "", "", "class Box:", "    size = 1", "", ""],
        *["def set_up():", "    Box.__len__ = lambda self: self.size", "", "", "limit = 3", "", "", "set_up()"],
        *["", "", "def "],
    ]


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        ("return 2 * len(box)", 0, "Passed."),
        ("return 3", 1, "3 is one too many."),
        ("return 4", 1, "Twice."),
        ("while ...:\n        pass", 1, "Line {line}: there is still a hole (...)."),
        ("return [2 * len(box)][0 if [0][...:][0:0] else 0]", 1, ""),
    ],
)
def test_it_answers_in_words(made: str, tmp_path: Path, answer: str, code: int, says: str) -> None:
    text = made.replace("return ...", answer)
    line = text[: text.index("while ...")].count("\n") + 1 if "while ..." in text else 0
    got, printed, errors = run(text, tmp_path)
    assert (got, printed) == (code, says.format(line=line))
    assert ("TypeError: slice indices" in errors) == (says == "")  # a hole in an index is none


def test_it_shows_the_error_behind_a_sentence(made: str, tmp_path: Path) -> None:
    odd = "return type('Odd', (), {'__eq__': lambda *_: 1 + None, '__ne__': lambda *_: True})()"
    code, printed, errors = run(made.replace("return ...", odd), tmp_path)
    cause = "(TypeError: unsupported operand type(s) for +: 'int' and 'NoneType')"
    assert (code, printed.split("\n"), errors) == (1, ["No numbers.", cause], "")


def test_it_does_not_run_for_ever(made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"threading.Timer({module.SECONDS}, stop)" in made
    text = made.replace(f"Timer({module.SECONDS},", "Timer(1,").replace("return ...", "while True: pass")
    assert run(text, tmp_path) == (1, WORDS["exercise_slow"].format(seconds=module.SECONDS), "")


def test_it_speaks_the_language_of_the_page(project: Project, made: str, tmp_path: Path) -> None:
    book = Book(find_settings(project.root))
    path = project.path("aa/a2.md")
    page = book.page(path)
    words = {key: f"{text} 値" for key, text in WORDS.items()}
    text = exercise_script(page, book.earlier(path), find_exercises(page)[0], words)
    assert "# --- What the check asks 値 ---" in text
    file = tmp_path / "exercise.py"
    file.write_text(text.replace("return ...", "return 2 * len(box)"), "utf-8")
    for encoding, shown in [("utf-8", "Passed. 値"), ("ascii", "Passed. ?")]:
        environment = {"PYTHONIOENCODING": encoding, "PATH": ""}
        done = subprocess.run([sys.executable, file], env=environment, capture_output=True, check=True)
        assert done.stdout.decode("utf-8").strip() == shown


def test_a_notebook_has_start_and_check_as_cells(project: Project, made: str) -> None:
    book = Book(find_settings(project.root))
    path = project.path("aa/a2.md")
    cells = notebook(book.page(path), book.earlier(path), "Good.").cells
    start, check = (cell for cell in cells if cell.metadata.get("tags"))
    assert (start.metadata.tags, check.metadata.tags) == (["exercise"], ["check", "raises-exception"])
    assert start.source.endswith("return ...") and check.source.endswith("print('Good.')")
    assert check.outputs[0].evalue == "Twice."  # what the check says to the start
    assert "return 3" not in str(cells) and "wrong answers" not in str(cells)
