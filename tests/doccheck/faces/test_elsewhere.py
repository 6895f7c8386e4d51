"""Pages, --fix and a build on a system without fork, signals, symbolic links and resource: on Windows, in short."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import doccheck
from tests.doccheck.faces.test_mkdocs import CONFIG
from tests.support.elsewhere import run_elsewhere
from tests.support.notebook_builder import code, notebook, prose, value
from tests.support.sample_project import Project

PAGE = """# T {#t}

```python
import os
import signal
import subprocess
import sys

here = [hasattr(os, "fork"), hasattr(os, "killpg"), sys.modules["resource"], hasattr(signal, "SIGALRM")]
print(here)
xs = [1, 2, 3]
```

```text { .output }
[False, False, None, False]
```

The last one is `3`{ data-expr="xs.pop()" }, and so it is here: `3`{ data-expr="xs.pop()" }.

```python
xs.append(4)
print(xs)
```

```text { .output }
[1, 2, 3, 4]
```

Now it is `4`{ data-expr="xs.pop()" } of `[1, 2, 3, 4]`{ data-expr="xs" }.

```python
1 / 0
```

```text { .error }
ZeroDivisionError: division by zero
```

```console
$ python a.py
[False, False, None, False]
[1, 2, 3, 4]
ZeroDivisionError: division by zero
```
"""
LISTING = """# L {#l}

```python title="m.py"
def f():
    return 2.0
```

`2.0`{ data-expr="f()" }
"""
SO_FAR = """# S {#s}

<!-- code so far -->

`3.0`{ data-expr="f() + 1" }
"""
POP = '<span data-expr="x.pop()">`1.0`</span>'
LAB = notebook(
    prose('# T <a id="t"></a>'),
    code("x = [1.0]\nx", value("[1.0]")),
    prose(f"It is {POP}, and still {POP}."),
)


@pytest.fixture
def pages(project: Project) -> Project:
    project.write("a.md", PAGE)
    project.write("s/1.md", LISTING)
    project.write("s/2.md", SO_FAR)
    (project.root / "m.py").write_text("def f():\n    return 2.0\n")
    return project


PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:xdist", "pages")


# what the page says, and what somebody has written in its place
SLIPS = [("\n[1, 2, 3, 4]\n", "\n[1, 2]\n"), ("`4`", "`7`"), ("by zero\n```\n\n", "by one\n```\n\n")]


def test_pages(pages: Project) -> None:
    """Each value is computed where no other one has changed anything, as everywhere."""
    code_, said = run_elsewhere(pages.root, *PYTEST)
    assert code_ == 0, said


@pytest.mark.parametrize(
    "slips",
    [
        pytest.param(SLIPS, id="all"),
        *(
            pytest.param([slip], id=name, marks=pytest.mark.thorough)
            for name, slip in zip(("output", "value", "error"), SLIPS, strict=True)
        ),
    ],
)
def test_fix(pages: Project, slips: list[tuple[str, str]]) -> None:
    wrong = PAGE
    for old, new in slips:
        assert old in PAGE
        wrong = wrong.replace(old, new)
    pages.write("a.md", wrong, "bb")
    code_, said = run_elsewhere(pages.root, *PYTEST, "--fix")
    assert code_ == 0, said
    assert pages.path("bb/a.md").read_text() == PAGE


@pytest.mark.thorough  # it waits; test_isolation has others of its kind
def test_an_endless_value_ends(project: Project) -> None:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("timeout = 20", "timeout = 4"))
    project.write(
        "b.md",
        '# B {#b}\n\n```python\nx = 1\n```\n\n`1`{ data-expr="[x for _ in iter(int, 2)]" } `1`{ data-expr="x" }\n',
    )
    code_, said = run_elsewhere(project.root, *PYTEST)
    assert code_ == 1
    assert said.count("is still running after 4 seconds; a page must come to its end") == 3
    assert "x is " not in said


@pytest.mark.thorough
def test_a_notebook(project: Project) -> None:
    project.write("a.ipynb", LAB)
    code_, said = run_elsewhere(project.root, *PYTEST)
    assert code_ == 0, said


@pytest.mark.thorough
def test_a_build(pages: Project) -> None:
    (pages.root / "mkdocs.yml").write_text(CONFIG)
    code_, said = run_elsewhere(pages.root, "-m", "mkdocs", "build", "--strict")
    assert code_ == 0, said
    assert (pages.root / "site" / "aa" / "a.html").exists()


def test_the_project_is_installed_without_links(pages: Project, tmp_path: Path) -> None:
    """Links ask for a right on Windows."""
    from doccheck.run.child.checkout import _link_one

    source = tmp_path / "source"
    (source / "inner").mkdir(parents=True)
    (source / "inner" / "a.py").write_text("x = 1\n")
    script = f"from pathlib import Path; from {_link_one.__module__} import _link_one as link; source = Path({str(source)!r})\n"
    script += "link(source, Path('folder')); link(source / 'inner' / 'a.py', Path('file'))\n"
    script += "assert not Path('folder').is_symlink()\nprint(Path('folder/inner/a.py').read_text() + Path('file').read_text())"
    assert run_elsewhere(pages.root, "-c", script) == (0, "x = 1\nx = 1\n\n")


def test_what_only_posix_has_stands_where_its_absence_is_provided_for() -> None:
    """`apart` is asked only where there is fork."""
    rare = {
        "fork",
        "killpg",
        "pread",
        "setsid",
        "waitpid",
        "SIGKILL",
        "SIGALRM",
        "getuid",
        "symlink",
        "mkfifo",
        "resource",
        "fcntl",
    }
    house = Path(doccheck.__file__).parent
    found = set()
    for path in house.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = {
                getattr(node, "attr", None),
                *(alias.name for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)),
            }
            if named & rare:
                found.add(path.relative_to(house).as_posix())
    # in the second, resource may be missing
    assert found == {"run/child/apart.py", "run/child/__main__.py"}
