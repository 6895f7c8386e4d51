"""Builds the site once, serves it on this machine, and opens it in a real Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.support.site_facts import ROOT
from website.server import build, free_address, serving

# The first is Chromium without its windows, which needs half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autofill-server-url=http://127.0.0.1:9/",  # or the browser itself asks another host about the search field
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def address() -> str:
    """Where the site is served. Chosen before the build, because instant navigation compares whole addresses."""
    return free_address()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, address: str) -> Path:
    """The folder with the whole site, built as `mkdocs build --strict` builds it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = build(ROOT, folder, address)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def served(site: Path, address: str) -> Iterator[str]:
    """The address, with the site behind it."""
    with serving(site, address):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Without one they are skipped, but not in CI: there it is a fault."""
    if CHROMIUM is None:
        reason = f"none of {', '.join(BROWSERS)} is on PATH"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def wait_for_scripts(page: Page) -> None:
    """Let goto() wait for the page's own scripts too, which run only when the page is shown."""
    go = page.goto

    def goto(path: str, **options: Any) -> Response | None:
        response = go(path, **options)
        if page.locator("#scripts").count():
            page.locator("#value-tip").wait_for(state="attached")
        return response

    page.goto = goto  # type: ignore[assignment, method-assign]


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
