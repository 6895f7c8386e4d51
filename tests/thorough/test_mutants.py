"""Small faults in the library: each of a sample is noticed by the stage's own tests.

MUTANTS=1 tries every fault and not one in forty-eight; then the run takes an hour.
Which faults belong to the sample depends on the definition alone, so a change elsewhere brings no new ones.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from tests.support.mutants import can_be_wrong, mutants, survives
from tests.support.site_facts import ROOT

ONE_IN = int(os.environ.get("MUTANTS", "48"))
HARMLESS = tomllib.loads((Path(__file__).parent / "harmless_mutants.toml").read_text("utf-8"))
FILES = sorted(path for path in ROOT.glob("dezero_lite/stage*/*.py") if can_be_wrong(path))


# stages 4 and 5 have too many tests to run them all for each fault: those about a module, else test_functions.py
ABOUT = {
    "activations": "functions places",
    "dataloaders": "data",
    "datasets": "data",
    "device_array": "device_array",
    "devices": "device_array devices saving",
    "embeddings": "recurrent",
    "layers": "layers",
    "losses": "losses functions places precision",
    "methods": "device_array devices saving",
    "mnist": "data",
    "models": "layers",
    "operators": "functions places",
    "optimizers": "optimizers",
    "parts": "functions places precision",
    "precision": "precision",
    "recurrent": "recurrent",
    "residual": "layers",
    "saving": "saving",
    "schedules": "optimizers",
    "sequences": "sequences",
    "sums": "functions precision",
    "transforms": "data",
    "unchain": "unchain",
    "vgg": "layers",
    "windows": "functions memory_order",
}


def judges_of(path: Path) -> str:
    """The tests that are about a module: those of its stage, of stages 4 and 5 the ones of its subject."""
    folder = f"tests/library/{path.parent.name}"
    if path.parent.name not in ("stage4", "stage5"):
        return folder
    return " ".join(f"{folder}/test_{name}.py" for name in ABOUT.get(path.stem, "functions").split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_fault_in_the_library_is_noticed(path: Path) -> None:
    sample = [mutant for mutant in mutants(path) if mutant.digest % ONE_IN == 0]
    unnoticed = [mutant.name for mutant in sample if mutant.name not in HARMLESS and survives(mutant, judges_of(path))]
    assert not unnoticed, "\n".join(["no test fails with:", *unnoticed])


def test_what_counts_as_harmless_is_still_there() -> None:
    there = {mutant.name for path in FILES for mutant in mutants(path)}
    assert set(HARMLESS) <= there, set(HARMLESS) - there
    assert all(reason for reason in HARMLESS.values())


@pytest.mark.parametrize("judges", sorted({judges_of(path) for path in FILES}))
def test_the_library_as_it_is_passes_in_the_same_way(judges: str) -> None:
    """So that a fault is noticed, and not a test that fails anyhow."""
    path = ROOT / "dezero_lite/stage1/core.py"
    mutant = next(mutants(path))
    same = type(mutant)(mutant.file, mutant.definition, "nothing", path.read_text("utf-8"))
    assert survives(same, judges)
