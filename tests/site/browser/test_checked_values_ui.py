"""Trust you can see: what a checked value shows, in whatever way a reader reaches it, and what a page's foot says."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.site_facts import IN_TURN, LABS, LANGUAGES, PAGES, PHONE
from website.words.labels import labels

Visit = Callable[..., Page]
FOOT = re.compile(r'<p class="checked-line">(.*?)<a href="([^"]*)">([^<]*)</a>')

# Taps every value as a finger would and returns those whose box leaves the screen or lies over them.
TAP_ALL = """() => [...document.querySelectorAll("article code[data-expr]")].filter(value => {
  value.scrollIntoView({ block: "center" });
  value.dispatchEvent(new PointerEvent("pointerup", { pointerType: "touch", bubbles: true }));
  const box = document.getElementById("value-tip").getBoundingClientRect();
  const lines = [...value.getClientRects()];
  const beside = box.bottom <= lines[0].top || box.top >= lines[0].bottom;
  return !(box.height && beside && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight);
}).map(value => value.dataset.expr)"""


def _value(page: Page) -> Locator:
    return page.locator("article > p code[data-expr]").first


def _leaving(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    found: list[str] = page.evaluate(TAP_ALL)
    return found


def _tip(page: Page) -> Locator:
    return page.locator("#value-tip")


@pytest.mark.browser
@pytest.mark.parametrize("lang", IN_TURN)
def test_a_tap_shows_the_expression_and_says_it_once(visit: Visit, lang: str) -> None:
    page = visit(f"{lang}/stage1/step04/", **PHONE)
    value, said = _value(page), page.get_by_role("status").and_(page.locator(".value-spoken"))
    value.tap()
    expr = value.get_attribute("data-expr") or ""
    checked = labels(lang)["value_checked"]
    expect(_tip(page)).to_have_text(checked + expr)
    expect(said).to_have_text(f"{checked}: {expr}")
    value.tap()
    expect(_tip(page)).to_be_visible()
    page.locator("article h1").tap()
    expect(_tip(page)).to_be_hidden()
    expect(said).to_have_text("")


@pytest.mark.browser
def test_a_word_of_the_glossary_says_its_sentence_and_leads_there(visit: Visit, served: str) -> None:
    page = visit("ko/stage1/step04/")
    word = page.locator("article a.term").first
    says = word.get_attribute("data-says") or "nothing"
    word.hover()
    expect(_tip(page).locator(":visible")).to_have_text(says)
    page.mouse.move(0, 0)
    expect(_tip(page)).to_be_hidden()
    word.focus()
    expect(_tip(page).locator(":visible")).to_have_text(says)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{served}ko/glossary/#[\w-]+"))
    expect(page.locator(":target + p + p")).to_have_text(says)


@pytest.mark.browser
def test_a_tap_on_another_value_changes_over_and_escape_closes(visit: Visit) -> None:
    page = visit("en/stage1/step04/", **PHONE)
    values = page.locator("article > p code[data-expr]")
    values.nth(0).tap()
    values.nth(1).tap()
    expr = values.nth(1).get_attribute("data-expr") or ""
    expect(_tip(page).locator("code")).to_have_text(expr)
    expect(page.locator(".value-spoken")).to_have_text(f"{labels('en')['value_checked']}: {expr}")
    page.keyboard.press("Escape")
    expect(_tip(page)).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.thorough
def test_the_box_never_leaves_a_phones_screen(visit: Visit, lang: str) -> None:
    page = visit(f"{lang}/", **PHONE)
    for path in (PAGES + LABS)[LANGUAGES.index(lang) :: 3]:  # each page in one language: its expressions are the same
        page.goto(f"{lang}/{path.with_suffix('').as_posix().removesuffix('index')}", wait_until="domcontentloaded")
        assert _leaving(page) == [], path


@pytest.mark.browser
def test_the_box_of_no_kind_of_page_leaves_a_phones_screen(visit: Visit) -> None:
    page = visit("ja/", **PHONE)
    for path in ("ja/", "ja/stage2/step24/", "ja/tracks/layers/", "ja/labs/sunspots/"):
        page.goto(path, wait_until="domcontentloaded")
        assert page.locator("article code[data-expr]").count() > 0
        assert _leaving(page) == [], path


@pytest.mark.browser
def test_only_the_value_with_the_focus_has_a_description(visit: Visit) -> None:
    page = visit("ja/stage1/step04/")
    described = page.locator("article [aria-describedby]")
    expect(described).to_have_count(0)
    _value(page).focus()
    expect(described).to_have_count(1)
    expect(_value(page)).to_have_accessible_description(re.compile(re.escape(labels("ja")["value_checked"])))
    expect(page.locator(".value-spoken")).to_have_text("")  # it is described: saying it too would be twice
    page.keyboard.press("Tab")
    expect(_value(page)).not_to_have_attribute("aria-describedby", "value-tip")


@pytest.mark.browser
def test_the_pointer_may_go_to_the_box(visit: Visit) -> None:
    page = visit("en/stage1/step04/")
    _value(page).hover()
    expect(_tip(page)).to_be_visible()
    value, tip = _value(page).bounding_box(), _tip(page).bounding_box()
    assert value and tip
    page.mouse.move(value["x"] + 2, tip["y"] + tip["height"] - 4, steps=20)  # slowly, over the gap
    expect(_tip(page)).to_be_visible()
    page.mouse.down()  # to mark the expression, and the value loses a focus it never had
    page.mouse.up()
    expect(_tip(page)).to_be_visible()
    page.mouse.move(5, 5)
    expect(_tip(page)).to_be_hidden()


@pytest.mark.browser
def test_the_box_does_not_outlive_its_page(visit: Visit) -> None:
    page = visit("en/stage1/step04/")
    page.wait_for_load_state("networkidle")  # the theme first reads the sitemap
    _value(page).hover()
    expect(_tip(page)).to_be_visible()
    page.evaluate("document.querySelector('.md-footer__link--next').click()")
    expect(page.locator("h1")).to_have_id("step05")
    expect(_tip(page)).to_be_hidden()


@pytest.mark.parametrize(
    ("lang", "shown"), [("ja", "2026年7月3日"), ("ko", "2026년 7월 3일"), ("en", "on 3 July 2026, with NumPy 2.4.6")]
)
def test_the_foot_gives_the_date_as_the_language_does(lang: str, shown: str) -> None:
    line = labels(lang)["page_checked"].format(count=5, numpy="2.4.6", date=date(2026, 7, 3))
    assert shown in line
    assert "2.4.6" in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_how_much_was_checked_with_what_and_when(site: Path, lang: str) -> None:
    today = datetime.now(UTC).date()
    for path in PAGES + LABS:
        html = (site / lang / path.with_suffix("").as_posix().removesuffix("index") / "index.html").read_text("utf-8")
        values = re.findall(r'<code(?: data-play="\w+")? tabindex="0" data-expr=', html)
        checked = len(values) + len(re.findall(r'class="language-text (?:output|error)', html))
        without_start = re.sub(r'<div class="start">.*?</section></div>', "", html, flags=re.DOTALL)  # no fences
        commands = len(re.findall(r'class="language-console (?!optional)', without_start))  # nobody ran the others
        found = FOOT.search(html)
        if not checked + commands:  # nothing to say
            assert "checked-line" not in html
            continue
        if path.name == "checked.md":  # it is where the link would lead
            assert found is None
            (line,) = re.findall(r'<p class="checked-line">(.*?)</p>', html)
        else:
            assert found
            line = found[1].strip()
            target = (site / lang / path.with_suffix("").as_posix().removesuffix("index") / found[2]).resolve()
            assert target == (site / lang / "checked").resolve()
        said = "page_checked_one" if checked + commands == 1 else "page_checked"
        wanted = [
            labels(lang)[said].format(count=checked + commands, numpy=np.__version__, date=day)
            for day in (today, today - timedelta(days=1))  # the site may have been built before midnight
        ]
        told = unescape(re.sub(r"</?span[^>]*>", "", line)).replace("\N{NO-BREAK SPACE}", " ")  # numbers.py's
        assert told in [each.replace("\N{NO-BREAK SPACE}", " ") for each in wanted], path
