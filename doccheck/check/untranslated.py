"""The scripts that the languages are written in: a page or a paragraph that nobody has translated yet is found out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.base.text import lines
from doccheck.page.model import Page

WORDS = re.compile(r"(?:\b[A-Za-z]{2,}\b.*?){6}")  # so many in a line are a sentence, and not names


def check_writing(page: Page, language: str, scripts: tuple[tuple[str, str], ...]) -> Iterator[Problem]:
    """Yield the lines that are written in another language's script, with no letter of this one's.

    scripts: the letters of languages that have a script of their own, as a regular expression has them in brackets;
    a language that is not among them is written in Latin letters.
    """
    letters = dict(scripts)
    own = re.compile(f"[{letters.pop(language)}]") if language in letters else None
    foreign = re.compile(f"[{''.join(letters.values())}]+" if letters else "(?!)")
    for number, line in enumerate(lines(page.prose), 1):
        if own and own.search(line):
            continue
        found = foreign.search(line) or (own and WORDS.search(line))
        if found:
            yield page.problem_in_line(number, f"{found[0]!r} is not in the script of {language}", "translate the line")
