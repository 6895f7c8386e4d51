"""The site for whoever reads by ear, by keyboard, in the dark or without motion: on every kind of page."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from tests.support.site_facts import AT_ROOT, DESK, LESSONS, PHONE, kinds

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
STEP = "stage1/step04/"

# Violations of all of axe's rules, but for what it calls moderate or minor.
AXE = """async options => (await axe.run({ resultTypes: ["violations"], ...options })).violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target}: ${html.slice(0, 120)}`))"""

# Where the keyboard is, and what is wrong with that place: not in the window, covered, or not marked as the place.
STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  // a radio button without size is seen by its label
  const seen = here.matches(".md-option") ? here.nextElementSibling : here;
  const box = [...seen.getClientRects()].find(({ width, height }) => width && height);
  const { outlineStyle, outlineWidth } = getComputedStyle(seen);
  const name = `${here.tagName} ${here.className} ${(here.ariaLabel ?? here.textContent).trim().slice(0, 40)}`;
  if (!box) return [name, "has no size"];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  if (!top) return [name, "is outside the window"];
  if (!seen.contains(top) && !top.contains(seen)) return [name, `is covered by ${top.className}`];
  if ((outlineStyle === "none" || !parseFloat(outlineWidth)) && !here.matches(".md-search__input")) return [name, "has no outline"];
  return [name, ""];
}"""

# Elements that still move, or scroll smoothly.
MOVES = """() => [...document.querySelectorAll("*")].flatMap(element => ["", "::before", "::after"].map(part => [element, part]))
  .filter(([element, part]) => {
    const style = getComputedStyle(element, part);
    const longest = times => Math.max(...times.split(",").map(parseFloat));
    return longest(style.transitionDuration) > .001 || longest(style.animationDuration) > .001 || style.scrollBehavior === "smooth";
  }).map(([element, part]) => element.outerHTML.slice(0, 80) + part)"""


def judge(tab: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds with all of its rules, or with those that its options name."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    found: list[str] = tab.evaluate(AXE, options or {})
    return found


def unfold(tab: Page) -> None:
    # all but the code so far: 20,000 words in the colours of any code, which take a minute
    tab.evaluate("document.querySelectorAll('details:not(.so-far)').forEach(box => { box.open = true })")


def press_until(tab: Page, target: Locator, key: str = "Tab", most: int = 60) -> None:
    for _ in range(most):
        tab.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{most} presses of {key} do not lead to {target}")


# Contrast takes three quarters of axe's time, for it asks of every word what lies behind it. These have most words.
WORDY = [
    page for page in kinds("en", lessons=False) if page.split("/")[1] in ("glossary", "labs", "reference", "tracks")
]
BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": ["color-contrast"]}


# Every kind of page in both colours and both widths; not each language in all four, for axe takes a second a page.
@pytest.mark.parametrize(
    ("pages", "scheme", "options", "rules"),
    [
        pytest.param(
            [page for page in kinds("en", lessons=False) if page not in WORDY], "light", DESK, {}, id="en-light-desk"
        ),
        pytest.param(WORDY, "light", DESK, BUT_CONTRAST, id="en-light-desk-but-contrast"),
        pytest.param(WORDY, "light", DESK, CONTRAST, id="en-light-desk-contrast", marks=pytest.mark.thorough),
        pytest.param(
            [f"en/{page}" for page in LESSONS],
            "light",
            DESK,
            {},
            id="en-light-desk-lessons",
            marks=pytest.mark.thorough,
        ),
        pytest.param(kinds("en"), "dark", PHONE, {}, id="en-dark-phone", marks=pytest.mark.thorough),
        pytest.param(kinds("ja"), "light", PHONE, {}, id="ja-light-phone", marks=pytest.mark.thorough),
        pytest.param(kinds("ko"), "dark", DESK, {}, id="ko-dark-desk", marks=pytest.mark.thorough),
    ],
)
def test_axe_finds_nothing_serious(
    visit: Visit, pages: list[str], scheme: str, options: dict[str, Any], rules: dict[str, Any]
) -> None:
    assert pages
    tab = visit(pages[0], color_scheme=scheme, **options)
    for path in pages:
        tab.goto(path)
        unfold(tab)
        assert judge(tab, rules) == [], path


def test_rows_of_buttons_are_no_landmarks_without_names(visit: Visit) -> None:
    tab = visit(f"en/{STEP}")
    unfold(tab)
    rows = tab.locator(".md-code__nav")
    expect(rows.last).to_be_visible()
    assert [role for role in rows.evaluate_all("rows => rows.map(row => row.role)") if role != "none"] == []


@pytest.mark.parametrize("path", AT_ROOT)
def test_axe_finds_nothing_serious_at_the_root(visit: Visit, path: str) -> None:
    tab = visit("404.html")
    tab.route("**/landing.js", lambda route: route.fulfill(body=""))  # or the root would lead on
    tab.goto(path)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert judge(tab) == [], scheme


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_axe_finds_nothing_serious_in_what_opens(visit: Visit, scheme: str) -> None:
    tab = visit(f"ja/{STEP}", color_scheme=scheme, reduced_motion="reduce", **PHONE)
    tab.locator(".drawer-button").click()
    expect(tab.locator(".md-sidebar--primary")).to_be_in_viewport(ratio=1)
    assert judge(tab) == []
    tab.keyboard.press("Escape")
    tab.locator(".md-select button").focus()
    expect(tab.locator(".md-select__inner")).to_be_visible()
    assert judge(tab) == []
    tab.locator(".md-search__input").fill("微分")
    expect(tab.locator(".md-search-result__item").first).to_be_visible()
    assert judge(tab) == []


@pytest.mark.parametrize(
    ("path", "options"),
    [
        pytest.param("en/", DESK, id="home-desk"),
        pytest.param(f"ko/{STEP}", PHONE, id="step-phone"),
        pytest.param("ja/checked/", DESK, id="checked-desk"),
        pytest.param("en/", PHONE, id="home-phone", marks=pytest.mark.thorough),
        pytest.param(f"ko/{STEP}", DESK, id="step-desk", marks=pytest.mark.thorough),
        pytest.param("ja/checked/", PHONE, id="checked-phone", marks=pytest.mark.thorough),
    ],
)
def test_the_tab_key_goes_only_where_something_is_seen(visit: Visit, path: str, options: dict[str, Any]) -> None:
    tab = visit(path, reduced_motion="reduce", **options)
    tab.wait_for_load_state("networkidle")
    wrong, stops = [], 0
    while True:
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop is None:
            break
        if stop[1]:  # the theme opens the search a moment after it has got the focus
            tab.wait_for_timeout(1000)
            stop = tab.evaluate(STOP)
        stops += 1
        assert stops < 300, "the keyboard is caught"
        if stop[1]:
            wrong.append(stop)
    assert wrong == []
    assert stops > 10


def test_the_first_stop_leads_past_the_frame(visit: Visit) -> None:
    tab = visit(f"en/{STEP}")
    tab.keyboard.press("Tab")
    expect(tab.locator(".md-skip")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".md-skip")).not_to_be_focused()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")


def test_the_drawer_opens_shows_and_closes_by_keyboard(visit: Visit) -> None:
    tab = visit("ko/stage1/step02/", reduced_motion="reduce", **PHONE)
    opener, drawer = tab.locator(".drawer-button"), tab.locator(".md-sidebar--primary")
    press_until(tab, opener, most=3)
    tab.keyboard.press("Space")
    expect(opener).to_have_attribute("aria-expanded", "true")
    stage = drawer.locator(".md-nav__item--nested.md-nav__item--active > .md-nav__toggle").first.get_attribute("id")
    assert stage is not None
    below = f"__nav_{int(stage.removeprefix('__nav_')) + 1}"  # the next stage
    title = drawer.locator(f".md-nav__title[for={stage}]")
    expect(title).to_be_focused()  # of the stage in which the page is
    tab.keyboard.press("Space")  # back to the list of stages
    expect(drawer.locator(f"label.md-nav__link[for={stage}]")).to_be_focused()
    press_until(tab, drawer.locator(f"label.md-nav__link[for={below}]"), most=1)
    tab.keyboard.press("Enter")
    expect(drawer.locator(f".md-nav__title[for={below}]")).to_be_focused()
    press_until(tab, drawer.locator("a[href$='step11/']"), most=1)
    tab.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    tab.keyboard.press("Enter")
    press_until(tab, drawer.locator("a[href$='step11/']"), most=2)
    tab.keyboard.press("Enter")
    expect(tab.locator("article h1[id]")).to_have_id("step11")
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_who_leaves_the_open_drawer_closes_it(visit: Visit) -> None:
    tab = visit("en/stage1/step02/", reduced_motion="reduce", **PHONE)
    tab.locator(".drawer-button").click()
    press_until(tab, tab.locator("article a").first)
    expect(tab.locator(".drawer-button")).to_have_attribute("aria-expanded", "false")


def test_the_contents_of_a_page_open_by_keyboard_on_a_phone(visit: Visit) -> None:
    tab = visit("ja/stage1/step02/", reduced_motion="reduce", **PHONE)
    tab.locator(".drawer-button").focus()
    tab.keyboard.press("Enter")
    press_until(tab, tab.locator("label.md-nav__link[for=__toc]"))
    tab.keyboard.press("Space")
    first = tab.locator(".md-sidebar--primary .md-nav--secondary a").first
    press_until(tab, first, most=1)
    tab.keyboard.press("Enter")
    expect(tab.locator(f"article {(first.get_attribute('href') or '').rpartition('/')[2]}")).to_be_in_viewport()


def test_the_colours_change_by_keyboard(visit: Visit) -> None:
    tab = visit("en/", color_scheme="light")
    press_until(tab, tab.locator(".md-option").first, most=4)
    schemes = []
    for key in ("Enter", "Space", "Enter", "ArrowRight"):
        tab.keyboard.press(key)
        schemes.append(tab.locator("body").get_attribute("data-md-color-media"))
        assert tab.evaluate(STOP)[1] == ""
    names = ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)", "(prefers-color-scheme)"]
    assert schemes == [*names, names[0]]


def test_the_language_changes_by_keyboard(visit: Visit, served: str) -> None:
    tab = visit(f"en/{STEP}")
    press_until(tab, tab.locator(".md-select__link[hreflang=ko]"), most=8)
    expect(tab.locator(".md-select__inner")).to_be_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{served}ko/{STEP}")


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desk", "phone"])
def test_the_search_is_used_by_keyboard(visit: Visit, options: dict[str, Any]) -> None:
    tab = visit("en/", **options)
    press_until(tab, tab.locator(".md-search__input"), most=10)
    tab.keyboard.insert_text("numerical differentiation")
    expect(tab.locator(".md-search-result__item").first).to_be_visible()
    press_until(tab, tab.locator(".md-search-result__link").first, key="ArrowDown", most=1)
    assert tab.evaluate(STOP)[1] == ""
    tab.keyboard.press("Enter")
    expect(tab.locator("article h1[id]")).to_have_id("step04")


@pytest.mark.parametrize(("path", "box"), [("en/stage2/step24/", ".formula"), ("en/stage1/step04/", "pre > code")])
def test_what_is_too_wide_scrolls_by_keyboard(visit: Visit, path: str, box: str) -> None:
    tab = visit(path, viewport={"width": 390, "height": 844})
    tab.wait_for_load_state("networkidle")
    wide = tab.locator(f"article {box}[tabindex='0']:visible").first
    wide.focus()
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_moves_for_whoever_wants_no_motion(visit: Visit, options: dict[str, Any]) -> None:
    tab = visit(f"ja/{STEP}", reduced_motion="reduce", **options)
    tab.locator("code[data-expr]").first.focus()  # its box is animated too
    assert tab.evaluate(MOVES) == []
