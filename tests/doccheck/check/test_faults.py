"""Every rule has a page with a planted fault; the message must say where, what and what to do."""

from __future__ import annotations

import pytest

from doccheck import check_text

EXAMPLE = "```python\nx = 2.0\nprint(x)\n```\n"
OUTPUT = "```text { .output }\n2.0\n```\n"
GOOD = EXAMPLE + OUTPUT

# name: (page, line, what the message must contain)
FAULTS = {
    "wrong output": (EXAMPLE + "```text { .output }\n2.1\n```\n", 6, "the page says 2.1, the code prints 2.0; `pytest"),
    "second line of an output": (
        "```python\nprint(1)\nprint(2)\n```\n```text { .output }\n1\n3\n```\n",
        7,
        "the page says 3, the code prints 2",
    ),
    "output with a line too few": (
        "```python\nprint(1)\nprint(2)\n```\n```text { .output }\n1\n```\n",
        7,
        "the page says nothing, the code prints 2",
    ),
    "output with trailing space": (EXAMPLE + "```text { .output }\n2.0 \n```\n", 6, "the page says '2.0 ', the code"),
    "output of nothing": ("```python\nx = 1\n```\n```text { .output }\n1\n```\n", 4, "the code prints nothing"),
    "output without example": ("```text { .output }\n1\n```\n", 1, "no example stands before this .output fence"),
    "second output": (GOOD + OUTPUT, 8, "no example stands before this .output fence"),
    "forgotten output": (EXAMPLE, 1, "the example prints 2.0 but no output fence follows; `pytest docs --fix` adds it"),
    "print shown by no later output": (GOOD + "```python\nprint(3)\n```\n", 8, "no output fence follows"),
    "unexpected error": (
        "text\n\n```python\nx = 1\n1 / 0\n```\n",
        3,
        "raises ZeroDivisionError: division by zero; mend",
    ),
    "wrong error": (
        "```python\n1 / 0\n```\n```text { .error }\nZeroDivisionError: division by one\n```\n",
        5,
        "the page says ZeroDivisionError: division by one, the code raises ZeroDivisionError: division by zero",
    ),
    "wrong error type": (
        "```python\n1 / 0\n```\n```text { .error }\nValueError: division by zero\n```\n",
        5,
        "the code raises ZeroDivisionError: division by zero",
    ),
    "error that is not raised": (
        "```python\n1 / 1\n```\n```text { .error }\nZeroDivisionError: division by zero\n```\n",
        4,
        "the code raises nothing; delete this fence or mend the code",
    ),
    "error shown as output": ("```python\n1 / 0\n```\n```text { .output }\nNo\n```\n", 1, "raises ZeroDivisionError"),
    "warning": (
        "```python\nimport warnings\nwarnings.warn('careful')\n```\n",
        1,
        "the example writes to stderr, which a reader sees too",
    ),
    "wrong value": (GOOD + '\nIt is `2.1`{ data-expr="x" }.\n', 9, "the page says 2.1, x is 2.0; `pytest docs --fix`"),
    "value before its example": ('`2.0`{ data-expr="x" }\n\n' + GOOD, 1, "x cannot be computed here: NameError"),
    "misspelt expression": (GOOD + '`2.0`{ data-expr="y" }\n', 8, "y cannot be computed here: NameError: name 'y'"),
    "expression that is no Python": (GOOD + '`2.0`{ data-expr="x +" }\n', 8, "data-expr='x +' is no Python expression"),
    "constant expression": (GOOD + '`2.0`{ data-expr="2.0" }\n', 8, "is itself a constant, so nothing is checked"),
    "constant in brackets": (GOOD + '`(2, 3)`{ data-expr="(2, 3)" }\n', 8, "is itself a constant"),
    "misspelt attribute": (GOOD + '`2.0`{ data-exp="x" }\n', 8, "unknown attribute data-exp"),
    "misspelt class": (GOOD + "`2.0`{ .quotd }\n", 8, "unknown attribute .quotd"),
    "computed and quoted": (GOOD + '`2.0`{ .quoted data-expr="x" }\n', 8, "both computed and .quoted"),
    "attribute at a distance": (GOOD + '`x` { data-expr="x" }\n', 8, "'data-expr' belongs to nothing here"),
    "attribute over two lines": (GOOD + '`2.0`{\ndata-expr="x" }\n', 8, "cannot read '{' after `2.0`"),
    "attribute that never ends": (GOOD + '`2.0`{ data-expr="x"\n', 8, "cannot read"),
    "value of several lines": (
        '```python\nx = "a\\nb"\n```\n`a`{ data-expr="x" }\n',
        4,
        "which inline code cannot show; print it in an example",
    ),
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
    "number in inline code": (GOOD + "`x = 2.5`\n", 8, "2.5 in `x = 2.5` stands in no code or output of this page"),
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
    "decimal in a displayed formula": ("\n$$\nx = 2.5\n$$\n", 2, "2.5 stands in a formula"),
    "misspelt language": ("```pyhton\nx = 1\n```\n", 1, "nothing checks a fence with 'pyhton'"),
    "no language": ("```\nx = 1\n```\n", 1, "nothing checks a fence with 'no language'"),
    "short for Python": ("```py\nx = 1\n```\n", 1, "nothing checks a fence with 'py'"),
    "text without a class": ("```text\n2.0\n```\n", 1, "nothing checks a fence with 'text'"),
    "misspelt output": (EXAMPLE + "```text { .ouput }\n2.0\n```\n", 5, "nothing checks a fence with 'text { .ouput }'"),
    "output with a wish": (EXAMPLE + "```text { .output .skip }\n2.0\n```\n", 5, "nothing checks a fence"),
    "unknown option": ("```python skip\nx = 1\n```\n", 1, "cannot read 'skip'"),
    "unknown option with a value": ('```python test="no"\nx = 1\n```\n', 1, "nothing checks a fence"),
    "fence that is never closed": ("```python\nx = 1\n", 1, "this fence is never closed"),
    "fence in a list item": ("- ```python\n  x = 1\n  ```\n", 1, "a fence in a list begins on a line of its own"),
    "closing fence indented otherwise": (
        "```python\nx = 1\n  ```\n",
        1,
        "the closing fence is not like the opening one; write '```'",
    ),
    "line indented less than its fence": (
        "!!! note\n    ```python\n    x = 1\n  y = 2\n    ```\n",
        2,
        "line 2 of this fence is indented less than the fence",
    ),
    "indented fence in nothing": ("text\n\n    ```python\n    x = 1\n    ```\n", 3, "stands in no list, box or tab"),
    "fence indented by two": ("!!! note\n\n  ```python\n  x = 1\n  ```\n", 3, "stands in no list, box or tab"),
    "two backticks": ("``python\nx = 1\n``\n", 1, "or write a fence of three backticks"),
    "two backticks, never closed": ("``python\nx = 1\n", 1, "opens no fence; a fence begins with three backticks"),
    "inline code over lines": ("`x =\n1`\n", 1, "inline code runs over a line end"),
    "indented code": ("text\n\n    x = 1\n", 3, "indented text is code that nobody runs"),
    "tab-indented code": ("text\n\n\tx = 1\n", 3, "indented text is code that nobody runs"),
    "HTML code": ("<pre>x = 1</pre>\n", 1, "nothing checks code in <pre>"),
    "fence in a comment": ("<!--\n```python\nx = 1\n```\n-->\n", 1, "nothing checks code inside an HTML comment"),
    "comment that never ends": ("<!-- x\n", 1, "this comment is never closed"),
    "misspelt marker": ("<!-- Code so far -->\n", 1, "this is no marker; write exactly <!-- code so far -->"),
    "underlined heading": ("Title\n=====\n", 1, "this heading is underlined; write it with # at its beginning"),
    "same id twice": ("# A {#a}\n\n## B {#a}\n", 3, "the id 'a' is taken by a heading above"),
    "picture without text": ("![](a.svg)\n", 1, "the picture a.svg has no alternative text"),
    "closing fence longer than the opening one": ("```python\nx = 1\n````\n", 1, "is not like the opening one"),
    "output that swallows what follows": (
        EXAMPLE + "```text { .output }\n2.0\n``\n\nWords.\n\n```python\ny = 3\n```\n",
        5,
        "'``' in this output looks like a fence; close the one above with ```",
    ),
    "decimal in a footnote": ("a[^1]\n\n[^1]: gives 7.5\n", 3, "7.5 stands in a sentence unchecked"),
    "decimal in a Japanese footnote": ("a[^1]\n\n[^1]: 結果は7.5になります。\n", 3, "7.5 stands in a sentence"),
    "decimal behind an address": ("https://numpy.orgを見ると7.5です\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal behind dots": ("結果は…7.5です\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal between inline comment signs": ("Write `<!--`. It is 7.5. End with `-->`.\n", 1, "7.5 stands in a"),
    "decimal after a smaller sign": ("We have a <b, and it is 7.5.\n\n> Quote\n", 1, "7.5 stands in a sentence"),
    "decimal in braces": ("Take {.25, 7.5} now.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal half in bold": ("It is 7.**5**.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal half in a tag": ("It is 7.<b>5</b>.\n", 1, "the reader sees 7.5, which nothing checks"),
    "decimal with a soft hyphen": ("It is 7.&shy;5.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal with an invisible character": ("It is 7.\u200b5.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal in Arabic digits": ("It is \u0667.\u0665.\n", 1, "7.5 stands in a sentence unchecked"),
    "decimal in a tooltip": ('**w**{: title="7.5" }\n', 1, "7.5"),
    "decimal behind a command of a formula": ("$y\\approx7.5$\n", 1, "7.5 stands in a formula"),
    "decimal in a formula with braces": ("$7{.}5$\n", 1, "7.5 stands in a formula"),
    "decimal in a comment of the code": ("```python\nx = 1  # 7.5\n```\n", 2, "7.5 in a comment stands in no code"),
    "comment over an empty line inside a sentence": ("a <!-- b\n\nc --> d\n", 1, "Markdown shows this comment as text"),
    "marker inside a sentence": ("a <!-- code so far -->\n", 1, "this is no marker"),
    "result behind its name": (GOOD + "`x.grad = 2.0`\n", 8, "`x.grad = 2.0` is a number without an expression"),
    "expression with its own answer": (GOOD + '`2.0`{ data-expr="x and 2.0" }\n', 8, "contains its own answer"),
    "expression with its answer as text": (GOOD + "`2.0`{ data-expr=\"str('2.0')\" }\n", 8, "contains its own answer"),
    "expression that cannot be hashed": (GOOD + '`2.0`{ data-expr="{[]}" }\n', 8, "is itself a constant"),
    "code in teletype": ("<tt>print(75)</tt>\n", 1, "nothing checks code in <tt>"),
    "full-width backticks": ("｀｀｀python\nx = 1\n｀｀｀\n", 1, "opens no fence"),
    "a doctest": (">>> print(75)\n75\n", 1, "opens no fence"),
    "a notebook's cell": ("In [1]: print(x)\n", 1, "opens no fence"),
    "formula that does not end": ("Words.\n\nIt is $x^2.\n", 3, "the reader sees '$' in 'Words. It is $x^2."),
    "bold that does not end": ("It is **bold.\n", 1, "the reader sees '**'"),
    "code that does not end": ("It is `x.\n", 1, "the reader sees '`'"),
    "link that does not end": ("See [this](https://numpy.org\n", 1, "the reader sees ']('"),
    "picture that does not end": ("![A box](a.svg\n", 1, "the reader sees '!['"),
    "box without Markdown": ("<div>\n\n### Title {#a}\n\n</div>\n", 3, "the reader sees '### '"),
    "picture of another kind": (
        '<img src="a.svg" alt="A">\n',
        1,
        "the reader sees the pictures ['a.svg'], written are []",
    ),
    "code that only the renderer sees": ("## T\n    x = 1\n", 2, "the reader sees a code block that was not checked"),
    "line numbers": ('```python linenums="1"\nx = 1\n```\n', 1, "nothing checks a fence with"),
    "output of a carriage return": (
        "```python\nprint('a\\rb')\n```\n```text { .output }\nab\n```\n",
        4,
        "the code prints the character U+000D CARRIAGE RETURN, which a page cannot show",
    ),
    "value with outer spaces": (
        "```python\nx = ' a'\n```\n`a`{ data-expr=\"x\" }\n",
        4,
        "which inline code cannot show",
    ),
    "statement in a listing": (
        '```python title="m.py"\ndef f():\n    return 1\n\n\nprint(f())\n```\n```text { .output }\n1\n```\n',
        6,
        "a listing holds imports and whole definitions only",
    ),
    "syntax error": (
        "```python\nx = = 1\n```\n",
        2,
        "this example is no Python: invalid syntax in 'x = = 1'; mend this line",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    page, line, message = FAULTS[name]
    found = check_text(page, "demo.md")
    assert any(text.startswith(f"demo.md:{line}: ") and message in text for text in found), found


SOUND = {
    "example and output": GOOD,
    "value": GOOD + '`2.0`{ data-expr="x" } and `4.0`{: data-expr="x * x" }\n',
    "value with quotes and brackets": "```python\nd = {'a': [1]}\n```\n`1`{ data-expr=\"d['a'][0]\" }\n",
    "value with a brace": '```python\nx = 1\n```\n`1`{ data-expr="{0: x}[0]" }\n',
    "value in a table": GOOD + '\n| a |\n|---|\n| `2.0`{ data-expr="x" } |\n',
    "quoted": "Python `3.11`{ .quoted }\n",
    "code": GOOD + "`x.data`, `y0`, `step01.md`, `None`, `x = 2.0`\n",
    "integers in a sentence": "10 steps, 3 languages, in 2020. 1. not a decimal\n",
    "numbered list": "1. one\n2. two\n",
    "formula": GOOD + "$x^2 = 2.0$ and $e^{1/2}$\n",
    "address": "[a](v1.5/page.md) <https://example.org/1.5>\n",
    "several examples, one output": "```python\nprint(1)\n```\n```python\nprint(2)\n```\n```text { .output }\n1\n2\n```\n",
    "output and error": (
        "```python\nprint(1)\n1 / 0\n```\n```text { .output }\n1\n```\n"
        "```text { .error }\nZeroDivisionError: division by zero\n```\n"
    ),
    "options": '```python title="a.py"\nimport sys\n```\n',
    "a space before the language": "``` python\nx = 1\n```\n",
    "braces": "```{ .python }\nx = 1\n```\n",
    "in a box": "!!! note\n    ```python\n    print(1)\n    ```\n\n    ```text { .output }\n    1\n    ```\n",
    "in a list": "- item\n\n    ```python\n    x = 1\n    ```\n",
    "in a quote": "> ```python\n> print(1)\n> ```\n>\n> ```text { .output }\n> 1\n> ```\n",
    "fence inside a longer fence": '````python\nx = """\n```python\n```\n"""\n````\n',
    "comment": "<!-- a remark, 2.0 -->\n",
    "comment sign inside code": "```python\nx = '<!--'\n```\n`x`\n",
    "output with spaces before and empty lines": (
        "```python\nprint('  a')\nprint()\nprint('  b')\n```\n```text { .output }\n  a\n\n  b\n```\n"
    ),
    "output without a line end": "```python\nprint(1, end='')\n```\n```text { .output }\n1\n```\n",
    "escaped backtick": "a \\` b \\` c\n",
    "error with a guess at the name": (
        "```python\nprnt\n```\n```text { .error }\nNameError: name 'prnt' is not defined. Did you mean: 'print'?\n```\n"
    ),
    "error with a note": (
        "```python\ne = ValueError('bad')\ne.add_note('note')\nraise e\n```\n```text { .error }\nValueError: bad\n```\n"
    ),
    "values that would change what follows": (
        "```python\na = [1, 2, 3]\nit = iter(a)\n```\n"
        '`3`{ data-expr="a.pop()" } `1`{ data-expr="next(it)" } `1`{ data-expr="next(it)" }\n'
        "```python\nprint(a)\n```\n```text { .output }\n[1, 2, 3]\n```\n"
    ),
    "decimal of the code in its comment": "```python\nx = 7.5  # 7.5\n```\n",
    "name is main": "```python\nprint(__name__)\nclass A: pass\nprint(A)\n```\n```text { .output }\n__main__\n<class '__main__.A'>\n```\n",
    "text of a child process": (
        "```python\nimport subprocess, sys\nsubprocess.run([sys.executable, '-c', 'print(5)'])\n```\n```text { .output }\n5\n```\n"
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_page_passes(name: str) -> None:
    assert check_text(SOUND[name], "demo.md") == []


def test_all_wrong_places_of_a_page_are_reported_at_once() -> None:
    page = EXAMPLE + "```text { .output }\n2.1\n```\n" + '\n`3.0`{ data-expr="x" } and 4.0\n\n```python\ny\n```\n'
    lines = [text.split(":")[1] for text in check_text(page, "demo.md")]
    assert lines == ["6", "9", "9", "11"]


def test_an_expression_cannot_give_a_name_another_meaning() -> None:
    page = '```python\nx = 1\n```\n`4`{ data-expr="(x := x + 3)" }\n```python\nprint(x)\n```\n```text { .output }\n1\n```\n'
    assert check_text(page) == []
