"""The API reference in a browser: the language of its own words, and the way from a lesson to an entry and back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.site_facts import COURSE, IN_TURN, REFERENCE
from website.words.labels import labels

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
COPY = {"ja": "クリップボードへコピー", "ko": "클립보드로 복사"}  # the theme's words


# the overview and a page of entries; all the others in the thorough lane
@pytest.mark.parametrize(
    ("lang", "pages"),
    [
        pytest.param("ja", REFERENCE[:2], id="ja"),
        pytest.param("ja", REFERENCE[2:], marks=pytest.mark.thorough, id="ja-others"),
        pytest.param("ko", REFERENCE[:2], id="ko"),
        pytest.param("ko", REFERENCE[2:], marks=pytest.mark.thorough, id="ko-others"),
    ],
)
def test_the_reference_says_nothing_in_english_but_docstrings(visit: Visit, lang: str, pages: list[Path]) -> None:
    page = visit(f"{lang}/")
    words = {re.sub(r"\W*{}.*", "", text) for key, text in labels(lang).items() if key.startswith("reference_")}
    for path in pages:
        page.goto(f"{lang}/{path.with_suffix('').as_posix().removesuffix('index')}", wait_until="domcontentloaded")
        assert page.locator("article [lang=en]").count() > 0
        assert set(page.evaluate(OWN_WORDS)) <= words
        titles = set(page.locator("article [title]").evaluate_all("all => all.map(one => one.title)"))
        copied = {
            title for title in titles if re.fullmatch(r"[\w.]+( \([\w.]+\))?", title, re.ASCII)
        }  # of types in signatures
        own = {labels(lang)["permalink"], labels(lang)["copy_code"], COPY[lang]}
        assert labels(lang)["permalink"] in titles - copied <= own
        expect(page.locator(".md-nav--primary")).to_contain_text(COURSE.parts[-1].titles[lang])


# The texts of a page but docstrings, code, names and the titles of lessons.
OWN_WORDS = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());)
    if (!node.parentElement.closest("[lang=en], code, h2, h3, h4, .about-entry a, .headerlink, .source-line, h1[id^=dezero_lite], template"))
      texts.push(node.textContent.replace(/[:：·\\s]+$/, "").trim());
  return texts.filter(text => text);
}"""


@pytest.mark.parametrize("lang", IN_TURN)
def test_a_reader_goes_from_a_name_to_its_entry_and_back_to_the_lesson(visit: Visit, served: str, lang: str) -> None:
    page = visit(f"{lang}/stage2/step14/", viewport={"width": 390, "height": 844})
    link = page.locator("a.name", has_text="cleargrad")
    link.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # the theme notes where one is; a click before would be overtaken
    link.click()
    expect(page).to_have_url(f"{served}{lang}/reference/stage2/#dezero_lite.stage2.core.Variable.cleargrad")
    entry = page.locator('[id="dezero_lite.stage2.core.Variable.cleargrad"]')
    expect(entry).to_be_in_viewport()
    page.locator(".about-entry a[href$='step14/#code']").last.click()
    expect(page).to_have_url(f"{served}{lang}/stage2/step14/#code")
    expect(page.locator("h1")).to_have_id("step14")
