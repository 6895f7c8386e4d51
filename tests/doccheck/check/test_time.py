"""Pages of the strangest shapes get an answer, or a message, within seconds: nothing takes time squared."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from doccheck import check_text
from doccheck.base.text import gist, with_address
from doccheck.check.listing_update import WRAPPED
from doccheck.check.lookups import attributes_in
from doccheck.check.names import names
from doccheck.check.unseen_by_readers import REFUSED
from doccheck.page.links import LINK
from doccheck.page.notebook.to_markdown import ATTRIBUTE
from doccheck.page.prose import MARKUP
from doccheck.page.values import looks_like_a_result
from doccheck.run.child.own_code import RELATIVE
from tests.support.lanes import cases
from website.pages.particles import FORMULA

DIGITS = "1" * 100_000
SECONDS = 12  # of this process, and on a busy machine; what was wrong took minutes

CROWDS = ("[", "![", "*a ", "_a ", "`` a ` ", "<a ", "$a ", "[a](", "|a", "[x][y] ", "{")

# name: the page, and what the first message must contain; "" where the page is right
PAGES = {
    "digits in a sentence": (f"It is {DIGITS} now.\n", ""),
    "digits with a point": (f"It is {DIGITS}.{DIGITS} now.\n", "stands in a sentence unchecked"),
    "digits in inline code": (f"It is `{DIGITS}` now.\n", "is a number without an expression"),
    "digits and letters in inline code": (f"It is `{DIGITS}x` now.\n", "stands in no code or output of this page"),
    "digits in a formula": (f"$x = {DIGITS}$\n", ""),
    "digits in an output": (f"```python\nx = '{DIGITS}'\nprint(x)\n```\n\n```text {{ .output }}\n{DIGITS}\n```\n", ""),
    "digits in a comment": (f"```python\n# {DIGITS}\nx = 1\n```\n", ""),
    "fences in one list": ("".join(f"- item\n\n    ```python\n    x = {i}\n    ```\n\n" for i in range(3000)), ""),
    "fences in one item": ("- item\n\n" + "".join(f"    ```python\n    x = {i}\n    ```\n\n" for i in range(3000)), ""),
    "lists in lists": ("".join("  " * i + "- a\n" for i in range(1000)), "nest at most 20 deep"),
    "brackets in code": ("```python\nx = " + "(" * 5000 + ")" * 5000 + "\n```\n", "this example is not valid Python"),
    "brackets in an expression": ('`1`{ data-expr="' + "(" * 5000 + '1" }\n', "is not a Python expression"),
    "boxes in boxes": ("<details markdown>\n" * 500 + "</details>\n" * 500, "too deep to be read for the check 'html'; nest tags"),
    "brackets in the front matter": (f"---\ntitle: {'[' * 3000}{']' * 3000}\n---\n", "the front matter is not valid YAML"),
    "long lines printed": ("```python\nfor _ in range(8):\n    print('y' * 100_000)\n```\n", "no output fence follows"),
    "dots in inline code": (f"It is `{'y.' * 50_000}` now.\n", ""),
    "dashes in a sentence": (f"It is {'-' * 100_000} now.\n", ""),
    "dashes in a value": (f"```python\nx = '-' * 100_000\n```\n\n`{'-' * 100_000}`{{ data-expr=\"x\" }}\n", "more than 10000 signs"),
    "spaces in a title": (f"```python title=\"{' ' * 100_000}\"\nx = 1\n```\n", "a listing holds imports"),
    "spaces that are printed": ("```python\nprint('a' + ' ' * 100_000 + 'b')\n```\n", "no output fence follows"),
    "spaces": ("a" + " " * 100_000 + "b\n", ""),
    **{f"crowds of {marks}": (f"a {marks * 10_000} b\n", "paragraph has more than 1000 of the sign") for marks in CROWDS},
    "comments in comments": ("<!-- " * 20_000 + "\n", "this comment is never closed"),
}  # fmt: skip


# what no page alone asks, or not often enough for minutes: something that looks through a text
WORDS = "a" * 100_000
TEXTS: dict[str, Callable[[], object]] = {
    "a name": lambda: names(WORDS),
    "names with points": lambda: names("a." * 50_000),
    "what is looked up": lambda: attributes_in(WORDS),
    "an assignment that shows nothing": lambda: looks_like_a_result("a." * 50_000),
    "the end of a line of a signature": lambda: [*WRAPPED.finditer("\n" * 20_000 + "a" + " " * 100_000 + "a")],
    "an attribute without its value": lambda: ATTRIBUTE.findall(WORDS),
    "an address that never ends": lambda: MARKUP.sub("", "](" + WORDS),
    "spaces behind an address": lambda: [*LINK.finditer("[a](b" + " " * 50_000)],
    "a tag that never ends": lambda: [*REFUSED[1][0].finditer("<" + WORDS)],
    "empty lines of a module": lambda: RELATIVE.search("\n" * 100_000 + "import a"),
    "brackets before a formula": lambda: FORMULA.findall("(" * 100_000),
    "an address of an object": lambda: with_address(WORDS),
    "a warning": lambda: gist(WORDS + "\n  x"),
}  # fmt: skip
LATER = {
    "fences in one list",
    "lists in lists",
    *(f"crowds of {marks}" for marks in CROWDS[1:]),
}  # others are like them


@pytest.mark.parametrize("name", cases([name for name in PAGES if name not in LATER], sorted(LATER)))
def test_an_answer_comes_within_seconds(name: str) -> None:
    text, message = PAGES[name]
    start = time.process_time()
    found = check_text(text)
    assert time.process_time() - start < SECONDS
    if message:
        assert message in found[0]
        assert len(found[0]) < 3000
    else:
        assert found == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_looked_through_at_once(name: str) -> None:
    start = time.process_time()
    TEXTS[name]()
    assert time.process_time() - start < 1
