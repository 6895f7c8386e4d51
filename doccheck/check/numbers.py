"""Numbers that a page shows and nobody checks: in sentences, formulas, inline code and comments of programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from doccheck.base.assertions import find_assertions
from doccheck.base.problem import Problem
from doccheck.page.kinds import Runs
from doccheck.page.model import Page
from doccheck.page.prose import NUMBER, code_numbers, decimals, numbers, remarked_decimals

FORMULA_DECIMAL = re.compile(r"(?<![\d.])\d*\.\d+", re.A)
DECIMAL_SIGN_IN_BRACES = re.compile(r"(?<=\d)\{[.,·]\}(?=\d)")  # as TeX has it, so that no space follows


def check_sentences(page: Page) -> Iterator[Problem]:
    """Yield the decimal numbers in running text."""
    for line, number in decimals(page.prose):
        remedy = f"write {page.spelling.value.format(number)}, or {page.spelling.quoted}"
        yield page.problem_in_line(line, f"{number} stands in a sentence unchecked", remedy)


def check_numbers(page: Page) -> Iterator[Problem]:
    """Yield the numbers of formulas, inline code and comments that no code and no output of the page has."""
    confirmed = _confirmed(page)
    yield from _check_formulas(page, confirmed)
    yield from _check_inline_code(page, confirmed)
    yield from _check_remarks(page, confirmed)


def _confirmed(page: Page) -> set[str]:
    """Return the numbers of a page that running it confirms: of code, outputs and values."""
    found: set[str] = set()
    for value in page.values:
        if value.marked:
            found |= numbers(value.text)
    for fence in page.fences:
        if not fence.hidden:
            is_python = fence.kind.is_example or fence.kind.is_of_exercise
            found |= code_numbers(fence.source) if is_python else numbers(fence.source)
    return found


def _check_formulas(page: Page, confirmed: set[str]) -> Iterator[Problem]:
    for line, formula in page.formulas:
        plain = DECIMAL_SIGN_IN_BRACES.sub(".", unicodedata.normalize("NFKC", formula))
        for number in FORMULA_DECIMAL.findall(plain):
            if number not in confirmed:
                says = f"{number} stands in a formula, but in no code or output of this page"
                yield page.problem_in_line(line, says, "compute it there")


def _check_inline_code(page: Page, confirmed: set[str]) -> Iterator[Problem]:
    spelling = page.spelling
    for value in page.values:
        if value.marked or value.problems:
            continue
        for number in NUMBER.findall(value.text):
            if number not in confirmed:
                says = f"{number} in `{value.text}` stands in no code or output of this page"
                mark = f"write {spelling.quoted} {spelling.quoted_place} it"
                yield page.problem(value, says, f"compute it there, or {mark} if it comes from elsewhere")


def _check_remarks(page: Page, confirmed: set[str]) -> Iterator[Problem]:
    for fence in page.fences:
        if fence.hidden or not (fence.kind.is_example or fence.kind.is_of_exercise):
            continue
        for line, number in remarked_decimals(fence.source):
            if number not in confirmed:
                says = f"{number} in a comment stands in no code or output of this page"
                yield page.problem_in_line(fence.line + line, says, "print it instead", item=fence)
        for assertion in find_assertions(fence.source) if fence.kind.runs is Runs.CHECK else ():
            words = " ".join(part for part in assertion.message or () if isinstance(part, str))
            for _, number in decimals(words):
                if number not in confirmed:
                    says = f"{number} in a message of this check stands in no code or output of this page"
                    remedy = "let the check compare with it, or put an expression in braces"
                    yield page.problem(fence, says, remedy, line=fence.line + assertion.line)
