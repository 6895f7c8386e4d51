"""An example that calls a test of something and shows nothing of it proves nothing to who runs it."""

from __future__ import annotations

import pytest

from doccheck.checker import check_text

START = "def check(x, y):\n    pass\n\n\nclass Box:\n    def fill(self):\n        self.full = True\n\n\nbox = Box()\n"
END = "print(type(box).__name__, check(1, 2))"  # reads what stands above


def _messages(example: str, behind: str = "") -> list[str]:
    text = f"# T\n\n```python\n{START}```\n\n```python\n{example}\n```\n\n{behind}\n\n```python\n{END}\n```\n\n```text {{ .output }}\nBox None\n```\n"
    return check_text(text, "page.md")


@pytest.mark.parametrize(
    "example",
    [
        "check(1, 2)",
        "a = 2\ncheck(a, y=a)",
        "for i in range(3):\n    check(i, i)",
        "from math import sqrt\ncheck(2, sqrt)",
    ],
)
def test_a_call_whose_result_nobody_sees_is_found(example: str) -> None:
    [found] = _messages(example)
    assert "this example prints nothing, and shows nothing of check; end with a visible result" in found


@pytest.mark.parametrize(
    ("example", "behind"),
    [
        ("a = 2", '`2`{ data-expr="a" }'),
        ("a = 2", ""),
        ("a = check(1, 2)", "```python\nbox.a = a\n```"),
        ("check(1, 2)\nprint(box.fill())", "```text { .output }\nNone\n```"),
        ("check(1)", "```text { .error }\nTypeError: check() missing 1 required positional argument: 'y'\n```"),
        ("box.fill()", ""),
        ("box.full = check", ""),
        ("setattr(box, 'full', 2)", ""),
        ("Box.__len__ = lambda self: 2", ""),
    ],
)
def test_what_is_shown_or_kept_passes(example: str, behind: str) -> None:
    assert _messages(example, behind) == []
