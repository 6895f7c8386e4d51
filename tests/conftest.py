"""Registers a marker for each step of the course, so that `pytest -m step14` runs what step 14 is about."""

import pytest

from tests.support.site_facts import ROOT
from website.course import read_course


def pytest_configure(config: pytest.Config) -> None:
    for step in read_course(ROOT).steps:
        config.addinivalue_line("markers", f"step{step.step:02}: {step.titles['en']}")
