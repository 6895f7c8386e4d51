"""The course's markers, the two lanes, and what several processes share.

Each step has a marker, so that `pytest -m step14` runs what step 14 is about.

A test is thorough if it is marked so or lies below tests/thorough. Such tests run with --thorough, with `-m thorough`,
and where somebody names their file or a folder of theirs; otherwise they are deselected, and pytest counts them.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.site_facts import ROOT
from website.course import read_course
from website.tools.server import free_address, serving

THOROUGH = Path(__file__).parent / "thorough"
ADDRESS = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run the thorough tests too; see make thorough")


def pytest_configure(config: pytest.Config) -> None:
    for step in read_course(ROOT).steps:
        config.addinivalue_line("markers", f"step{step.step:02}: {step.titles['en']}")


@pytest.hookimpl(tryfirst=True)  # so that -m sees the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(THOROUGH):
            item.add_marker("thorough")
    if config.option.thorough or "thorough" in config.option.markexpr:
        return
    named = _named(config)
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        quick = item.get_closest_marker("thorough") is None
        (kept if quick or any(item.path.is_relative_to(path) for path in named) else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _named(config: pytest.Config) -> list[Path]:
    """The files and the folders of thorough tests that somebody asks for by name."""
    here = config.invocation_params.dir
    paths = [(here / argument.split("::")[0]).resolve() for argument in config.args]
    return [path for path in paths if path.is_file() or path.is_relative_to(THOROUGH)]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Serve the site that the first of several processes builds from the one that outlives them all."""
    config = node.config
    if ADDRESS not in config.stash:
        config.stash[ADDRESS] = free_address()
        folder = _shared(config)
        stack = ExitStack()
        stack.enter_context(serving(folder / "site", config.stash[ADDRESS]))
        config.add_cleanup(stack.close)
    node.workerinput["address"] = config.stash[ADDRESS]


def _shared(config: pytest.Config) -> Path:
    factory: pytest.TempPathFactory = config._tmp_path_factory  # type: ignore[attr-defined]
    return factory.getbasetemp()
