"""Builds the site once, serves it on this machine, and opens it in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from doccheck.run.outcome_cache import HANDED_ON
from tests.support.browser import CHROMIUM, FLAGS, MISSING, wait_for_scripts
from tests.support.site_facts import IN_CI, OUTCOMES, ROOT
from website.tools.kept_site import address_to_try, put_site
from website.tools.server import serving


def _input(config: pytest.Config) -> dict[str, Any]:
    """What the first process tells the one of several in which we are; nothing where there is but one."""
    return getattr(config, "workerinput", {})


@pytest.fixture(scope="session")
def address(pytestconfig: pytest.Config) -> str:
    """Where the site is served. Chosen before the build, because instant navigation compares whole addresses."""
    return _input(pytestconfig).get("address") or address_to_try(ROOT)


def _built(folder: Path, address: str) -> Path:
    if not folder.exists():
        unfinished = folder.with_name("unfinished")
        with pytest.MonkeyPatch.context() as patched:
            if outcomes := os.environ.get(OUTCOMES):
                patched.setenv(HANDED_ON, outcomes)
            wrong = put_site(ROOT, unfinished, address)
        assert not wrong, wrong
        unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, address: str) -> Path:
    """The folder with the whole site, built as `mkdocs build --strict` builds it, once for all processes.

    Where one of these very files was built today to be tried, it is that one; `make test` begins without.
    """
    own = tmp_path_factory.getbasetemp()
    if not _input(pytestconfig):
        return _built(own / "site", address)
    from filelock import FileLock  # there is nothing to lock where nobody asks for several processes

    with FileLock(own.parent / "site.lock"):
        return _built(own.parent / "site", address)


@pytest.fixture(scope="session")
def served(pytestconfig: pytest.Config, site: Path, address: str) -> Iterator[str]:
    """The address, with the site behind it."""
    if _input(pytestconfig):
        yield address  # tests/conftest.py serves it
        return
    with serving(site, address):
        yield address


@pytest.fixture(scope="session")
def runtime(site: Path) -> Path:
    """The folder from which the browser loads Python. Where it could not be had, whoever needs it is skipped."""
    folders = list((site / "runtime").glob("*"))
    if not folders:
        missing = "no runtime in .cache/runtime, so pages have no Run buttons: `make runtime` says why"
        pytest.fail(missing) if os.environ.get("REQUIRE_RUNTIME") == "1" else pytest.skip(missing)
    return folders[0]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process. Without one they are skipped, but not in CI: there it is a fault."""
    if CHROMIUM is None:
        pytest.fail(MISSING) if os.environ.get(IN_CI) else pytest.skip(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """Opens a path in a context of its own. After the test: nothing was asked of another host, no script failed."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((served, "data:", "blob:")):
            faults.append(f"asked for {request.url}")

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{message.location['url']}: {message.text}")

    def opened(path: str, missing: bool = False, **options: Any) -> Page:
        context = browser.new_context(base_url=served, **options)
        contexts.append(context)
        # Not route(), which would see the same: it switches the browser's cache off and takes twice as long.
        context.on("request", note_request)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if not missing:  # where the browser itself reports the 404
            page.on("console", note_message)
        if options.get("java_script_enabled", True):
            wait_for_scripts(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
