"""Every page prints the same in every run, in whatever order Python keeps its sets."""

from __future__ import annotations

from pathlib import Path

from doccheck.base.settings import find_settings
from doccheck.page.model import pages_below
from doccheck.run.steadiness import check_steadiness
from doccheck.store import Pages

SETTINGS = find_settings(Path(__file__).parent)


def test_no_page_depends_on_the_order_of_a_set() -> None:
    """Where the languages share a program, it is run once."""
    pages = [path for path in pages_below(SETTINGS.docs) if SETTINGS.language(path) is not None]
    programs = Pages(SETTINGS).programs(pages)
    assert len(programs) > 50
    assert [str(problem) for problem in check_steadiness(programs, SETTINGS)] == []
