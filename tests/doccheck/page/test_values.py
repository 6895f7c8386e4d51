"""How a page marks inline code; read without any process."""

from __future__ import annotations

import pytest

from doccheck import check_text
from doccheck.page.values import find_values


@pytest.mark.parametrize("text", ["`3.11`{ .quoted }", '<span class="quoted">`3.11`</span>'])
def test_a_number_from_elsewhere_is_marked_in_braces_or_by_a_span(text: str) -> None:
    (value,) = find_values(f"Python {text} or newer")
    assert (value.kind, value.text, value.problems) == ("quoted", "3.11", [])
    assert check_text(f"# A {{#a}}\n\nPython {text} or newer.\n") == []


@pytest.mark.parametrize(
    "text", ["<span>`3.11`</span>", '<span class="quoted">`3.11`', '<span class="quoted"> `3.11`</span>']
)
def test_what_is_no_such_span_marks_nothing(text: str) -> None:
    (value,) = find_values(f"Python {text} or newer")
    assert value.kind == "code"
    assert [problem.says for problem in value.problems] == ["`3.11` is a number without an expression"]
