"""Folders that continue one another build one program: its code so far, its package, its order."""

from __future__ import annotations

import pytest

from doccheck.base.settings import SettingsError, find_settings
from tests.support.sample_project import Project

FOLDERS = """
[[part]]
folder = "s1"

[[part]]
folder = "s2"
title = "what else it says is for others"
after = "s1"

[[part]]
folder = "s3"
after = "s2"
"""

ONE = """# One {#one}

```python title="box/one/core.py"
def base():
    return 1


def other():
    return 5
```
"""
TWO = """# Two {#two}

```python title="box/two/core.py"
def double():
    return 2 * base()
```

<!-- code so far -->

```python
print(double(), other())
```

```text { .output }
2 5
```
"""
THREE = """# Three {#three}

<!-- code so far -->

```python title="box/two/core.py" hl_lines="2"
def double():
    return 4 * base()
```

```diff
 def double():
-    return 2 * base()
+    return 4 * base()
```

```python
print(double(), base())
```

```text { .output }
4 1
```
"""
PACKAGE = {
    "one/core.py": "def base():\n    return 1\n\n\ndef other():\n    return 5\n",
    # a finished stage may have a definition of the one below once more, and pages need not list it again
    "two/core.py": "def base():\n    return 1\n\n\ndef double():\n    return 4 * base()\n",
}


@pytest.fixture
def program(project: Project) -> Project:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'folders = "folders.toml"\n')
    (project.root / "folders.toml").write_text(FOLDERS)
    project.write("s1/page1.md", ONE)
    project.write("s2/page1.md", TWO)
    project.write("s3/page1.md", THREE)
    for name, text in PACKAGE.items():
        file = project.root / "box" / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
    return project


def _package(program: Project, name: str, old: str, new: str) -> None:
    file = program.root / "box" / name
    file.write_text(file.read_text().replace(old, new))


def test_a_folder_continues_where_another_ends(program: Project) -> None:
    assert program.problems() == []


def test_without_the_file_each_folder_is_a_program_of_its_own(program: Project) -> None:
    (program.root / "folders.toml").write_text('[[part]]\nfolder = "s1"\n')
    problems = program.problems("aa/s2/page1.md")
    assert any("NameError: name 'base' is not defined" in problem for problem in problems)


def test_a_definition_is_compared_at_its_last_listing_in_all_folders(program: Project) -> None:
    """The second folder lists double otherwise than the package has it, the third as it is there."""
    _package(program, "two/core.py", "4 * base()", "5 * base()")
    assert program.problems() == [
        f"pages/{language}/s3/page1.md:6: this last listing of double differs from box/two/core.py:5; the page says "
        "'return 4 * base()', the package 'return 5 * base()'; `pytest docs --fix` writes it, if the package is right"
        for language in ("aa", "bb", "cc")
    ]


def test_the_package_of_an_earlier_folder_is_complete_at_its_end(program: Project) -> None:
    _package(program, "one/core.py", "return 5", "return 6")
    assert [p.split(";")[0] for p in program.problems("aa/s1/page1.md", "aa/s3/page1.md")] == [
        "pages/aa/s1/page1.md:8: this last listing of other differs from box/one/core.py:5"
    ]


def test_what_a_later_package_has_once_more_is_as_the_earlier_folder_listed_it(program: Project) -> None:
    _package(program, "two/core.py", "return 1", "return 3")
    assert program.problems("aa/s1/page1.md", "aa/s2/page1.md", "aa/s3/page1.md") == [
        "pages/aa/s3/page1.md:1: no page of this folder lists base of box/two/core.py:1, which differs from the listing "
        "in pages/aa/s1/page1.md:4; list it here as it is in the package"
    ]


def test_what_no_folder_lists_is_missing_in_the_last(program: Project) -> None:
    _package(program, "two/core.py", "def double", "def extra():\n    pass\n\n\ndef double")
    assert program.problems("aa/s2/page1.md", "aa/s3/page1.md") == [
        "pages/aa/s3/page1.md:1: no page of this folder lists extra of box/two/core.py:5; list it, or name it _extra"
    ]


def _unfinished(program: Project, *names: str) -> None:
    with (program.root / "folders.toml").open("a") as file:
        file.write(f"unfinished = {list(names)}\n")


def test_an_unfinished_folder_lists_only_some_of_the_package(program: Project) -> None:
    _package(program, "two/core.py", "def double", "def extra():\n    pass\n\n\ndef double")
    _unfinished(program)
    assert program.problems() == []


def test_what_pages_to_come_list_anew_may_differ_and_all_else_may_not(program: Project) -> None:
    _package(program, "two/core.py", "4 * base()", "5 * base()")
    _unfinished(program)
    assert [p.split(";")[0] for p in program.problems("aa/s3/page1.md")] == [
        "pages/aa/s3/page1.md:6: this last listing of double differs from box/two/core.py:5"
    ]
    (program.root / "folders.toml").write_text(FOLDERS)
    _unfinished(program, "double")
    assert program.problems() == []


def test_what_is_as_the_package_has_it_is_not_to_come(program: Project) -> None:
    _unfinished(program, "double")
    assert program.problems("aa/s3/page1.md") == [
        "pages/aa/s3/page1.md:6: double is as box/two/core.py has it, and yet it is said to be listed anew by a page to "
        "come; take it out of the folder's `unfinished`"
    ]


def test_the_imported_package_is_not_tried_on_pages_of_an_unfinished_folder(program: Project) -> None:
    _package(program, "two/core.py", "def double", "base = lambda: 10\n\n\ndef double")
    _unfinished(program)
    assert program.problems() == []


def test_the_imported_package_is_tried_where_its_files_are_finished(program: Project) -> None:
    """On the last page of the first folder and of the third; on the second the package has what is yet to come."""
    _package(program, "two/core.py", "def double", "base = lambda: 10\n\n\ndef double")
    assert program.problems() == [
        f"pages/{language}/s3/page1.md:21: with the package in place of the listings, the page says 4 1, the code "
        "prints 40 10; make the package do what the pages do"
        for language in ("aa", "bb", "cc")
    ]


def test_an_inherited_name_is_imported_from_where_the_program_goes_on(program: Project) -> None:
    _package(program, "one/core.py", "def other", "base = lambda: 10\n\n\ndef other")
    assert program.problems() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[part]]\nfolder = "b"\nafter = "a"\n', "b comes after 'a'; name a folder that stands above it"),
        (FOLDERS + '[[part]]\nfolder = "s4"\nafter = "s2"\n', "two folders come after 's2'"),
        ("[[part", "folders.toml', which cannot be read"),
    ],
)
def test_a_table_of_folders_that_makes_no_order_is_refused(program: Project, text: str, says: str) -> None:
    (program.root / "folders.toml").write_text(text)
    with pytest.raises(SettingsError, match=says):
        find_settings(program.root)
