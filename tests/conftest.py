"""The course's markers, the two lanes, and what several processes share.

Each step has a marker, so that `pytest -m step14` runs what step 14 is about.

A test is thorough if it is marked so or lies below tests/thorough. Such tests run with --thorough, with `-m thorough`,
and where somebody names their file or a folder of theirs; otherwise they are deselected, and pytest counts them.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from doccheck import add_mine
from doccheck.run.outcome_cache import HANDED_ON
from tests.support.mine import FAILED, folder_of_steps, for_later, put_in_place
from tests.support.site_facts import IN_CI, NO_BROWSER, OUTCOMES, ROOT
from website.course import read_course
from website.tools.server import serving

THOROUGH = Path(__file__).parent / "thorough"
LIBRARY = Path(__file__).parent / "library"
# What takes longest begins first, so that no process is left alone with it at the end; and while the first that needs
# the site builds it, the others have something to do that needs none. Order is all that this changes.
LONGEST = (
    "thorough/test_mutants.py",
    "thorough/test_take_away.py",
    "thorough/test_weaker_checks.py",
    "site/browser/test_access.py",
    "doccheck/faces/test_pytest.py",
    "doccheck/run/test_isolation.py",
    "doccheck/mine/test_own_code.py",
    "doccheck/faces/test_mkdocs.py",
    "doccheck/record/test_faces.py",
    "doccheck/faces/test_elsewhere.py",
    "thorough/test_attack.py",
    "site/browser/test_search.py",
    "site/browser/test_play_programs.py",
    "site/browser/test_play.py",
    "site/serve/test_serve_equals_build.py",
    "thorough/test_steadiness.py",
    "site/browser/test_no_foreign_requests.py",
    "site/browser/test_downloads.py",
    "thorough/test_other_arithmetic.py",
    "site/browser/test_reading.py",
    "site/browser/test_run_buttons.py",
    "site/browser/test_file_protocol.py",
    "site/browser/test_languages.py",
    "site/browser/test_checked_values_ui.py",
    "thorough/test_attack_on_sentences.py",
    "thorough/test_own_tests.py",
    "thorough/test_mutants_of_examples.py",
    "site/built/test_failures.py",
    "site/built/test_lab_pages.py",
)
ADDRESS = pytest.StashKey[str]()
HER_TESTS = pytest.StashKey[Path]()
LATER = pytest.StashKey[tuple[int, set[str]]]()

# The same examples in every run, so that a test fails for whoever broke it; DEZERO_EXAMPLES=4000 looks for new ones.
settings.register_profile(
    "the same in every run",
    derandomize="DEZERO_EXAMPLES" not in os.environ,
    deadline=None,  # a busy machine is no fault
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("the same in every run")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run the thorough tests too; see make thorough")
    add_mine(parser)


def pytest_configure(config: pytest.Config) -> None:
    # Whatever a test starts behaves as on a person's machine; only the browser's fixture asks where it runs.
    os.environ[IN_CI] = os.environ.pop("CI", os.environ.get(IN_CI, ""))
    os.environ[OUTCOMES] = os.environ.pop(HANDED_ON, os.environ.get(OUTCOMES, ""))
    course = read_course(ROOT)
    steps = course.steps
    config.addinivalue_line("markers", "ours: about the package itself, and not asked of a reader's code")
    for step in steps:
        config.addinivalue_line("markers", f"step{step.step:02}: {step.titles['en']}")
    # without -m it is pages that judge her code
    if config.option.mine and config.option.markexpr:
        folders = {step.step or 0: Path(step.file).parts[0] for step in steps}
        folder = folder_of_steps(config.option.markexpr, folders)
        path = Path(config.invocation_params.dir, config.option.mine).resolve()
        put_in_place(path, folder)
        named = [argument for argument in config.invocation_params.args if (ROOT / argument.split("::")[0]).exists()]
        tests = [argument for argument in named if (ROOT / argument.split("::")[0]).resolve() != path]
        config.stash[LATER] = for_later(path, config.option.markexpr, tests, course)
        config.stash[HER_TESTS] = LIBRARY / folder


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the tests of all but the stage that stands for a reader's code: the others are about ours."""
    hers = config.stash.get(HER_TESTS, None)
    if hers is None or not collection_path.is_relative_to(LIBRARY.parent):
        return None
    return True if not (hers.is_relative_to(collection_path) or collection_path.is_relative_to(hers)) else None


@pytest.hookimpl(tryfirst=True)  # so that -m sees the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    early = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: early.get(item.path, len(early)))
    for item in items:
        if item.path.is_relative_to(THOROUGH):
            item.add_marker("thorough")
        _ask_later(item, config)
    if config.getoption("thorough", False) or "thorough" in config.option.markexpr:
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


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays to the end: thousands of tests, through which it would walk each time."""
    gc.collect()
    gc.freeze()


def _ask_later(item: pytest.Item, config: pytest.Config) -> None:
    """Skip what a reader's code cannot pass at its step, and what is about our package."""
    if (later := config.stash.get(LATER, None)) is None:
        return
    step, failed = later
    if item.get_closest_marker("ours"):
        item.add_marker(pytest.mark.skip(reason="it is about the pages' own package"))
    elif item.nodeid in failed:
        reason = f"it asks for more than the pages have at step {step}; ask again at the end of the stage"
        item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed and FAILED in os.environ:
        with Path(os.environ[FAILED]).open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None]:
    """Say in one line, and last, how much no browser has looked at."""
    yield
    reasons = [str(report.longrepr[2]) for report in terminalreporter.getreports("skipped") if report.longrepr]
    left_out = [reason.removeprefix("Skipped: ") for reason in reasons if NO_BROWSER in reason]
    if left_out:
        terminalreporter.write_line(f"Left out: {len(left_out)} tests, for there is {left_out[0]}", yellow=True)


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
        from website.tools.kept_site import address_to_try  # which needs MkDocs; the oldest NumPy's tests have none

        config.stash[ADDRESS] = address_to_try(ROOT)
        folder = _shared(config)
        stack = ExitStack()
        stack.enter_context(serving(folder / "site", config.stash[ADDRESS]))
        config.add_cleanup(stack.close)
    node.workerinput["address"] = config.stash[ADDRESS]


def _shared(config: pytest.Config) -> Path:
    factory: pytest.TempPathFactory = config._tmp_path_factory  # type: ignore[attr-defined]
    return factory.getbasetemp()
