"""Inline code, markup and comments that are not what they seem: code that nobody runs, marks that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doccheck.base.attributes import find_lists, list_at
from doccheck.base.problem import Problem
from doccheck.base.text import blank
from doccheck.page.model import Page
from doccheck.page.prose import maths

CODE_TAG = re.compile(
    r"<(?P<tag>pre|code|samp|kbd|tt|xmp|listing|plaintext|script|style|textarea|iframe|object|embed)\b", re.I
)
NEAR_FENCE = re.compile(
    r"^[ \t>]*(?:(?:`{1,2}|´{3}|｀{3}|ˋ{3}|'{3}|”{3}|~~|\\`{1,3})(?:python|py|text|console|diff)\b[^`\n]*"
    r"|>>>[ ][^\n]+|In \[\d*\]:[^\n]*)$",
    re.M,
)
# a box, and what a notebook marks quoted numbers and the ids of headings with
TAGS = {
    "details": ("class", "markdown", "open"),
    "div": ("class", "markdown"),
    "summary": (),
    "span": ("class",),
    "a": ("id",),
}
TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*)(?=[\s/>])(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']*)["']""", re.I)
ATTRIBUTE = re.compile(r"""([^\s=/"'>]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
LISTED = {"alt", "title", "tol", "data-expr"}  # texts that are read, and what belongs to values
EMPTY_BOX = re.compile(
    r"^(?P<first>(?:!!!|\?{3}\+?|={3}|/{3})[ \t]*\S[^\n]*)(?:\n[ \t]*)*(?:\n(?![ ]{4}|\t|\n)|\Z)", re.M
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
            yield page.problem_at(comment.start, "this is not a marker", remedy)
        elif not comment.alone and "\n\n" in comment.text:
            yield page.problem_at(comment.start, "Markdown shows this comment as text", "put it on lines of its own")


def check_tags(page: Page, classes: Sequence[str]) -> Iterator[Problem]:
    """Yield the HTML on a page that is no box: what else a tag can do, no rule of Markdown knows.

    classes: those of boxes; with none, a box may be of any.
    """
    for match in TAG.finditer(page.plain):
        name, attributes = match["name"].lower(), ATTRIBUTE.findall(match["rest"])
        if name not in TAGS:
            known = ", ".join(f"<{tag}>" for tag in TAGS)
            yield page.problem_at(match.start(), f"nothing checks what <{name}> does", f"use Markdown, or {known}")
            continue
        allowed = TAGS[name]
        unknown = next((key for key in attributes if key.lower() not in allowed), None)
        foreign = sorted({c for found in CLASS.findall(match["rest"]) for c in found.split()} - {*classes, "quoted"})
        if unknown is None and classes and foreign:
            says = f"no box is of the class {foreign[0]!r}"
            yield page.problem_at(match.start(), says, f"write one of {', '.join(classes)}")
        if unknown is not None:
            says = f"nothing checks what {unknown!r} does in <{name}>"
            yield page.problem_at(match.start(), says, f"write {' and '.join(allowed) or 'none'} only")
    text = blank(page.body, [match.span() for match in maths(page.body)])
    for start, end in find_lists(text):
        found = list_at(text, text.index("{", start))
        keys = sorted(found[0].options.keys() - LISTED) if found else []
        if keys:
            says = f"nothing checks what {keys[0]!r} does in {page.text[start:end].strip()}"
            yield page.problem_at(start, says, "write classes and an id only")


def check_markup(page: Page) -> Iterator[Problem]:
    """Yield what looks like code or like an attribute to a reader, and is none to doccheck."""
    for match in CODE_TAG.finditer(page.plain):
        yield page.problem_at(match.start(), f"nothing checks code in <{match['tag']}>", "write a fence")
    for match in NEAR_FENCE.finditer(page.plain):
        says = f"{match[0].strip()!r} does not open a fence"
        yield page.problem_at(match.start(), says, "a fence begins with three backticks")
    for match in EMPTY_BOX.finditer(page.text):
        if page.body[match.start()] != match[0][0]:
            continue  # it stands in a fence
        says = f"nothing is in the box {match['first'].strip()!r}"
        yield page.problem_at(match.start(), says, "indent what belongs to it by four spaces")
    place, value = page.spelling.value_place, page.spelling.value.format("…")
    for match in ATTRIBUTE_WORD.finditer(page.plain):
        says, remedy = f"{match[0]!r} belongs to nothing here", f"write it {place} inline code: {value}"
        yield page.problem_at(match.start(), says, remedy)
    for line, src, alt in page.images:
        if not alt:
            remedy = page.spelling.alt.format(src)
            yield page.problem_in_line(line, f"the picture {src} has no alternative text", remedy)
