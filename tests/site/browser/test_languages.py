"""Three languages, one site: where `/` leads, what the switcher keeps, and that nothing is left untranslated."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.site_facts import COURSE, LANGUAGES
from website.words.labels import labels

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("ko-KR", "ko"), ("en-US", "en"), ("fr-FR", "en")])
def test_the_root_leads_to_the_readers_language(visit: Visit, served: str, locale: str, lang: str) -> None:
    page = visit("", locale=locale)
    page.wait_for_url(f"{served}{lang}/")


def test_the_root_shows_three_doors_without_javascript(visit: Visit) -> None:
    page = visit("", java_script_enabled=False)
    for lang in LANGUAGES:
        door = page.locator(f"section[lang={lang}] a")
        expect(door).to_contain_text(labels(lang)["landing_link"])
        assert door.get_attribute("href") == f"{lang}/"


def test_the_switcher_keeps_page_and_place_and_remembers(visit: Visit, served: str) -> None:
    page = visit("ja/stage1/step01/", locale="en-US")
    page.locator(".md-nav--primary a[href$='step02/']").click()  # instant navigation: the header stays
    expect(page).to_have_url(f"{served}ja/stage1/step02/")
    page.evaluate("location.hash = 'run'")
    page.locator(".md-select").hover()
    page.locator("a[data-switch][hreflang=ko]").click()
    page.wait_for_url(f"{served}ko/stage1/step02/#run")
    assert page.locator("html").get_attribute("lang") == "ko"
    page.goto("")
    page.wait_for_url(f"{served}ko/")  # although the browser asks for English


def test_the_switcher_knows_where_a_wrong_address_has_led(visit: Visit, served: str) -> None:
    page = visit("ja/404.html")
    other = page.locator("a[data-switch][hreflang=ko]")
    expect(other).to_have_attribute("href", f"{served}ko/")
    page.wait_for_load_state("networkidle")  # the theme first reads the sitemap
    page.evaluate("window.alive = true; document.querySelector(\".md-nav--primary a[href$='stage1/step02/']\").click()")
    expect(page).to_have_url(f"{served}ja/stage1/step02/")
    expect(other).to_have_attribute("href", f"{served}ko/stage1/step02/")
    assert page.evaluate("window.alive")


def test_the_switcher_works_without_javascript(visit: Visit, served: str) -> None:
    page = visit("ja/stage1/step03/", java_script_enabled=False)
    links = page.locator("a[data-switch]").evaluate_all("links => links.map(link => link.href)")
    assert links == [f"{served}{lang}/stage1/step03/" for lang in LANGUAGES]


def test_instant_navigation_keeps_the_page_alive(visit: Visit, served: str) -> None:
    page = visit("en/stage1/step01/")
    page.wait_for_load_state("networkidle")  # the theme first reads the sitemap
    page.evaluate("window.alive = true")
    next_link = page.locator(".md-footer__link--next")
    next_link.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # the theme forgets to go to the top if a click follows the scrolling within 100 ms
    next_link.click()
    expect(page).to_have_url(f"{served}en/stage1/step02/")
    expect(page.locator("h1")).to_contain_text("2")
    assert page.evaluate("window.alive")
    assert page.locator("link[hreflang=ja]").get_attribute("href") == f"{served}ja/stage1/step02/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_speaks_the_language(visit: Visit, lang: str) -> None:
    page = visit(f"{lang}/stage1/step01/")
    words = labels(lang)
    expect(page.locator(".md-nav--primary")).to_contain_text(COURSE.map_part("stage1").titles[lang])
    expect(page.locator(".md-header__topic").first).to_contain_text(words["site_name"])
    assert page.locator(".headerlink").first.get_attribute("title") == words["permalink"]
    assert page.locator(".md-header [title]:visible").first.get_attribute("title")
    search = {"ja": "検索", "ko": "검색", "en": "Search"}[lang]
    copy = {"ja": "クリップボードへコピー", "ko": "클립보드로 복사", "en": "Copy to clipboard"}[lang]
    assert page.locator(".md-search__input").get_attribute("placeholder") == search
    assert page.locator(".md-code__button").first.get_attribute("title") == copy
    palettes = page.locator(".md-header__option label").evaluate_all("all => all.map(one => one.title)")
    assert palettes == [words["palette_system"], words["palette_light"], words["palette_dark"]]


def test_a_wrong_address_prefers_the_language_in_it(visit: Visit) -> None:
    page = visit("ko/nothing/here/", missing=True, locale="ja-JP")
    first = page.locator("section").first
    assert first.get_attribute("lang") == "ko"
    expect(first).to_contain_text(labels("ko")["not_found_title"])
    assert page.locator("section").count() == len(LANGUAGES)
    assert page.locator("section[lang=en] a").evaluate("link => link.pathname") == "/en/"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("ja/stage1/step7/", "stage1/step07/"),
        ("en/stage2/step14.html", "stage2/step14/"),
        ("ko/lab/newtons/", "labs/newton/"),
        ("en/stage1/step30/", "stage3/step30/"),
    ],
)
def test_a_wrong_address_is_offered_the_pages_that_are_most_like_it(
    visit: Visit, served: str, asked: str, first: str
) -> None:
    page = visit(asked, missing=True)
    lang = asked.partition("/")[0]
    near = page.locator(".near:visible a")
    expect(near.first).to_be_visible()
    assert near.first.evaluate("link => link.href") == f"{served}{lang}/{first}"
    assert near.count() <= 3


def test_a_wrong_address_that_is_like_none_is_offered_none(visit: Visit) -> None:
    page = visit("ja/wxyz/", missing=True)
    page.wait_for_load_state("networkidle")
    assert page.locator(".near:visible").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_languages_own_404_is_in_that_language(visit: Visit, served: str, lang: str) -> None:
    page = visit(f"{lang}/404.html")
    expect(page.locator("h1")).to_have_text(labels(lang)["not_found_title"])
    assert page.locator("article a").evaluate("link => link.href") == f"{served}{lang}/"
