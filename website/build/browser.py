"""Which Chromium there is: for what prints pages, and for what tests them."""

import shutil

# The first is Chromium without its windows, which needs half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Return the first of BROWSERS that is on PATH; None where none is."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)
