"""The browser of the tests: which one, how it is started, and when a page in it is ready."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Response

from tests.support.site_facts import NO_BROWSER
from website.build.browser import BROWSERS, find_browser

CHROMIUM = find_browser()
MISSING = f"{NO_BROWSER}: none of {', '.join(BROWSERS)} is on PATH"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # or a process of its own does next to nothing, which is a twelfth of what a page costs
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autofill-server-url=http://127.0.0.1:9/",  # or the browser itself asks another host about the search field
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def wait_for_scripts(page: Page) -> None:
    """Let goto() wait for the page's own scripts too, which run only when the page is shown."""
    go = page.goto

    def goto(path: str, **options: Any) -> Response | None:
        response = go(path, **options)
        if page.locator("#scripts").count():
            page.locator("#value-tip").wait_for(state="attached")
        return response

    page.goto = goto  # type: ignore[assignment, method-assign]
