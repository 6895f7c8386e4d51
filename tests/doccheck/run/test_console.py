"""Console fences run in a throw-away folder; what differs between machines is written in one visible way."""

from __future__ import annotations

import pytest

from doccheck import check_text
from doccheck.base.settings import SettingsError, find_settings
from doccheck.run.child.console import uniform
from tests.support.sample_project import Project

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
$ python -c "import os; print(os.getcwd())"
…
$ python --version
Python x.y.z
$ python -c "import sys; print('passed in 0.12s'); print('b', file=sys.stderr); print('c')"
passed in 0.00s
b
c
$ python -c "exit(1)"
(exit code 1)
$ python -c "print('no line end', end='')"
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
        (
            "\npassed in 0.00s",
            "\npassed in 0.12s",
            21,
            "the page says passed in 0.12s, the code prints passed in 0.00s",
        ),
        (
            "(exit code 1)\n",
            "",
            25,
            "the page says $ python -c \"print('no line end', end='')\", the code prints (exit",
        ),
        ("$ python page.py", "python page.py", 13, "a console fence begins with a command; write it behind '$ '"),
    ],
)
def test_wrong_console_fences(old: str, new: str, line: int, message: str) -> None:
    found = check_text(PAGE.replace(old, new))
    assert len(found) == 1, found
    assert found[0].startswith(f"page.md:{line}: {message}")


def test_fix_writes_the_output(project: Project) -> None:
    page = "# T {#t}\n\n" + PAGE.replace("\n…", "\n/tmp/x").replace("page.py", "a.py")
    project.write("a.md", page)
    assert project.problems(fix=True) == []
    assert project.path("bb/a.md").read_text() == "# T {#t}\n\n" + PAGE.replace("page.py", "a.py")


TRIAL = "```console\n$ {}\n```\n"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (
            "python a.py | tail -n 1",
            "not every shell understands | in a command; use Python, or double quotes around it",
        ),
        ("python a.py 2>&1", "not every shell understands > in a command; use Python, or double quotes around it"),
        ("python a.py; python b.py", "not every shell understands ; in a command"),
        ("python a.py && python b.py", "not every shell understands & in a command"),
        ("python -c 'print(1)'", "not every shell understands ' in a command"),
        ("python *.py", "not every shell understands * in a command"),
        ('python -c "print($HOME)"', "not every shell understands $ in a command"),
        ('python -c "print(\\"a\\")"', "not every shell understands \\ in a command"),
        (
            "rm a.py",
            "not every system has rm; use one of jupyter, mkdocs, pip, pytest, python, or Python in an example",
        ),
        ("ls", "not every system has ls; use one of"),
        ("trial/bin/python a.py", "on Windows trial/bin/python is trial\\Scripts\\python; say so on the page"),
        ('python -c "print(1)', "'python -c \"print(1)' is not a command; close the quotes"),
    ],
)
def test_what_not_everybody_can_type_is_refused(command: str, message: str) -> None:
    (found,) = check_text("Text.\n\n" + TRIAL.format(command))
    assert found.startswith(f"page.md:4: {message}")


def test_a_page_may_say_what_windows_writes(project: Project) -> None:
    page = "# T {#t}\n\nOn Windows `trial\\Scripts\\python`.\n\n```console\n$ python -m venv --without-pip trial\n"
    project.write("a.md", page + '$ trial/bin/python -c "print(1)"\n1\n```\n')
    assert project.problems() == []


def test_a_program_that_is_not_there() -> None:
    text = "Or `trial\\Scripts\\python`.\n\n" + TRIAL.format("trial/bin/python a.py")
    assert check_text(text) == [
        "page.md:3: the commands cannot run: FileNotFoundError: there is no program trial/bin/python; "
        "fix them or the example above"
    ]


def test_what_differs_between_machines_is_written_in_one_way() -> None:
    text = "/tmp/doccheck-1\\a.py in /tmp: Ran 3 tests in 1.25s, pytest-9.2.0, 12 s, 3 tests, 1.5 metres"
    assert uniform(text, ["/tmp", "/tmp/doccheck-1"]) == (
        "…/a.py in …: Ran 3 tests in 0.00s, pytest-x.y.z, 0.00s, 3 tests, 1.5 metres"
    )


# The project itself, installed as a reader would

INSTALL = """# T {#t}

On Windows it is `trial\\Scripts\\python`.

```console
$ python -m venv --without-pip trial
$ python -m pip --python trial install --quiet ./box-checkout
$ trial/bin/python -c "import box, numpy; print(box.SIZE)"
2
```
"""
METADATA = """
[project]
name = "box"
version = "1.0"
dependencies = ["numpy"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
"""


@pytest.fixture
def box(project: Project) -> Project:
    """A project that a page can install."""
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'checkout = "box-checkout"\n' + METADATA)
    (project.root / "box").mkdir()
    (project.root / "box" / "__init__.py").write_text("SIZE = 2\n")
    return project


def test_a_console_fence_installs_the_project_without_a_network(box: Project) -> None:
    box.write("a.md", INSTALL)
    before = sorted(box.root.rglob("*"))
    assert box.problems() == []
    assert sorted(box.root.rglob("*")) == before


def test_without_the_installation_there_is_no_project(box: Project) -> None:
    """Nor does the folder of the project, where pages run from, help out."""
    install = "$ python -m pip --python trial install --quiet ./box-checkout\n"
    box.write("a.md", INSTALL.replace(install, LIST))
    found = box.problems("aa/a.md")
    assert len(found) == 1
    assert found[0].startswith("pages/aa/a.md:10: the page says 2, the code prints Traceback (most recent call last):")


LIST = """$ python -c "import os; print(sorted(os.listdir('box-checkout')))"
['box', 'pages', 'pyproject.toml']
"""


def test_an_installation_beside_doccheck_does_not_help_out(box: Project) -> None:
    """The project is taken for Sybil here, which is installed; the other packages stay visible."""
    settings = box.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('name = "box"', 'name = "sybil"'))
    script = "from importlib.metadata import distributions as d; n = {x.name for x in d()}; print('pytest' in n, 'sybil' in n)"
    trial = f'$ python -m venv --without-pip trial\n$ trial/bin/python -c "{script}"\nTrue False\n'
    box.write("a.md", INSTALL[: INSTALL.index("$")] + f"{trial}{LIST}```\n")
    assert box.problems("aa/a.md") == []


def test_the_checkout_needs_a_plain_name(project: Project) -> None:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'checkout = "../box"\n')
    with pytest.raises(SettingsError) as caught:
        find_settings(project.root)
    assert str(caught.value) == (
        "[tool.doccheck] has checkout = '../box'; it is the name of a folder, such as 'project'"
    )
