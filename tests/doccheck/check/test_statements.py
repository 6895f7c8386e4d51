"""A constant or a type that a sentence says of a name of the page needs its expression, as a shape does."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.check.statements import check_statements, check_tuples
from doccheck.page.model import Page, parse_page
from tests.support.sample_project import Project

CODE = "```python\nx = lambda: [[1, 2]]\nx.grad = None\n\n\ndef f(gy):\n    gy.wanted = 2\n```\n"
HERE = Path(__file__).parent
SAYS = dict(find_settings(HERE).statements)


def _page(text: str, code: str = CODE) -> Page:
    text = f"# T {{#t}}\n\n{code}\n{text}\n"
    return parse_page(text, HERE / "page.md", "page.md")


STATEMENTS = [
    ("en", "Here `x.grad` is `None`."),
    ("en", "If so, `x.grad` is still `None`, and it stays there."),
    ("en", "No one has set `x.grad`, so it is `None`."),
    ("en", "The type of `x` is `int64`."),
    ("en", "Its `grad` was `None`."),
    ("en", "`x` holds one number of type `float64`."),
    ("ja", "`x.grad`は`None`です。"),
    ("ja", "なら、`x.grad`が`None`なので止まります。"),
    ("ja", "`x`の勾配は`None`になりました。"),
    ("ja", "`x`のデータ型は`int64`です。"),
    ("ko", "`x.grad`는 `None`입니다."),
    ("ko", "`x.grad`가 아직 `None`이어서 멈춥니다."),
    ("ko", "`x`의 자료형은 `int64`입니다."),
    ("ko", "`x.grad`는 `None`이 되었습니다."),
]


@pytest.mark.parametrize(("language", "text"), STATEMENTS)
def test_a_statement_without_its_expression_is_found(language: str, text: str) -> None:
    [found] = check_statements(_page(text), SAYS[language])
    assert found.says.startswith("nothing computes that ") and "data-expr" in found.remedy


@pytest.mark.parametrize(("language", "text"), STATEMENTS)
def test_a_statement_with_its_expression_passes(language: str, text: str) -> None:
    head, _, tail = text.rpartition("`")
    assert not list(check_statements(_page(f'{head}`{{ data-expr="x.grad" }}{tail}'), SAYS[language]))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "If `x.grad` is `None`, it stops."),
        ("en", "It stops when `x.grad` is still `None`."),
        ("en", "The function `x.f` returns `None`."),
        ("en", "The partner of `gy` is `None`."),
        ("en", "The `grad_fn` of a leaf is `None`."),
        ("en", "Where data are `int64`, the answer is `float64`."),
        ("ja", "`x.grad`が`None`なら、止まります。"),
        ("ja", "`x.grad`が`None`のとき、止まります。"),
        ("ja", "リーフの`grad_fn`は`None`です。"),
        ("ko", "`x.grad`가 `None`이면 멈춥니다."),
        ("ko", "`x.grad`가 `None`일 때 멈춥니다."),
        ("ko", "리프의 `grad_fn`은 `None`입니다."),
    ],
)
def test_a_condition_and_what_is_said_of_other_names_pass(language: str, text: str) -> None:
    assert not list(check_statements(_page(text), SAYS[language]))


def test_before_the_code_a_name_means_nothing_yet() -> None:
    page = parse_page(f"# T {{#t}}\n\n`x.grad` is `None`.\n\n{CODE}", HERE / "page.md", "page.md")
    assert not list(check_statements(page, SAYS["en"]))


@pytest.mark.parametrize(
    "text", ["The shape is (2, 4).", "It is [1, 3].", "The point (3, −1).", "![A point (7, 8)](a.svg)"]
)
def test_a_shape_in_plain_words_is_found(text: str) -> None:
    [found] = check_tuples(_page(text))
    assert "stands in a sentence unchecked" in found.says


@pytest.mark.parametrize(
    "text",
    [
        "![A point (1, 1)](a.svg) of $(1,\\,1)$.",
        "Steps [11](a.md), [12](b.md).",
        "See (1) and (2).",
        "f(2, 4) is a call.",
    ],
)
def test_what_a_formula_or_the_code_has_passes(text: str) -> None:
    assert not list(check_tuples(_page(text)))


def test_both_are_asked_for_a_page_of_a_project(project: Project) -> None:
    file = project.root / "pyproject.toml"
    file.write_text(
        file.read_text().replace('["aa", "bb", "cc"]', '["aa"]') + "statements = { aa = 'NAME is VALUE' }\n"
    )
    project.write("a.md", f"# T {{#t}}\n\n{CODE}\n`x.grad` is `None`, the shape (3, 3).\n", "aa")
    none, shape = project.problems("aa/a.md")
    assert "nothing computes that x.grad is `None`" in none and "(3, 3) stands in a sentence" in shape
