"""Tests that need a library which only some programs need: a file is collected where its library can be imported."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

NEEDS = {
    "test_mpi.py": "mpi4py",
    "test_names.py": "torch",
    "test_statsmodels.py": "statsmodels",
    "test_torch.py": "torch",
}


def _is_missing(file: str) -> bool:
    return file in NEEDS and importlib.util.find_spec(NEEDS[file]) is None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if _is_missing(collection_path.name) else None


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    missing = [NEEDS[file] for file in NEEDS if _is_missing(file)]
    return [f"left out, as in any environment but that of make optional: tests that need {', '.join(missing)}"] * bool(
        missing
    )
