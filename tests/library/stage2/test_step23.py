"""Step 23: the pages' own listings, put into files with the first lines that the page gives, are a package."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LISTING = re.compile(r'^```python title="dezero_lite/stage2/(?P<module>\w+)\.py".*?\n(?P<code>.*?)^```', re.M | re.S)
GOLDSTEIN = """
import numpy as np
from my_dezero import Variable

x, y = Variable(np.array(1.0)), Variable(np.array(1.0))
left = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
right = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
(left * right).backward()
print(x.grad, y.grad)
"""


def typed(language: str) -> dict[str, str]:
    """The last listing of each definition of steps 11 to 22, in its file, as somebody has typed them."""
    found: dict[str, dict[str, str]] = {"core": {}, "functions": {}, "operators": {}}
    for path in sorted((ROOT / "docs" / language / "stage2").glob("step*.md")):
        for listing in LISTING.finditer(path.read_text("utf-8")):
            lines = listing["code"].splitlines()
            for node in ast.parse(listing["code"]).body:
                if isinstance(node, ast.ClassDef | ast.FunctionDef):
                    first = min([node.lineno, *[decorator.lineno for decorator in node.decorator_list]])
                    found[listing["module"]][node.name] = "\n".join(lines[first - 1 : node.end_lineno])
    return {name: "\n\n\n".join(sources.values()) + "\n" for name, sources in found.items()}


def texts_of_step_23(language: str) -> dict[str, str]:
    """What the page's program calls first_lines and init."""
    page = (ROOT / "docs" / language / "stage2" / "step23.md").read_text("utf-8")
    texts = {}
    for block in page.split("```python\n")[1:]:
        for node in ast.parse(block.split("```")[0]).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                texts[ast.unparse(node.targets[0])] = str(node.value.value)
    return texts


def run_with(folder: Path, language: str, *, first_lines: bool) -> subprocess.CompletedProcess[str]:
    package = folder / "my_dezero"
    package.mkdir()
    texts = texts_of_step_23(language)
    for name, definitions in typed(language).items():
        head = texts[f"first_lines['{name}']"] + "\n\n" if first_lines else ""
        (package / f"{name}.py").write_text(head + definitions, "utf-8")
    (package / "__init__.py").write_text(texts["init"], "utf-8")
    command = [sys.executable, "-c", GOLDSTEIN]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("language", ["ja", "ko", "en"])
def test_the_listings_with_the_first_lines_of_step_23_are_a_package(tmp_path: Path, language: str) -> None:
    done = run_with(tmp_path, language, first_lines=True)
    assert (done.stdout, done.stderr) == ("-5376.0 8064.0\n", "")


def test_without_the_first_lines_they_are_none(tmp_path: Path) -> None:
    assert "NameError" in run_with(tmp_path, "en", first_lines=False).stderr
