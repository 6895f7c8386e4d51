"""Each name in inline code is a name of some code."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

PAGE = "# T {{#t}}\n\n```python\nimport numpy as np\n\nx = np.array(2)\n```\n\nSee {}.\n"


def _problems(project: Project, text: str) -> list[str]:
    file = project.root / "pyproject.toml"
    file.write_text(file.read_text().replace('["aa", "bb", "cc"]', '["aa"]') + 'code = ["lib"]\nnames = "names.toml"\n')
    (project.root / "names.toml").write_text('torch = ["torch.no_grad", "derivatives.yaml"]\n')
    (project.root / "lib").mkdir()
    (project.root / "lib" / "one.py").write_text("def own_name(first):\n    return first\n")
    project.write("a.md", PAGE.format(text), "aa")
    return project.problems("aa/a.md")


@pytest.mark.parametrize(
    "name", ["xx", "x.gard", "np.aray", "np.array(x).shpae", "own_nmae", "pritn(x)", "torch.no_gard", "Nonee"]
)
def test_a_misspelt_name_is_found(project: Project, name: str) -> None:
    [found] = _problems(project, f"`{name}`")
    assert found.startswith("pages/aa/a.md:9: ") and f"in `{name}` is a name of no code; mend it" in found


@pytest.mark.parametrize("file", ["derivative.yaml", "lib/tow.py", "lib/on.py", "a.toml"])
def test_a_file_that_is_nowhere_is_found(project: Project, file: str) -> None:
    [found] = _problems(project, f"`{file}`")
    name = file.rpartition("/")[2]
    assert f"{name} in `{file}` is a file of no code and of no page; mend it" in found


def test_names_that_are_there_pass(project: Project) -> None:
    text = (
        "`x`, `np.ones_like(x)`, `x.shape`, `own_name(first=x)`, `torch.no_grad()`, `print`, `lambda`, `'a word'`, "
        "`lib/one.py`, `a.md`, `a.py`, `derivatives.yaml`, `pyproject.toml`, `.quoted`, `pytest -m what`, `make all`"
    )
    assert _problems(project, text) == []
