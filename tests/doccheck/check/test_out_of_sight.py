"""What a page hides from its reader, what it shows of its markup, and numbers that say themselves, are found."""

from __future__ import annotations

import pytest

from doccheck.checker import check_text

HIDDEN = [
    '<details markdown="1">\n<summary>S</summary>\n\nA.',
    "A.\n\n</div>",
    '<div markdown="0">\n\nA.\n\n</div>',
    '<details markdown="1">\n<summary>S</summary>\n\nA.\n\n</div>',
    "Text that is gone.\n{ hidden }",
    "Text that is gone.\n{: hidden }",
    "Text that is gone.\n{: .quoted }",
    "*word*{ hidden }",
    "[//]: # (hidden = 1)",
    "[^1]: note",
    "[a](javascript:alert(1))",
    "[a](data:text/html,7)",
    "<![CDATA[ x = 1 ]]>",
    "<?php x = 1 ?>",
    "$\\color{white}{x = 1}$",
    "$x \\phantom{y}$",
    "$\\def\\x{y} \\x$",
]
RAW = [
    "&alpha x",
    "#Heading",
    "##x##",
    "\\(x\\)",
    "\\[x\\]",
    "\\begin{align}x\\end{align}",
    "a ** x",
    "a __ b",
    "<%= x %>",
]
SOUND = [
    '<details markdown="1">\n<summary>S</summary>\n\n<div markdown="1">\n\nA.\n\n</div>\n\n</details>',
    "[a][1]\n\n[1]: https://example.org",
    "[a](https://example.org) [b](mailto:a@example.org)",
    "$\\begin{pmatrix} x \\end{pmatrix}$",
    "R&D and A &amp; B",
    "A \\# and see \\[1\\].\n\n<!-- a remark -->",
]


@pytest.mark.parametrize("text", [*HIDDEN, *RAW])
def test_it_is_found(text: str) -> None:
    assert check_text(f"# T\n\n{text}\n")


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_passes(text: str) -> None:
    assert check_text(f"# T\n\n{text}\n") == []


@pytest.mark.parametrize(
    "code",
    [
        "print(str(7.5))",
        "import sys\n\nsys.stdout.write('7.5\\n')",
        "print('%s' % 7.5)",
        "print('{}'.format(7.5))",
        "print(*[7.5])",
        "import numpy as np\n\nprint(np.float64(7.5))",
        "import numpy as np\n\nprint(np.array(7.5))",
        "print('7.5'.strip())",
        "print(eval('7.5'))",
        "print(None or 7.5)",
    ],
)
def test_a_number_that_says_itself_is_found(code: str) -> None:
    [found] = check_text(f"# T\n\n```python\n{code}\n```\n\n```text {{ .output }}\n7.5\n```\n")
    assert "this example prints what " in found and " says itself; print what the code computes" in found


@pytest.mark.parametrize(
    ("code", "output"),
    [
        ("print(0.1 + 0.2)", "0.30000000000000004"),
        ("print(3 - 2)\nprint(1 + 2)", "1\n3"),
        ("print(round(2.5), 2**10)", "2 1024"),
        ("x = 7.5\nprint(x)", "7.5"),
        ("x = 7.5\nprint(str(x), 7.5 + x)", "7.5 15.0"),
        ("print(sorted([2, 1]))", "[1, 2]"),
        ("import numpy as np\n\nprint(np.argsort((0, 2, 1)))", "[0 2 1]"),
        ("print(len([7, 8]), 'items')", "2 items"),
    ],
)
def test_a_number_that_is_computed_passes(code: str, output: str) -> None:
    assert check_text(f"# T\n\n```python\n{code}\n```\n\n```text {{ .output }}\n{output}\n```\n") == []
