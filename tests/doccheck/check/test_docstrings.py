"""What docstrings show to readers is run and compared, by `pytest docs` and by a build."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from doccheck.base.settings import Settings, find_settings
from doccheck.check.docstrings import check_docstrings
from doccheck.faces import mkdocs_hook
from doccheck.faces.site_state import Site
from tests.support.sample_project import Project

HEAD = 'def double(x):\n    """Return it twice.\n\n    '
TAIL = '\n    """\n    return 2 * x\n'


def _problems(root: Path, docstring: str, package: str = "lib_of_docstrings", begin: str = "") -> list[str]:
    (root / package).mkdir(exist_ok=True)
    (root / package / "__init__.py").write_text(f'"""A package.\n\n>>> double(4)\n8\n"""\n\n\n{HEAD}{docstring}{TAIL}')
    settings = Settings(root, root / "docs", docstrings=(root / package,), timeout=20.0, examples_begin=begin)
    return [str(problem) for problem in check_docstrings(settings, exact=True)]


@pytest.mark.parametrize(
    ("docstring", "line", "says"),
    [
        ("log(2.0) is 7.5.", 11, "the docstring states 2.0, which no example shows"),
        ("About ¾ of it.", 11, "the docstring states 3⁄4, which no example shows"),
        (">>> double(0.75)\n    1.25", 12, "the docstring says 1.25, its example prints 1.5"),
        (">>> double(0.75)", 12, "the docstring says nothing, its example prints 1.5"),
        (">>> x = double(3)\n    6", 12, "the docstring says 6, its example prints nothing"),
        (
            ">>> for i in range(2):\n    ...     print(i)\n    0\n    2",
            14,
            "the docstring says 2, its example prints 1",
        ),
        (">>> double(a)\n    2", 12, "its example prints NameError: name 'a' is not defined"),
        (
            ">>> double()\n    Traceback (most recent call last):\n    TypeError: no",
            12,
            "its example prints TypeError: double() missing 1 required positional argument: 'x'",
        ),
        (
            ">>> double(0.75)  # doctest: +SKIP\n    1.25",
            11,
            "an option of doctest lets this example show something else",
        ),
    ],
)
def test_what_a_docstring_states_wrongly_is_found(tmp_path: Path, docstring: str, line: int, says: str) -> None:
    found = _problems(tmp_path, docstring)
    assert any(one.startswith(f"lib_of_docstrings/__init__.py:{line}: ") and says in one for one in found), found


def test_what_is_shown_passes(tmp_path: Path) -> None:
    docstring = (
        "Twice 0.75 is 1.5.\n\n    >>> double(0.75)\n    1.5\n    >>> double()\n    Traceback (most recent call last):\n"
        "    TypeError: double() missing 1 required positional argument: 'x'\n\n    Source: a book (2.5),\n    page 1.5."
    )
    assert _problems(tmp_path, docstring) == []


def test_what_begins_examples_is_all_that_they_know_besides_their_own_file(tmp_path: Path) -> None:
    begin = "from fractions import Fraction as Part"
    known = ">>> double(Part(1, 4))\n    Fraction(1, 2)"
    assert _problems(tmp_path, known, begin=begin) == []
    assert "name 'Part' is not defined" in _problems(tmp_path, known)[0]
    imports = ">>> from math import pi\n\n    >>> double(pi)"  # so that it stands in the docstring, and not in the file
    assert "prints 6.28" in _problems(tmp_path, imports, begin=begin)[0]
    file = tmp_path / "lib_of_docstrings" / "__init__.py"
    _problems(tmp_path, ">>> tau > 6\n    True")
    file.write_text(file.read_text() + "\n\nfrom math import tau\n")
    settings = Settings(tmp_path, tmp_path / "docs", docstrings=(file.parent,), timeout=20.0)
    assert check_docstrings(settings, exact=True) == []
    [found] = check_docstrings(replace(settings, examples_begin=begin), exact=True)
    assert "name 'tau' is not defined" in str(found)


@pytest.mark.parametrize(
    ("code", "says"), [("import nothing_there", "No module named"), ("raise SystemExit(3)", "do not run")]
)
def test_a_package_that_does_not_run_is_said(tmp_path: Path, code: str, says: str) -> None:
    _problems(tmp_path, "A word.")
    file = tmp_path / "lib_of_docstrings" / "__init__.py"
    file.write_text(file.read_text() + code + "\n")
    settings = Settings(tmp_path, tmp_path / "docs", docstrings=(file.parent,), timeout=20.0)
    [found] = check_docstrings(settings, exact=True)
    assert says in str(found)


@pytest.mark.parametrize(
    ("code", "line", "why"),
    [
        (b"x = 1\n\n\ndeff f():\n    pass\n", 4, "invalid syntax"),
        (b"x = '\xe9'\n", 0, "'utf-8' codec can't encode character"),
        (b"x = " + b"-" * 3000 + b"1\n", 0, "maximum recursion depth exceeded"),
    ],
)
def test_a_slip_in_a_file_of_the_package_is_told_with_its_line(
    project: Project, code: bytes, line: int, why: str
) -> None:
    (project.root / "box").mkdir()
    (project.root / "box" / "m.py").write_bytes(code)
    settings = Settings(project.root, project.root / "pages", docstrings=(project.root / "box",))
    [found] = check_docstrings(settings, exact=True)
    assert str(found).startswith(f"box/m.py:{line or 1}: this file is not valid Python: {why}")
    project.write("s/a.md", '# A {#a}\n\n```python title="box/m.py"\ndef f():\n    pass\n```\n')
    where = f"box/m.py:{line}" if line else "box/m.py"
    assert [text.partition(" cannot be read: ")[0] for text in project.problems()] == [
        f"pages/{language}/s/a.md:1: {where}" for language in ("aa", "bb", "cc")
    ]


def test_pytest_asks_for_them_with_all_pages(project: Project) -> None:
    project.write("a.md", "# T {#t}\n\nA word.\n")
    file = project.root / "pyproject.toml"
    file.write_text(file.read_text() + 'docstrings = ["lib_of_docstrings"]\n')
    _problems(project.root, "It is 7.5.")
    command = [sys.executable, "-m", "pytest", "pages", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert "lib_of_docstrings/__init__.py:11: the docstring states 7.5" in done.stdout and done.returncode == 1
    one = subprocess.run([*command[:3], "pages/aa", *command[4:]], cwd=project.root, capture_output=True, check=False)
    assert one.returncode == 0


def test_a_build_fails_with_them(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.md", "# T {#t}\n\nA word.\n")
    file = project.root / "pyproject.toml"
    file.write_text(file.read_text() + 'docstrings = ["lib_of_docstrings"]\n')
    _problems(project.root, "It is 7.5.")
    monkeypatch.setattr(mkdocs_hook, "SITE", Site())
    config = MkDocsConfig(str(project.root / "mkdocs.yml"))
    config.docs_dir = str(project.root / "pages")
    with pytest.raises(PluginError, match=r"__init__\.py:11: the docstring states 7\.5"):
        mkdocs_hook.on_pre_build(config)


def test_our_own_package_is_asked_about_and_has_examples() -> None:
    settings = find_settings(Path(__file__).parent)
    assert settings.docstrings == (settings.root / "dezero_lite",)
    assert any(">>>" in path.read_text("utf-8") for path in settings.docstrings[0].rglob("*.py"))
