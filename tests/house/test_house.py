"""The laws of the house: who may import whom, what the package needs, how large a file may grow."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import dezero_lite

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dezero_lite"


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import from the top, not with dots"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stage(name: str) -> int | None:
    found = re.search(r"dezero_lite[./]stage(\d)", name)
    return int(found[1]) if found else None


def test_a_stage_imports_only_stages_below_it() -> None:
    for path in PACKAGE.glob("stage*/**/*.py"):
        own = stage(path.as_posix())
        for name in imports(path):
            other = stage(name)
            assert other is None or other <= (own or 0), f"{path} imports {name}"


def test_stages_1_and_2_are_complete_without_another() -> None:
    """Who opens one of them must find what she has just typed."""
    for own in (1, 2):
        paths = list(PACKAGE.glob(f"stage{own}/**/*.py"))
        assert paths
        for path in paths:
            assert {stage(name) for name in imports(path)} <= {own, None}, path


def test_nothing_inside_imports_the_top_of_the_package() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path != PACKAGE / "__init__.py":
            tops = [n for n in imports(path) if n == "dezero_lite" or re.fullmatch(r"dezero_lite\.[A-Z]\w*", n)]
            assert not tops, f"{path} imports {tops}"


def test_the_top_of_the_package_is_the_finished_program() -> None:
    """Stages 3 to 5 are one program, so no name comes from an earlier one."""
    finished: dict[str, object] = {}
    for path in sorted(PACKAGE.glob("stage[3-5]")):
        module = importlib.import_module(f"dezero_lite.{path.name}")
        finished |= {name: getattr(module, name) for name in module.__all__}
    for name in set(dezero_lite.__all__) - {"__version__"}:
        assert getattr(dezero_lite, name) is finished[name]


def test_the_library_needs_numpy_alone() -> None:
    """What is optional is imported where it is used, within a function, and named in pyproject.toml as an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = {_name(need) for needs in project["optional-dependencies"].values() for need in needs}
    for path in PACKAGE.rglob("*.py"):
        module = ast.parse(path.read_text("utf-8"))
        for name in imports(path):
            top = name.split(".")[0]
            allowed = sys.stdlib_module_names | {"numpy", "dezero_lite"} | optional
            assert top in allowed, f"{path} imports {name}"
        for node in module.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                tops = {alias.name.split(".")[0] for alias in node.names}
                assert not tops & optional, f"{path} imports {tops & optional} although it is optional"


def test_doccheck_knows_nothing_of_the_library() -> None:
    for path in (ROOT / "doccheck").rglob("*.py"):
        assert "dezero" not in path.read_text("utf-8"), path


def test_figures_know_the_package_alone() -> None:
    """Neither the site nor what checks it: a figure can be drawn, and looked at, without them.

    One file asks doccheck what the program of a page is, for figures that show what it computes.
    """
    allowed = sys.stdlib_module_names | {"budoux", "contourpy", "dezero_lite", "figures", "numpy"}
    for path in (ROOT / "figures").rglob("*.py"):
        own = {"doccheck"} if path.name == "programs.py" else set()
        assert {name.split(".")[0] for name in imports(path)} <= allowed | own, path


def test_files_stay_small() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages >= {"benchmarks", "dezero_lite", "doccheck", "figures", "website"}
    for package in packages:
        for path in (ROOT / package).rglob("*.py"):
            assert len(path.read_text("utf-8").splitlines()) <= 340, path


def test_every_step_that_adds_code_has_tests_of_its_own() -> None:
    """So that `pytest -m step07` runs what step 7 is about. A page that lists a file of the package adds code."""
    pages = [p for p in (ROOT / "docs").glob("*/stage*/step*.md") if 'title="dezero_lite/' in p.read_text("utf-8")]
    assert pages
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "library").glob("stage*/test_*.py"))
    marked = set(re.findall(r"pytest\.mark\.(step\d\d)\b", tests))
    assert {page.stem for page in pages} - marked == set()


def test_importing_the_package_brings_numpy_threading_and_nothing_else() -> None:
    """Threads, because Config is each one's own; what draws graphs is imported where one is drawn."""
    code = (
        "import sys, numpy; before = set(sys.modules); import dezero_lite;"
        "print([m for m in sorted(set(sys.modules) - before) if not m.startswith(('dezero_lite', 'numpy', '__future__'))])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['threading']\n"


def test_the_wheel_holds_the_library_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(n for n in names if n.endswith("METADATA"))).decode()
    assert "dezero_lite/py.typed" in names
    assert "dezero_lite/stage1/core.py" in names
    for data in ("digits", "sunspots"):
        assert {f"dezero_lite/data/{data}.npz", f"dezero_lite/data/{data}.md"} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dezero_lite"}
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    assert [_name(line.removeprefix("Requires-Dist: ")) for line in needed if "extra ==" not in line] == ["numpy"]


def test_the_locked_versions_are_those_that_the_groups_name() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    named = [need.split("==") for name in ("pages", "library", "docs", "test") for need in groups[name] if "==" in need]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    locked = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert len(locked) > len(named)
    assert not [line for line in lines if "/" in line or "@" in line], "names and versions, but no addresses"
    for name, version in named:
        if name != "numpy":
            assert {_plain(key): value for key, value in locked.items()}[_plain(name)] == version, name


def _name(need: str) -> str:
    """What a requirement is for: of "numpy>=2.0", numpy."""
    return re.split(r"[ >=<;]", need)[0]


def _plain(name: str) -> str:
    """A distribution's name as installers compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
