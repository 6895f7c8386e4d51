"""Console fences run in a throw-away folder; what differs between machines is written in one visible way."""

from __future__ import annotations

import pytest
from foreign import Project

from doccheck import check_text
from doccheck.console import uniform

PAGE = """```python
def f(x):
    return 2 * x


print(f(1))
```

```text { .output }
2
```

```console
$ python page.py
2
$ pwd
…
$ python --version
Python x.y.z
$ echo 'passed in 0.12s'; echo b >&2
passed in 0.00s
b
$ false
(exit code 1)
$ printf 'no line end'
no line end
```
"""


def test_commands_run_and_are_compared() -> None:
    assert check_text(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("\n2\n$", "\n3\n$", 15, "the page says 3, the code prints 2; `pytest docs --fix` writes it"),
        ("Python x.y.z", "Python 3.11.7", 19, "the page says Python 3.11.7, the code prints Python x.y.z"),
        ("passed in 0.00s", "passed in 0.12s", 21, "the page says passed in 0.12s, the code prints passed in 0.00s"),
        ("(exit code 1)\n", "", 24, "the page says $ printf 'no line end', the code prints (exit code 1)"),
        ("$ python page.py", "python page.py", 13, "a console fence begins with a command; write it behind a dollar"),
    ],
)
def test_wrong_console_fences(old: str, new: str, line: int, message: str) -> None:
    found = check_text(PAGE.replace(old, new))
    assert len(found) == 1, found
    assert found[0].startswith(f"page.md:{line}: {message}")


def test_fix_writes_the_output(project: Project) -> None:
    page = "# T {#t}\n\n" + PAGE.replace("pwd\n…", "pwd\n/tmp/x").replace("page.py", "a.py")
    project.write("a.md", page)
    assert project.problems(fix=True) == []
    assert project.path("bb/a.md").read_text() == "# T {#t}\n\n" + PAGE.replace("page.py", "a.py")


def test_what_differs_between_machines_is_written_in_one_way() -> None:
    text = "/tmp/doccheck-1/a.py in /tmp: Ran 3 tests in 1.25s, pytest-9.2.0, 12 s, 3 tests, 1.5 metres"
    assert uniform(text, ["/tmp", "/tmp/doccheck-1"]) == (
        "…/a.py in …: Ran 3 tests in 0.00s, pytest-x.y.z, 0.00s, 3 tests, 1.5 metres"
    )
