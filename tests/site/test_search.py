"""The search: what people type in three languages is found, and found in their language."""

from collections.abc import Callable
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect

from tests.site.places import LANGUAGES, ROOT

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

# Asked only if the pages of the language hold it: not every word of the field has been taught yet.
QUERIES = {
    "ja": ["計算グラフ", "テイラー展開", "逆伝播", "誤差逆伝播法", "numerical_diff", "数値微分", "ﾊﾞｯｸ"],
    "ko": ["역전파", "수치 미분", "수치미분", "계산 그래프", "계산그래프", "numerical_diff"],
    "en": ["gradient", "NUMERICAL_DIFF", "chain rule"],
}


def _text(lang: str) -> str:
    pages = (ROOT / "docs" / lang).rglob("*.md")
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    return normalize("NFKC", text).lower().replace(" ", "")


def _answers(page: Page, query: str) -> list[str]:
    page.locator(".md-search__input").fill("")
    expect(page.locator(".md-search-result__item")).to_have_count(0)  # or the last query's answers would be read
    page.locator(".md-search__input").fill(query)
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    found: list[str] = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_found_in_their_language(visit: Visit, served: str, lang: str) -> None:
    page = visit(f"{lang}/stage1/step01/")
    asked = [query for query in QUERIES[lang] if normalize("NFKC", query).lower().replace(" ", "") in _text(lang)]
    assert len(asked) >= 3
    for query in asked:
        found = _answers(page, query)
        assert found and all(address.startswith(f"{served}{lang}/") for address in found), query
        assert page.locator(".md-search-result mark").count(), query


def test_spaces_between_korean_words_do_not_matter(visit: Visit) -> None:
    page = visit("ko/")
    spaced, joined = ({a.split("?")[0] for a in _answers(page, query)} for query in ("수치 미분", "수치미분"))
    assert joined and joined <= spaced


def test_a_title_comes_before_a_mention(visit: Visit) -> None:
    page = visit("ja/")
    assert "/stage1/step04/" in _answers(page, "数値微分")[0]


def test_what_is_found_is_text_and_not_markup(visit: Visit) -> None:
    page = visit("en/")
    page.locator(".md-search__input").fill("<img src=x onerror=alert(1)>")
    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")
    assert page.locator(".md-search-result img").count() == 0
    # The answer to a query that stands in the pages beside < or & must show them, not run them.
    assert all("/en/" in address for address in _answers(page, "class"))
    assert page.locator(".md-search-result__article > :not(h1, h2, mark, .md-search-result__icon)").count() == 0
