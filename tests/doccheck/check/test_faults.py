"""Every rule has a page with a planted fault; the message must say where, what and what to do.

A page of some lines is a file of tests/doccheck/faults, whose last line is a comment that says what to expect and is no
part of the page; one with a slip that a file or a reader would not keep, or of a line or two, stands in FAULTS below.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from doccheck import check_text

EXAMPLE = "```python\nx = 2.0\nprint(x)\n```\n"
OUTPUT = "```text { .output }\n2.0\n```\n"
GOOD = EXAMPLE + OUTPUT

PAGES = Path(__file__).parents[1]
EXPECTED = re.compile(r"<!-- expect (\d+): (.+) -->\n\Z")
# name: (page, line, what the message must contain)
FAULTS = {
    "output with trailing space": (EXAMPLE + "```text { .output }\n2.0 \n```\n", 6, "the page says '2.0 ', the code"),
    "output without example": ("```text { .output }\n1\n```\n", 1, "no example stands before this .output fence"),
    "inline number": ("It is `2.0`.\n", 1, "`2.0` is a number without an expression"),
    "inline integer": ("It is `-7`.\n", 1, "`-7` is a number without an expression"),
    "inline array": ("It is `[1. 2.]`.\n", 1, "`[1. 2.]` is a number without an expression"),
    "inline tuple": ("It is `(2, 3)`.\n", 1, "`(2, 3)` is a number without an expression"),
    "inline variable": ("It is `variable(2.0)`.\n", 1, "`variable(2.0)` is a number without an expression"),
    "inline array by name": ("It is `array([1.])`.\n", 1, "is a number without an expression"),
    "inline NumPy scalar": ("It is `np.float64(1.0)`.\n", 1, "is a number without an expression"),
    "inline exponent": ("It is `1e-05`.\n", 1, "`1e-05` is a number without an expression"),
    "inline full-width": ("It is `２．０`.\n", 1, "is a number without an expression"),
    "inline in double backticks": ("It is `` 2.0 ``.\n", 1, "`2.0` is a number without an expression"),
    "inline fraction": ("It is `1/3`.\n", 1, "is a number without an expression"),
    "decimal in a sentence": ("It is 2.0 now.\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal after a Japanese word": ("値は2.0です\n", 1, "2.0 stands in a sentence unchecked"),
    "full-width decimal": ("値は２．０です\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal without a leading zero": ("It is .5 now.\n", 1, ".5 stands in a sentence unchecked"),
    "exponent in a sentence": ("It is 1e-4 now.\n", 1, "1e-4 stands in a sentence unchecked"),
    "decimal in bold": ("It is **2.0** now.\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal in a heading": ("# Version 2.0\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal in a table": ("| a | b |\n|---|---|\n| 1 | 2.5 |\n", 3, "2.5 stands in a sentence unchecked"),
    "decimal in a link": ("[see 2.0](a.md)\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal in an alternative text": ("![the value 2.0](a.svg)\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal in an HTML attribute": (
        '<img alt="the value 2.0" src="a.svg">\n',
        1,
        "2.0 stands in a sentence unchecked",
    ),
    "decimal in front matter": ("---\ndescription: gives 2.0\n---\n", 2, "2.0 stands in a sentence unchecked"),
    "decimal as an entity": ("It is 2&#46;0 now.\n", 1, "2.0 stands in a sentence unchecked"),
    "decimal in a formula": ("$x = 2.5$\n", 1, "2.5 stands in a formula, but in no code or output of this page"),
    "misspelt language": ("```pyhton\nx = 1\n```\n", 1, "nothing checks a fence with 'pyhton'"),
    "no language": ("```\nx = 1\n```\n", 1, "nothing checks a fence with 'no language'"),
    "short for Python": ("```py\nx = 1\n```\n", 1, "nothing checks a fence with 'py'"),
    "text without a class": ("```text\n2.0\n```\n", 1, "nothing checks a fence with 'text'"),
    "unknown option": ("```python skip\nx = 1\n```\n", 1, "cannot read 'skip'"),
    "unknown option with a value": ('```python test="no"\nx = 1\n```\n', 1, "nothing checks a fence"),
    "fence that is never closed": ("```python\nx = 1\n", 1, "this fence is never closed"),
    "fence in a list item": ("- ```python\n  x = 1\n  ```\n", 1, "a fence in a list begins on a line of its own"),
    "closing fence indented otherwise": (
        "```python\nx = 1\n  ```\n",
        1,
        "the closing fence is not like the opening one; write '```'",
    ),
    "two backticks": ("``python\nx = 1\n``\n", 1, "or write a fence of three backticks"),
    "two backticks, never closed": (
        "``python\nx = 1\n",
        1,
        "does not open a fence; a fence begins with three backticks",
    ),
    "inline code over lines": ("`x =\n1`\n", 1, "inline code runs over a line end"),
    "indented code": ("text\n\n    x = 1\n", 3, "indented text is code that nobody runs"),
    "tab-indented code": ("text\n\n\tx = 1\n", 3, "indented text is code that nobody runs"),
    "HTML code": ("<pre>x = 1</pre>\n", 1, "nothing checks code in <pre>"),
    "comment that never ends": ("<!-- x\n", 1, "this comment is never closed"),
    "misspelt marker": ("<!-- Code so far -->\n", 1, "this is not a marker; write exactly <!-- code so far -->"),
    "underlined heading": ("Title\n=====\n", 1, "this heading is underlined; write it with # at its beginning"),
    "same id twice": ("# A {#a}\n\n## B {#a}\n", 3, "the id 'a' is taken by a heading above"),
    "picture without text": ("![](a.svg)\n", 1, "the picture a.svg has no alternative text"),
    "closing fence longer than the opening one": ("```python\nx = 1\n````\n", 1, "is not like the opening one"),
    "decimal in a footnote": ("a[^1]\n\n[^1]: gives 7.5\n", 3, "7.5 stands in a sentence unchecked"),
    "decimal in a Japanese footnote": ("a[^1]\n\n[^1]: 結果は7.5になります。\n", 3, "7.5 stands in a sentence"),
    "decimal behind an address": ("https://numpy.orgを見ると7.5です\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal behind dots": ("結果は…7.5です\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal between inline comment signs": ("Write `<!--`. It is 7.5. End with `-->`.\n", 1, "7.5 stands in a"),
    "decimal after a smaller sign": ("We have a <b, and it is 7.5.\n\n> Quote\n", 1, "7.5 stands in a sentence"),
    "decimal in braces": ("Take {.25, 7.5} now.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal half in bold": ("It is 7.**5**.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal half in a tag": ("It is 7.<b>5</b>.\n", 1, "nothing checks what <b> does"),
    "decimal with a soft hyphen": ("It is 7.&shy;5.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal with an invisible character": ("It is 7.\u200b5.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal in Arabic digits": ("It is \u0667.\u0665.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal in a tooltip": ('**w**{: title="7.5" }\n', 1, "7.5"),
    "decimal behind a command of a formula": ("$y\\approx7.5$\n", 1, "7.5 stands in a formula"),
    "decimal in a formula with braces": ("$7{.}5$\n", 1, "7.5 stands in a formula"),
    "decimal in a comment of the code": ("```python\nx = 1  # 7.5\n```\n", 2, "7.5 in a comment stands in no code"),
    "comment over an empty line inside a sentence": ("a <!-- b\n\nc --> d\n", 1, "Markdown shows this comment as text"),
    "marker inside a sentence": ("a <!-- code so far -->\n", 1, "this is not a marker"),
    "code in teletype": ("<tt>print(75)</tt>\n", 1, "nothing checks code in <tt>"),
    "full-width backticks": ("｀｀｀python\nx = 1\n｀｀｀\n", 1, "does not open a fence"),
    "a doctest": (">>> print(75)\n75\n", 1, "does not open a fence"),
    "a notebook's cell": ("In [1]: print(x)\n", 1, "does not open a fence"),
    "formula that does not end": ("Words.\n\nIt is $x^2.\n", 3, "the reader sees '$' in 'Words. It is $x^2."),
    "bold that does not end": ("It is **bold.\n", 1, "the reader sees '**'"),
    "code that does not end": ("It is `x.\n", 1, "the reader sees '`'"),
    "link that does not end": ("See [this](https://numpy.org\n", 1, "the reader sees '['"),
    "picture that does not end": ("![A box](a.svg\n", 1, "the reader sees '!['"),
    "picture of another kind": (
        '<img src="a.svg" alt="A">\n',
        1,
        "nothing checks what <img> does",
    ),
    "code that only the renderer sees": ("## T\n    x = 1\n", 2, "the reader sees a code block that was not checked"),
    "line numbers": ('```python linenums="1"\nx = 1\n```\n', 1, "nothing checks a fence with"),
    "decimal comma": ("It is 7,5 now.\n", 1, "7,5 stands in a sentence unchecked"),
    "decimal comma after a Japanese word": ("値は7,5です\n", 1, "7,5 stands in a sentence unchecked"),
    "full-width decimal comma": ("값은 ７，５입니다\n", 1, "7,5 stands in a sentence unchecked"),
    "thousands": ("It took 1,000 steps.\n", 1, "1,000 stands in a sentence unchecked"),
    "fraction in one character": ("It is 7¾ now.\n", 1, "stands in a sentence unchecked"),
    "fraction with its own sign": ("It is 3⁄4 now.\n", 1, "3⁄4 stands in a sentence unchecked"),
    "fraction with a slash": ("It is 3/4 now.\n", 1, "3/4 stands in a sentence unchecked"),
    "raised exponent": ("It is 10⁻⁴ now.\n", 1, "1e-4 stands in a sentence unchecked"),
    "full-width decimal in a formula": ("$x = ７．５$\n", 1, "7.5 stands in a formula"),
    "decimal comma in a formula": ("$x = 7{,}5$\n", 1, "7.5 stands in a formula"),
    "marked words": ("It is ==marked== now.\n", 1, "the reader sees '=='"),
    "short name of a picture": ("It is :smile: now.\n", 1, "the reader sees ':smile:'"),
    "words struck out": ("Words.\n\nIt is ~~no~~ so.\n", 3, "the reader sees '~~'"),
    "file to be put in": ('--8<-- "a.md"\n', 1, "the reader sees '--'"),
    "task": ("- [ ] task\n", 1, "the reader sees '['"),
    "lowered digit": ("Words.\n\nWe drink H~2~O.\n", 3, "the reader sees the Markdown of a sub in 'We drink H~2~O.'"),
    "raised digit": ("It is 10^6^.\n", 1, "the reader sees '^'"),
    "box with its words outside": (
        "!!! note\nWords.\n",
        1,
        "nothing is in the box '!!! note'; indent what belongs to it",
    ),
    "closed box with its words outside": ('??? note "Title"\n\nWords.\n', 1, "nothing is in the box"),
    "table without its second line": ("| a | b |\n| 1 | 2 |\n", 1, "the reader sees '|'"),
    "list of another Markdown": ("Words.\n\n1) one\n", 3, "the reader sees the Markdown of a ordered_list in '1) one'"),
    "term and its meaning": ("Word\n: its meaning\n", 1, "the reader sees the Markdown of a dl"),
    "list of contents": ("[TOC]\n", 1, "the reader sees '['"),
    "command of a formula": ("It is \\alpha.\n", 1, "the reader sees '\\\\' in"),
    "tolerance of everything": (
        GOOD.replace(".output", '.output tol="0.5"'),
        5,
        'tol="0.5" is more than a tenth of 2, the smallest number there',
    ),
    "tolerance of a small number": (
        '```python\nx = 1\n```\n`2e-05`{ data-expr="x" tol="1e-5" }\n',
        4,
        "more than a tenth of 2e-05",
    ),
    "tolerance of a half": (GOOD.replace(".output", '.output tol="50%"'), 5, "more than a tenth of each number"),
    "hidden box": ("<div hidden>\n\nWords.\n\n</div>\n", 1, "nothing checks what 'hidden' does in <div>"),
    "box with a style": ('<div style="display: none">\n\nWords.\n\n</div>\n', 1, "nothing checks what 'style' does"),
    "number for those who listen": ('<span aria-valuetext="7">x</span>\n', 1, "nothing checks what 'aria-valuetext'"),
    "template": ("<template>\n\nWords.\n\n</template>\n", 1, "nothing checks what <template> does"),
    "picture inside of the page": (
        '<img src="data:image/png;base64,AA" alt="A">\n',
        1,
        "nothing checks what <img> does",
    ),
    "style in an attribute list": ('# A { #a style="display: none" }\n', 1, "nothing checks what 'style' does in {"),
    "expression of constants": (
        '```python\nx = 2\n```\n`7.5`{ data-expr="15 / 2" }\n',
        4,
        "uses nothing that the page",
    ),
    "expression of another page": (
        '```python\nx = 2\n```\n`7.5`{ data-expr="max(5, 15 / 2)" }\n',
        4,
        "uses nothing that",
    ),
    "printed constant": (
        '```python\nprint("log is 7.5")\n```\n',
        2,
        "prints the constant 'log is 7.5', which it has not",
    ),
    "printed number": ("```python\nx = 2\nprint(x, 7)\n```\n", 3, "prints the constant 7, which it has not computed"),
    "printed list": ("```python\nprint([1, -2])\n```\n", 2, "prints the constant [1, -2], which it has not computed"),
    "printed f-string": ('```python\nprint(f"log is {7.5}")\n```\n', 2, "which it has not computed"),
    "syntax error": (
        "```python\nx = = 1\n```\n",
        2,
        "this example is not valid Python: invalid syntax in 'x = = 1'; fix this line",
    ),
}


def _assert_found(page: str, line: int, message: str) -> None:
    found = check_text(page, "demo.md")
    assert any(text.startswith(f"demo.md:{line}: ") and message in text for text in found), found


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    _assert_found(*FAULTS[name])


@pytest.mark.parametrize("path", sorted(PAGES.glob("faults/*.md")), ids=lambda path: path.stem)
def test_the_fault_of_a_page_is_found(path: Path) -> None:
    text = path.read_text("utf-8")
    expected = EXPECTED.search(text)
    assert expected, f"{path}: the last line must be <!-- expect LINE: what the message must contain -->"
    _assert_found(text[: expected.start()], int(expected[1]), expected[2])


SOUND = {
    "quoted": "Python `3.11`{ .quoted }\n",
    "integers in a sentence": "10 steps, 3 languages, in 2020. 1. not a decimal\n",
    "numbered list": "1. one\n2. two\n",
    "address": "[a](v1.5/page.md) <https://example.org/1.5>\n",
    "options": '```python title="a.py"\nimport sys\n```\n',
    "a space before the language": "``` python\nx = 1\n```\n",
    "signs that are meant": "See \\[1\\], and a \\| b.\n",
    "code before a colon": "Words: `x`, and\nnow `y`: 3 = 2 + 1, 10% – so.\n",
    "braces": "```{ .python }\nx = 1\n```\n",
    "comment": "<!-- a remark, 2.0 -->\n",
    "escaped backtick": "a \\` b \\` c\n",
    "lists of whole numbers": "steps 3, 4 and 5 of 2020, ステップ3、4\n",
    "printed calculation": "```python\nprint(2 + 3)\n```\n```text { .output }\n5\n```\n",
    "printed word": '```python\nprint("start")\n```\n```text { .output }\nstart\n```\n',
    "decimal of the code in its comment": "```python\nx = 7.5  # 7.5\n```\n",
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_page_passes(name: str) -> None:
    assert check_text(SOUND[name], "demo.md") == []


@pytest.mark.parametrize("path", sorted(PAGES.glob("sound/*.md")), ids=lambda path: path.stem)
def test_a_page_without_fault_passes(path: Path) -> None:
    assert check_text(path.read_text("utf-8"), "demo.md") == []


def test_all_wrong_places_of_a_page_are_reported_at_once() -> None:
    page = EXAMPLE + "```text { .output }\n2.1\n```\n" + '\n`3.0`{ data-expr="x" } and 4.0\n\n```python\ny\n```\n'
    lines = [text.split(":")[1] for text in check_text(page, "demo.md")]
    assert lines == ["6", "9", "9", "11"]


def test_an_expression_cannot_give_a_name_another_meaning() -> None:
    page = '```python\nx = 1\n```\n`4`{ data-expr="(x := x + 3)" }\n```python\nprint(x)\n```\n```text { .output }\n1\n```\n'
    assert check_text(page) == []
