"""Markdown that a reader sees as it was written: a formula, bold, code, a link or a box that does not end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.page.model import Page

# markup that ought to have become something else
RAW = re.compile(r"\$|\*\*|`|\]\(|!\[|\]\[|\[\^|(?<!\w)\*(?=\w)|\{\{|\ufffd|^#{1,6} ", re.M)


def check_raw_markup(text: str, page: Page) -> Iterator[Problem]:
    """Yield the first sign of Markdown in the text that the reader sees, unless the page means it to be seen."""
    meant = set(re.findall(r"\\([`$*\[!#{])", page.plain))
    for found in RAW.finditer(text):
        if found[0][0] in meant:
            continue
        around = " ".join(text[max(0, found.start() - 20) : found.end() + 20].split())
        says = f"the reader sees {found[0]!r} in {around!r}"
        yield page.problem_at(max(0, page.plain.find(found[0])), says, "close or mend the markup there")
        return
