"""Two lanes: which tests run when, and what the Makefile says of itself."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import LONGEST, pytest_collection_modifyitems, pytest_terminal_summary
from tests.support.browser import MISSING
from tests.support.site_facts import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"(?m)^([a-z]+):(?!=)(.*)$", MAKEFILE)


class Item:
    """As much of a test as the lanes look at."""

    def __init__(self, path: str, *marks: str) -> None:
        self.path, self.marks = ROOT / path, set(marks)

    def add_marker(self, name: str) -> None:
        self.marks.add(name)

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None


@pytest.mark.parametrize(
    ("arguments", "options", "kept"),
    [
        (["tests"], {}, ["test_graph.py", "test_access.py"]),
        ([], {}, ["test_graph.py", "test_access.py"]),
        (["tests"], {"markexpr": "step14"}, ["test_graph.py", "test_access.py"]),
        (["tests"], {"thorough": True}, ["test_graph.py", "test_access.py", "test_print.py", "test_attack.py"]),
        (["tests"], {"markexpr": "thorough"}, ["test_graph.py", "test_access.py", "test_print.py", "test_attack.py"]),
        (["tests/thorough"], {}, ["test_graph.py", "test_access.py", "test_attack.py"]),
        (["tests/site/browser/test_print.py::test_a"], {}, ["test_graph.py", "test_access.py", "test_print.py"]),
    ],
)
def test_a_thorough_test_runs_where_somebody_asks_for_it(
    arguments: list[str], options: dict[str, Any], kept: list[str]
) -> None:
    items: Any = [
        Item("tests/library/stage2/test_graph.py", "step14"),
        Item("tests/site/browser/test_access.py", "browser"),
        Item("tests/site/browser/test_print.py", "browser", "thorough"),
        Item("tests/thorough/test_attack.py"),
    ]
    left_out: list[Any] = []
    config: Any = SimpleNamespace(
        getoption=lambda name, default=None: options.get(name, default),
        option=SimpleNamespace(**{"thorough": False, "markexpr": "", **options}),
        args=arguments,
        stash=pytest.Stash(),
        invocation_params=SimpleNamespace(dir=ROOT),
        hook=SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items)),
    )
    pytest_collection_modifyitems(config, items)
    assert sorted(item.path.name for item in items) == sorted(kept)
    assert len(kept) + len(left_out) == 4  # whoever is left out is counted


def test_what_takes_longest_is_there_and_begins_first() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []
    items: Any = [Item("tests/library/stage2/test_graph.py"), *(Item(f"tests/{name}") for name in reversed(LONGEST))]
    config: Any = SimpleNamespace(getoption=lambda *_: True, stash=pytest.Stash())
    pytest_collection_modifyitems(config, items)
    assert [item.path for item in items[:-1]] == [ROOT / "tests" / name for name in LONGEST]
    assert "--no-loadscope-reorder" in MAKEFILE  # or xdist would begin with the files that have most tests


def test_every_target_says_what_it_does() -> None:
    (phony,) = re.findall(r"(?m)^\.PHONY: (help .*)$", MAKEFILE)
    assert set(phony.split()) == {name for name, rest in TARGETS if "##" in rest}
    # these tests are run by make themselves, which would say so
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["make", "help"], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert [line.split()[1] for line in done.stdout.splitlines()] == sorted(phony.split())


def test_nothing_of_another_environment_reaches_what_make_runs() -> None:
    names = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONOPTIMIZE", "PYTHONPATH", "VIRTUAL_ENV")
    shown = f"include {ROOT / 'Makefile'}\nshown: ; @env\n"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    env |= dict.fromkeys(names, "1")
    command = ["make", "--no-print-directory", "-f", "-", "shown"]
    done = subprocess.run(command, cwd=ROOT, env=env, input=shown, capture_output=True, text=True, check=True)
    left = {line.partition("=")[0] for line in done.stdout.splitlines()}
    assert "PATH" in left and not left & set(names)


def test_ci_runs_both_lanes_and_ends_with_pytest() -> None:
    script = Path(ROOT, ".ci", "run").read_text("utf-8")
    assert re.findall(r"(?m)^time make (\w+)$", script) == ["test", "thorough"]
    recipe = MAKEFILE[MAKEFILE.index("\nthorough:") :].split("\n\n")[0]
    assert recipe.endswith("$(PYTEST) --thorough -m thorough")


def test_numpy_has_one_thread_in_each_process_of_both_lanes() -> None:
    command = ["make", "--no-print-directory", "-f", "-", "shown"]
    shown = f"include {ROOT / 'Makefile'}\nshown: ; @echo '$(PYTEST)'\n"
    done = subprocess.run(command, cwd=ROOT, input=shown, capture_output=True, text=True, check=True)
    assert {"OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "MKL_NUM_THREADS=1"} <= set(done.stdout.split())
    assert len(re.findall(r"(?m)^\t\$\(HANDED_ON\) \$\(PYTEST\)", MAKEFILE)) == 2


def test_ci_tries_pages_and_library_on_the_oldest_python_and_a_newer_one() -> None:
    workflow = Path(ROOT, ".github", "workflows", "ci.yml").read_text("utf-8")
    oldest = tomllib.loads(Path(ROOT, "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    (matrix,) = re.findall(r"(?m)^ +python: \[(.*)\]$", workflow)
    first, *newer = [tuple(map(int, name.strip('" ').split("."))) for name in matrix.split(",")]
    assert ">=" + ".".join(map(str, first)) == oldest
    assert newer and min(newer) > first
    (targets,) = re.findall(r"(?m)^      - run: make (pinned .*)$", workflow)
    for target in targets.split():
        assert f".venv-{target}/bin/pytest docs tests/library -q" in MAKEFILE
    assert "newest" in targets.split()


def test_what_no_browser_has_looked_at_is_said_in_one_line() -> None:
    lines: list[str] = []
    skipped = [SimpleNamespace(longrepr=("a.py", 1, f"Skipped: {reason}")) for reason in (MISSING, "no MPI", MISSING)]
    reporter = SimpleNamespace(
        getreports={"skipped": skipped}.__getitem__, write_line=lambda line, yellow: lines.append(line)
    )
    assert list(pytest_terminal_summary(reporter)) == [None]
    assert lines == [f"Left out: 2 tests, for there is {MISSING}"]
