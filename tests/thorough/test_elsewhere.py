"""The course's own pages on a system without what only POSIX has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.elsewhere import run_elsewhere

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (".venv*", ".git", ".cache", ".*_cache", "site", "__pycache__", "results", "*.egg-info")
pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of everything, for there is a file to be put beside it."""
    root = tmp_path_factory.mktemp("elsewhere") / "house"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return root


def test_pages_hold_elsewhere(house: Path) -> None:
    """Lessons and their exercises: without fork, each answer to an exercise runs its page anew."""
    pages = ["stage1/step04.md", "stage2/step14.md"]
    code, said = run_elsewhere(house, "-m", "pytest", *[f"docs/en/{page}" for page in pages], "-q")
    assert code == 0, said[-3000:]
    assert " passed" in said
