"""The course's own pages, and a build of its site, on a system without what only POSIX has."""

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


def test_the_site_is_built_elsewhere(house: Path) -> None:
    """A build runs all pages, and fails on the first wrong one."""
    code, said = run_elsewhere(house, "-m", "mkdocs", "build", "-d", str(house.parent / "site"))
    assert code == 0, said[-3000:]
    assert "Verified " in said
    assert (house.parent / "site" / "ko" / "index.html").exists()
