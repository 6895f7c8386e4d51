"""Every test of doccheck may ask for a foreign project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sample_project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
