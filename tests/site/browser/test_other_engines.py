"""What Firefox or Safari do otherwise than Chromium, in which all else is tried: each test is a fault that was seen there."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.support.site_facts import LANGUAGES, ROOT

Visit = Callable[..., Page]
ASSETS = ROOT / "docs" / "assets"
LETTERS = "element => { const { fontFamily, fontFeatureSettings } = getComputedStyle(element); return [fontFamily, fontFeatureSettings]; }"
# What Safari says to whatever is copied later than the press that asks for it.
LATE = """() => { navigator.clipboard.writeText = async () => { throw new DOMException("too late", "NotAllowedError"); }; }"""


def test_safari_knows_how_each_underline_is_drawn() -> None:
    """It drops a `text-decoration` that says more than the line, and values and terms had none."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (ASSETS / "css").glob("*.css")}
    lines = {(name, value) for name, css in sheets.items() for value in re.findall(r"text-decoration:\s*([^;}]*)", css)}
    assert {value.strip() for _, value in lines} == {"none", "underline"}, lines


def test_safari_compiles_what_reads_the_whole_index() -> None:
    """It runs an expression that looks ahead or behind without compiling it, and the first answer came after seconds."""
    text = (ASSETS / "js" / "search-text.js").read_text(encoding="utf-8")
    [run] = re.findall(r"^const RUN = (/.*/gsu);$", text, re.MULTILINE)
    assert not re.search(r"\(\?<?[=!]", run)


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_full_width_marks_keep_their_room(visit: Visit, lang: str) -> None:
    """With the theme's "kern", Firefox closes up the Japanese comma of Noto; without, each is as wide as a letter."""
    tab = visit(f"{lang}/404.html", missing=True)
    for element in tab.locator("body, input").all():
        assert element.evaluate(LETTERS)[1] == "normal"


@pytest.mark.browser
@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_code_has_the_same_letters_where_it_is_edited(visit: Visit, lang: str) -> None:
    """The theme's own list ends in `monospace`, which Firefox takes for another font in each language."""
    tab = visit(f"{lang}/play/")
    field = tab.locator(".cm-scroller, .run-field")
    expect(field).to_be_visible()
    assert field.evaluate(LETTERS) == tab.locator(".output code").evaluate(LETTERS)


@pytest.mark.browser
@pytest.mark.usefixtures("runtime")
def test_safari_copies_the_link_to_the_code(visit: Visit) -> None:
    tab = visit("en/play/", permissions=["clipboard-read", "clipboard-write"])
    tab.evaluate(LATE)
    button = tab.locator("[data-press=link]")
    button.click()
    expect(button).to_have_text("Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == tab.url
    assert "#code=" in tab.url


@pytest.mark.browser
@pytest.mark.parametrize("back", [False, True])
def test_tab_leads_from_the_open_search_straight_to_what_is_beside_it(visit: Visit, back: bool) -> None:
    """Without the focus in between, or Safari begins again at the top of the page and never leaves the header."""
    tab = visit("en/stage1/step04/")
    field = tab.locator(".md-search__input")
    field.click()
    expect(tab.locator("#__search")).to_be_checked()
    field.evaluate(
        "field => field.addEventListener('focusout', event => { window.next = event.relatedTarget?.className; })"
    )
    tab.keyboard.press("Shift+Tab" if back else "Tab")
    expect(tab.locator("#__search")).not_to_be_checked()
    assert tab.evaluate("window.next") == tab.evaluate("document.activeElement.className.replace(' focus-visible', '')")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_bars_of_the_window_are_of_the_pages_colours(visit: Visit, scheme: Literal["light", "dark"]) -> None:
    """Firefox always shows them where there is a mouse, and they stayed light in the dark."""
    tab = visit("en/404.html", missing=True, color_scheme=scheme)
    seen = tab.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert (seen == "dark") == (scheme == "dark")
