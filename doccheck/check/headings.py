"""Headings: written with #, each with an id of its own where pages have languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.page.model import Page

SETEXT = re.compile(r"^[^\s#>|`~-][^\n]*\n(?:=+|-{2,})[ \t]*$", re.M)


def check_headings(page: Page) -> Iterator[Problem]:
    """Yield headings that are underlined, and ids that are taken."""
    for match in SETEXT.finditer(page.body):
        yield page.problem_at(match.start(), "this heading is underlined", "write it with # at its beginning")
    seen: set[str] = set()
    for heading in page.headings:
        if heading.id in seen:
            says = f"the id {heading.id!r} is taken by a heading above"
            yield page.problem_in_line(heading.line, says, "choose another")
        if heading.id:
            seen.add(heading.id)


def check_ids(page: Page, language: str) -> Iterator[Problem]:
    """Yield headings without an id: links must survive a change of language."""
    for heading in page.headings:
        if heading.id is None:
            remedy = f"write {page.spelling.heading_id}, the same in every language"
            yield page.problem_in_line(heading.line, f"the heading {heading.text!r} has no id", remedy)
