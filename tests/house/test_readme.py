"""The README's commands are the same on every system, and what it says holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib

import pytest

from tests.support.site_facts import ROOT
from website.tools.readme_picture import FILE, picture

README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# PowerShell 5 has no &&; in a table, a pipe would end the cell
ROWS = re.findall(r"(?m)^\| [^|]*\| `(py [^|`]+|\.venv\\[^|`]+)` \| `([^|`]+)` \|$", README)


@pytest.mark.parametrize(("windows", "elsewhere"), ROWS)
def test_a_command_is_the_same_on_every_system(windows: str, elsewhere: str) -> None:
    there = windows.replace(".venv\\Scripts\\", ".venv/bin/")
    assert re.sub(r"^py ", "python3 ", there) == elsewhere
    assert not set(windows) & set("&;|<>$'\"")


def test_the_commands_are_all_that_make_would_do() -> None:
    elsewhere = [command for _, command in ROWS]
    assert elsewhere[0] == "python3 -m venv .venv"
    assert {command.split()[0] for command in elsewhere[3:]} == {
        f".venv/bin/{n}" for n in ("mkdocs", "ruff", "mypy", "pytest")
    }
    assert "test" in PROJECT["dependency-groups"]
    assert (ROOT / "constraints.txt").is_file()


def test_pytest_begins_where_asserts_are_switched_off() -> None:
    """It warns there, of what does not concern pages; warnings are errors here."""
    command = [sys.executable, "-m", "pytest", "--markers", "--noconftest"]
    env = os.environ | {"PYTHONOPTIMIZE": "2"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_python_that_is_named_is_the_one_that_is_needed() -> None:
    (named,) = re.findall(r'Python <span class="quoted">`([\d.]+)`</span> or newer', README)
    assert f">={named}" == PROJECT["project"]["requires-python"]


def test_the_newest_python_is_the_one_that_make_knows() -> None:
    (unbuilt,) = re.findall(r"sys\.version_info >= \(3, (\d+)\)\)' \|\|", MAKEFILE)
    named = re.findall(r'<span class="quoted">`3\.(\d+)`</span>', README[README.index("## Without make") :])
    assert named == [unbuilt] * 3
    assert re.findall(r"`py -3\.(\d+) -m venv \.venv`", README) == [str(int(unbuilt) - 1)] * 3


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "doccheck/README.md", "benchmarks/README.md"])
def test_no_mark_of_the_site_is_read_where_no_site_is_built(name: str) -> None:
    """GitHub shows these pages, and knows no attributes in braces."""
    text = (ROOT / name).read_text("utf-8")
    text = re.sub(r"(?ms)^```.*?^```$", "", text)
    assert re.findall(r"`\{ [.#]", text) == []


def test_the_picture_is_what_the_figure_gives() -> None:
    assert FILE.read_text("utf-8") == picture(), "python -m website.tools.readme_picture draws it anew"
    assert FILE.relative_to(ROOT).as_posix() in README
