"""Console fences: commands that every reader can type."""

from __future__ import annotations

from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.page.commands import faults
from doccheck.page.kinds import Runs
from doccheck.page.model import Page
from doccheck.page.optional import needs


def check_commands(page: Page) -> Iterator[Problem]:
    """Yield the commands of a page that only some readers can type."""
    for fence in page.fences:
        if fence.kind.meant.runs is Runs.COMMANDS:
            for number, fault in faults(fence.source, page.text, needs(fence)):
                yield page.problem(fence, fault.says, fault.remedy, line=fence.line + number)
