"""The reader's place: kept when the language changes, remembered on the device, offered on the home page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from tests.support.site_facts import LANGUAGES, PHONE
from website.words.labels import labels

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
Visit = Callable[..., Page]
TITLES = {
    "ja": "ステップ14 同じ変数を繰り返し使う",
    "ko": "14단계 같은 변수 반복 사용",
    "en": "Step 14: Using the same variable more than once",
}
SECTIONS = {"ja": "cleargradを忘れる", "ko": "cleargrad를 잊기", "en": "Forgetting cleargrad"}
# What a browser does where the reader has forbidden sites to store anything.
FORBID = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new Error("forbidden"); } });"""
BLOCKS = "[...document.querySelectorAll('article .highlight')].filter(one => one.checkVisibility())"


def _scroll_to(page: Page, selector: str, above: int = 200) -> None:
    """Bring an element to a height on the screen, and let the page notice: it waits until the scrolling rests."""
    page.locator(selector).first.evaluate("(it, above) => scrollBy(0, it.getBoundingClientRect().top - above)", above)
    page.wait_for_timeout(500)


def _switch(page: Page, lang: str) -> None:
    # Not with the mouse: where the menu is slow to open, Playwright scrolls the page to get at the link.
    page.locator(f"a[data-switch][hreflang={lang}]").evaluate("link => link.click()")
    page.wait_for_url(f"**/{lang}/**")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("name", "nth"), [("stage2/step14", 1), ("stage2/step14", 7), ("labs/linear-regression", 7)])
def test_the_same_code_stays_at_the_same_height(visit: Visit, options: dict[str, Any], name: str, nth: int) -> None:
    page = visit(f"ja/{name}/", **options)
    height = round(page.evaluate("innerHeight") * 0.3)  # where the eye is
    page.evaluate(
        f"({BLOCKS})[{nth}].scrollIntoView(); scrollBy(0, ({BLOCKS})[{nth}].getBoundingClientRect().top - {height})"
    )
    for lang in ("ko", "en", "ja"):
        _switch(page, lang)
        assert page.evaluate(f"({BLOCKS})[{nth}].getBoundingClientRect().top") == pytest.approx(height, abs=2)


def test_the_address_names_the_section_that_is_being_read(visit: Visit, served: str) -> None:
    page = visit("ja/stage2/step14/#idea")
    _scroll_to(page, "#cleargrad + p")
    _switch(page, "ko")
    expect(page).to_have_url(f"{served}ko/stage2/step14/#cleargrad")


def test_a_permalink_in_sight_stays_the_address(visit: Visit, served: str) -> None:
    page = visit("ja/stage2/step14/#exercise")  # at the page's end: it cannot come to the top
    page.set_viewport_size({"width": 1280, "height": 2000})
    _switch(page, "en")
    expect(page).to_have_url(f"{served}en/stage2/step14/#exercise")
    expect(page.locator("#exercise")).to_be_in_viewport()


def test_at_the_top_of_a_page_there_is_no_section(visit: Visit, served: str) -> None:
    page = visit("ja/stage2/step14/")
    _switch(page, "en")
    expect(page).to_have_url(f"{served}en/stage2/step14/")
    assert page.evaluate("scrollY") == 0


def test_an_open_box_is_open_in_the_other_language(visit: Visit) -> None:
    page = visit("en/stage2/step14/")
    page.evaluate("document.querySelector('details.solution').open = true")
    _scroll_to(page, "details.solution .highlight")
    _switch(page, "ko")
    expect(page.locator("details.solution .highlight").first).to_be_in_viewport()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_home_page_offers_the_last_place(visit: Visit, served: str, lang: str) -> None:
    page = visit("ko/stage2/step14/")
    _scroll_to(page, "#cleargrad + p")
    page.goto(f"{lang}/")
    link = page.locator(".continue a")
    expect(link).to_have_text(labels(lang)["continue_section"].format(page=TITLES[lang], section=SECTIONS[lang]))
    expect(page.locator("h1")).to_be_in_viewport()  # nobody was taken anywhere
    link.click()
    expect(page).to_have_url(f"{served}{lang}/stage2/step14/#cleargrad")
    expect(page.locator("#cleargrad")).to_be_in_viewport()


def test_the_place_follows_instant_navigation(visit: Visit, served: str) -> None:
    page = visit("en/stage2/step13/")
    page.wait_for_load_state("networkidle")  # the theme first reads the sitemap
    page.evaluate("window.alive = true; document.querySelector('.md-footer__link--next').click()")
    expect(page.locator("h1")).to_have_id("step14")
    page.locator(".md-header a.md-logo").click()
    expect(page.locator(".continue a")).to_have_text(labels("en")["continue_page"].format(page=TITLES["en"]))
    assert page.evaluate("window.alive")


def test_a_page_opened_again_is_opened_at_its_top_and_forgets_nothing(visit: Visit) -> None:
    page = visit("en/stage2/step14/")
    _scroll_to(page, "#cleargrad + p")
    page.goto("en/")
    page.goto("en/stage2/step14/")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0
    page.goto("en/")
    expect(page.locator(".continue a")).to_contain_text(SECTIONS["en"])


def test_going_to_a_page_is_not_reading_it(visit: Visit) -> None:
    page = visit("en/stage2/step14/")
    _scroll_to(page, "#cleargrad + p")
    page.goto("en/checked/")
    page.wait_for_load_state("networkidle")  # the theme first reads the sitemap
    _scroll_to(page, "article h2 >> nth=-1")
    page.locator(".md-nav--primary a[href$='stage2/step14/']").evaluate("link => link.click()")
    expect(page.locator("h1")).to_have_id("step14")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0
    page.goto("en/")
    expect(page.locator(".continue a")).to_contain_text(SECTIONS["en"])


def test_who_scrolls_before_the_scripts_run_stays_there(visit: Visit) -> None:
    page = visit("en/stage2/step14/")
    _scroll_to(page, "#cleargrad + p")
    held: list[Route] = []
    page.route("**/ko/**/bundle*", lambda route: held.append(route))
    with page.expect_request("**/ko/**/bundle*"):
        page.locator("a[data-switch][hreflang=ko]").evaluate("link => link.click()")
    page.evaluate("scrollTo(0, 300)")
    held[0].continue_()
    page.locator("#value-tip").wait_for(state="attached")
    assert page.evaluate("scrollY") == 300


def test_choosing_the_language_that_is_on_leaves_nothing_behind(visit: Visit) -> None:
    page = visit("en/stage2/step14/")
    page.wait_for_load_state("networkidle")  # the theme first reads the sitemap
    _scroll_to(page, "#cleargrad + p")
    page.locator("a[data-switch][hreflang=en]").evaluate("link => link.click()")
    page.wait_for_timeout(500)
    assert page.evaluate("sessionStorage.length") == 0


def test_the_root_leads_to_the_language_that_was_read_last(visit: Visit, served: str) -> None:
    page = visit("ko/stage2/step14/", locale="en-US")  # from a search, say, and not through the switcher
    page.goto("")
    page.wait_for_url(f"{served}en/")  # it was only looked at
    page.goto("ko/stage2/step14/")
    _scroll_to(page, "#cleargrad + p")
    page.goto("")
    page.wait_for_url(f"{served}ko/")


@pytest.mark.parametrize("name", ["tracks/layers/", "labs/landscapes/"])
def test_tracks_and_labs_are_remembered_too(visit: Visit, served: str, name: str) -> None:
    page = visit(f"en/{name}")
    page.goto("ja/")
    expect(page.locator(".continue a")).to_have_attribute("href", f"{served}ja/{name}")


def test_looking_something_up_does_not_lose_the_place(visit: Visit) -> None:
    page = visit("en/stage2/step14/")
    page.goto("en/checked/")
    page.goto("en/")
    expect(page.locator(".continue a")).to_contain_text(TITLES["en"])


@pytest.mark.parametrize("last", ['{"page": "//elsewhere.example/"}', '{"page": "../ko/"}', "{", "null", "7"])
def test_nonsense_in_the_storage_is_ignored(visit: Visit, last: str) -> None:
    page = visit("en/")
    page.evaluate("last => localStorage.setItem('dezero_lite.place', last)", last)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".continue")).to_be_empty()


def test_a_section_that_is_gone_leaves_its_page(visit: Visit, served: str) -> None:
    page = visit("en/")
    page.evaluate('localStorage.setItem(\'dezero_lite.place\', \'{"page": "stage2/step14/", "id": "gone"}\')')
    page.reload()
    expect(page.locator(".continue a")).to_have_text(labels("en")["continue_page"].format(page=TITLES["en"]))
    assert page.locator(".continue a").get_attribute("href") == f"{served}en/stage2/step14/"


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_moves_when_the_link_comes(visit: Visit, options: dict[str, Any]) -> None:
    page = visit("ja/", **options)
    before = page.locator("h1").bounding_box()
    page.evaluate('localStorage.setItem(\'dezero_lite.place\', \'{"page": "stage2/step14/", "id": "cleargrad"}\')')
    page.reload()
    link = page.locator(".continue a")
    expect(link).to_be_visible()
    assert page.locator("h1").bounding_box() == before
    assert link.evaluate("link => link.offsetHeight <= link.parentElement.clientHeight + 2")  # and it is not cut


@pytest.fixture
def forbidden(browser: Browser, served: str) -> Iterator[tuple[Page, list[Error]]]:
    """A browser that stores nothing, and the errors of scripts there."""
    context = browser.new_context(base_url=served, locale="ko-KR")
    context.add_init_script(FORBID)
    page = context.new_page()
    errors: list[Error] = []
    page.on("pageerror", lambda error: errors.append(error))
    yield page, errors
    context.close()


def test_without_storage_all_else_works(forbidden: tuple[Page, list[Error]], served: str) -> None:
    page, errors = forbidden
    page.goto("")
    page.wait_for_url(f"{served}ko/")
    expect(page.locator(".continue")).to_be_empty()
    page.goto("ko/stage2/step14/")
    _scroll_to(page, "#cleargrad + p")
    _switch(page, "en")
    expect(page).to_have_url(f"{served}en/stage2/step14/#cleargrad")
    expect(page.locator("#cleargrad")).to_be_in_viewport()
    ours = [error.stack for error in errors if "__md_get" not in (error.stack or "")]  # the theme minds, and goes on
    assert ours == []
