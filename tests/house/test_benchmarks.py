"""The benchmark measures right results, names what is missing, and writes its report. No timing is asserted."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from benchmarks import goals, gpu, growth, memory, vgg
from benchmarks.__main__ import main
from benchmarks.adapters import Adapter, Result, Stage2
from benchmarks.measure import FLOOR, IMAGES_FIRST, ROOT, Contender, Row, flat, measure
from benchmarks.peers import available
from benchmarks.report import HELD, Results, write
from benchmarks.startup import clock
from benchmarks.tasks import Task, shape, tasks
from dezero_lite.devices import DeviceArray

ADAPTERS, _ = available()
SMALL = tasks(long=20, steps=3, size=8)


class Absent(Adapter):
    name, path, statement = "absent", "no_such_library", "import no_such_library"


class Broken(Adapter):
    name, path, statement = "broken", "tests.no_such_module", "import tests.no_such_module"


class Wrong(Stage2):
    name = "wrong"

    def gradients(self, f: object, xs: list) -> Result:
        y, gxs = super().gradients(f, xs)  # type: ignore[arg-type]
        return y, [gx * (1 + 1e-6) for gx in gxs]


def quiet(text: str) -> None:
    """Say nothing."""


def within_reach(name: str, task: Task) -> bool:
    """Can a library that is always there do the task?"""
    if name == "stage 1":
        return "square" in task.title
    if task.group == "image":
        return name == "stage 5"
    if task.group in ("network", "large network", "tensor", "sequence"):
        composed = "model" not in task.title and "layer" not in task.title
        return name == "stage 5" or (name == "autograd" and composed)
    return name in ("stage 5", "autograd") or (name == "stage 2" and task.group != "higher")


@pytest.mark.parametrize("task", SMALL, ids=lambda task: task.title)
@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_a_library_gives_the_gradient_written_by_hand_or_says_why_not(adapter: Adapter, task: Task) -> None:
    try:
        remark = Contender(task, adapter).check()
    except ArithmeticError:
        raise
    except Exception:
        assert not within_reach(adapter.name, task)
    else:
        assert not remark or adapter.name in ("DeZero", "autograd")  # which make float64 of float32 here and there


@pytest.mark.parametrize("task", [task for task in SMALL if task.images_first], ids=lambda task: task.title)
def test_both_orders_of_images_give_the_same_floor(task: Task) -> None:
    assert task.images_first is not None
    pairs = zip(*(flat(floor(*task.values)) for floor in (task.floor, task.images_first)), strict=True)
    for best, images_first in pairs:
        np.testing.assert_allclose(images_first, best, rtol=1e-4, atol=1e-4 * np.max(np.abs(best)))


def test_the_slower_floor_has_a_column_and_goals_of_its_own(tmp_path: Path) -> None:
    samples = {FLOOR: [1.0], IMAGES_FIRST: [2.5], "stage 5": [1.5]}
    rows = [Row("image", "conv net", samples), Row("image", "pooling", {FLOOR: [1.0], "stage 5": [1.0]})]
    report = write(Results({"stage 5": "0"}, {}, 1, rows), tmp_path).read_text("utf-8")
    assert "| task | NumPy | NumPy, images first | stage 5 |" in report
    assert "| conv net | 1 s | 2.5 (2.5–2.5) | 1.5 (1.5–1.5) |" in report
    assert "| pooling | 1 s | – | 1 (1–1) |" in report
    assert "| conv net | NumPy, images first | 1.3 | 0.6 | yes |" in report
    assert "| conv net | NumPy | 1.3 | 1.5 | no |" in report


@pytest.mark.parametrize("nodes", [10, 11, 12, 13])
@pytest.mark.parametrize("name", ["chain", "ladder", "tree"])
def test_shapes_of_every_size_have_their_floor(name: str, nodes: int) -> None:
    assert Contender(shape(name, nodes), Stage2()).check() == ""


def test_a_wrong_gradient_is_found_and_not_timed() -> None:
    task = SMALL[1]
    with pytest.raises(ArithmeticError, match="its result is wrong"):
        Contender(task, Wrong()).check()
    (row,) = measure(task, [Wrong()], 1, 1e-6, quiet)
    assert row.remarks == {"wrong": "fails: ArithmeticError: its result is wrong"}
    assert row.samples.keys() == {FLOOR}


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    found, missing = available([Stage2, Absent, Broken])
    assert [adapter.name for adapter in found] == ["stage 2"]
    assert missing["absent"] == "not installed"
    assert missing["broken"].startswith("does not import: No module named 'tests.no_such_module'")
    report = write(Results({"stage 2": "0"}, missing, 1), tmp_path).read_text("utf-8")
    assert "- left out: absent (not installed)" in report


def test_what_holds_a_library_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in HELD:
        monkeypatch.delenv(name, raising=False)
    assert "held back" not in write(Results({}, {}, 1), tmp_path).read_text("utf-8")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    report = write(Results({}, {}, 1), tmp_path).read_text("utf-8")
    assert "- held back: OPENBLAS_CORETYPE=Prescott; unset it\n" in report


def test_make_bench_lets_each_library_choose_its_instructions() -> None:
    """Where pages must agree to the last digit, NumPy's products are held to an older kernel, and PyTorch's are not."""
    make = ["make", "--no-print-directory", "-n", "bench", "PEERS="]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    shown = subprocess.run(make, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    start, measured = ".venv-bench/bin/python -m benchmarks", f"{sys.executable} -c 'import os; print(*os.environ)'"
    assert start in shown.stdout
    env |= dict.fromkeys(HELD, "set")
    command = shown.stdout.replace(start, measured)
    done = subprocess.run(command, shell=True, env=env, capture_output=True, text=True, check=True)
    assert "PATH" in done.stdout.split()
    assert not set(HELD) & set(done.stdout.split())


def test_dezero_finds_its_alias_and_leaves_none_behind() -> None:
    assert not hasattr(np, "int")


def test_an_exponent_is_fitted_in_each_round() -> None:
    rows = growth.growth("ladder", ADAPTERS, [8, 16], 2, quiet)
    assert [row.title.rsplit(", ")[-1] for row in rows] == ["collector off", "collector on"]
    for row in rows:
        assert len(row.samples["stage 5"]) == 2
        assert row.remarks["stage 1"].startswith("fails at 8 nodes: TypeError: unsupported operand")


def test_a_library_that_would_take_too_long_stops_and_the_row_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "PATIENCE", 0)
    row, _ = growth.growth("tree", [Stage2()], [8, 16], 1, quiet)
    assert row.remarks == {"stage 2": "to 8 nodes: the next size would take about 0 s"}
    assert "stage 2" not in row.samples


@pytest.mark.thorough
def test_memory_is_counted_in_a_process_of_its_own() -> None:
    without_graph, with_graph, more, more_with_second_derivatives = memory.ask(FLOOR)
    assert isinstance(without_graph, float)
    assert isinstance(with_graph, float)
    assert without_graph < with_graph
    assert isinstance(more, float)
    assert isinstance(more_with_second_derivatives, float)


def test_an_import_may_keep_what_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else only ours would be compiled in every sample: pip has compiled the others."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert clock("import sys; assert not sys.dont_write_bytecode") >= 0


def test_what_fails_in_that_process_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SIZE", "REPEATED_SIZE", "REPEATED"):
        monkeypatch.setattr(memory, name, 10)
    memory.main("stage 1")
    without_graph, with_graph, *_ = json.loads(capsys.readouterr().out)
    assert without_graph == "AttributeError: module 'dezero_lite.stage1' has no attribute 'no_grad'"
    assert with_graph >= 0


def test_a_system_that_does_not_count_memory_says_so(tmp_path: Path) -> None:
    """As Windows, which has neither of these two."""
    script = f"""
import os, sys
from pathlib import Path
sys.modules["resource"] = None
del os.getloadavg
from benchmarks import memory, report
report.write(report.Results({{}}, {{}}, 1, memory.memory([], print)), Path({str(tmp_path)!r}))
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    written = (tmp_path / "report.md").read_text("utf-8")
    assert "is not counted: this system does not tell the most that a process had" in written
    assert "fails" not in written


def test_ratios_are_taken_within_a_round() -> None:
    row = Row("scalar", "drifting", {"stage 2": [2.0, 20.0, 200.0], FLOOR: [1.0, 10.0, 100.0]})
    assert row.quartiles("stage 2", FLOOR) == (2.0, 2.0, 2.0)


def test_a_goal_is_reached_or_not() -> None:
    row = Row("scalar", "chain", {"stage 5": [0.6], "DeZero": [1.0], "autograd": [1.0]})
    assert goals.lines([row]) == [
        ["chain", "DeZero", "0.6", "0.6", "yes"],
        ["chain", "autograd", "0.5", "0.6", "no"],
    ]


def test_a_run_writes_tables_numbers_and_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick", "--rounds", "2", "--only", "diamond", "--output", str(tmp_path)])
    report = (tmp_path / "report.md").read_text("utf-8")
    assert capsys.readouterr().out.strip() == report.strip()
    assert "| diamond, 20 doublings |" in report
    assert "- stage 1 fails: TypeError: unsupported operand" in report
    (row,) = json.loads((tmp_path / "results.json").read_text("utf-8"))["rows"]
    assert len(row["samples"]["stage 2"]) == 2
    assert (tmp_path / "ratios.png").stat().st_size > 0
    assert gc.get_freeze_count() == 0


def test_files_stay_small() -> None:
    for path in (ROOT / "benchmarks").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 300, path


def test_without_a_gpu_its_script_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    def missing(x: object) -> object:
        raise RuntimeError("to_gpu needs CuPy, which is not installed")

    assert gpu.main([], missing) == 2
    assert capsys.readouterr().out == "Nothing was tested or measured: to_gpu needs CuPy, which is not installed\n"


def test_the_script_for_a_gpu_measures_where_arrays_are_moved(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the stand-in in the GPU's place, and the smallest of its networks."""
    monkeypatch.setattr(gpu, "networks", partial(lambda all_of: all_of[::2], gpu.networks()))
    assert gpu.main(["--rounds", "1", "--without-tests"], DeviceArray) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("MLP 64-100-10, batch 100")
    assert lines[2].count(" ms") == 2


def test_a_small_vgg_is_measured_and_a_library_that_is_missing_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vgg, "BLOCKS", ((2, 1), (3, 2)))
    monkeypatch.setattr(vgg, "SIZES", (5, 4))
    assert vgg.ours(np.ones((2, 1, 8, 8), np.float32))().shape == (2, 4)
    monkeypatch.setattr(vgg, "LIBRARIES", {"no_such_library": vgg.ours})
    vgg.main([])
    assert "no_such_library: " in capsys.readouterr().out
