"""Inline code, markup and comments that are not what they seem: code that nobody runs, marks that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.page.model import Page

CODE_TAG = re.compile(
    r"<(?P<tag>pre|code|samp|kbd|tt|xmp|listing|plaintext|script|style|textarea|iframe|object|embed)\b", re.I
)
NEAR_FENCE = re.compile(
    r"^[ \t>]*(?:(?:`{1,2}|´{3}|｀{3}|ˋ{3}|'{3}|”{3}|~~|\\`{1,3})(?:python|py|text|console|diff)\b[^`\n]*"
    r"|>>>[ ][^\n]+|In \[\d*\]:[^\n]*)$",
    re.M,
)
ATTRIBUTE_WORD = re.compile(r"data-expr|\{[ ]*\.quoted")
HIDDEN = re.compile(r"`{3}|~{3}|data-expr")


def check_values(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with the inline code of a page as it is written."""
    for value in page.values:
        for fault in value.problems:
            yield page.problem(value, *fault)


def check_comments(page: Page) -> Iterator[Problem]:
    """Yield the comments that hide code, or that are no comments to Markdown."""
    for comment in page.comments:
        if comment.holds_answers:
            if not comment.alone:
                yield page.problem_at(comment.start, "text stands behind this comment", "let --> end its line")
        elif HIDDEN.search(comment.text):
            yield page.problem_at(comment.start, "nothing checks code inside an HTML comment", "delete the comment")
        elif "code so far" in comment.text.lower():
            remedy = "write exactly <!-- code so far --> on a line of its own"
            yield page.problem_at(comment.start, "this is no marker", remedy)
        elif not comment.alone and "\n\n" in comment.text:
            yield page.problem_at(comment.start, "Markdown shows this comment as text", "put it on lines of its own")


def check_markup(page: Page) -> Iterator[Problem]:
    """Yield what looks like code or like an attribute to a reader, and is none to doccheck."""
    for match in CODE_TAG.finditer(page.plain):
        yield page.problem_at(match.start(), f"nothing checks code in <{match['tag']}>", "write a fence")
    for match in NEAR_FENCE.finditer(page.plain):
        says = f"{match[0].strip()!r} opens no fence"
        yield page.problem_at(match.start(), says, "a fence begins with three backticks")
    place, value = page.spelling.value_place, page.spelling.value.format("…")
    for match in ATTRIBUTE_WORD.finditer(page.plain):
        says, remedy = f"{match[0]!r} belongs to nothing here", f"write it {place} inline code: {value}"
        yield page.problem_at(match.start(), says, remedy)
    for line, src, alt in page.images:
        if not alt:
            remedy = page.spelling.alt.format(src)
            yield page.problem_in_line(line, f"the picture {src} has no alternative text", remedy)
