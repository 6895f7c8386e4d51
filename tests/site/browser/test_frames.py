"""A figure of several frames: one at a time with buttons and keys, all in a row without scripts and on paper."""

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from playwright.sync_api import Locator, Page, expect

from figures.registry import frames, modules
from tests.site.browser.test_weight import SHIFTS
from tests.support.site_facts import IN_TURN, PHONE, ROOT
from website.words.labels import labels

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PATH = "stage2/step15"
COUNT = len(frames("step15_right"))


def _figures() -> dict[str, str]:
    """The pages that have such a figure, by address, and which."""
    shown = {name for name, module in modules().items() if hasattr(import_module(module), "frames")}
    found = {}
    for path in sorted((ROOT / "docs" / "en").rglob("*.md")):
        for name in re.findall(r"\]\([./]*figures/(\w+)\.svg\)", path.read_text("utf-8")):
            if name in shown:
                address = path.relative_to(ROOT / "docs" / "en").with_suffix("").as_posix()
                found["" if address == "index" else f"{address}/"] = name
    return found


FIGURES = _figures()
ONE_AND_ALL = [PATH + "/", *(pytest.param(path, marks=pytest.mark.thorough) for path in FIGURES if path != PATH + "/")]


def _figure(page: Page) -> Locator:
    return page.locator("figure.frames")


def _seen(page: Page) -> list[int]:
    """Which frames are seen, counted from 0."""
    items = _figure(page).locator("li")
    return [i for i in range(items.count()) if items.nth(i).is_visible()]


@pytest.mark.parametrize("lang", IN_TURN)
def test_buttons_lead_from_frame_to_frame(visit: Visit, lang: str) -> None:
    page = visit(f"{lang}/{PATH}/")
    figure, words = _figure(page), labels(lang)
    before = figure.get_by_role("button", name=words["frame_before"])
    after = figure.get_by_role("button", name=words["frame_after"])
    assert _seen(page) == [0]
    height = figure.evaluate("figure => figure.offsetHeight")
    for i in range(1, COUNT):
        after.click()
        assert _seen(page) == [i]
        expect(figure.locator("output")).to_have_text(f"{i + 1} / {COUNT}")
    assert figure.evaluate("figure => figure.offsetHeight") == height  # nothing below it has moved
    expect(after).to_have_attribute("aria-disabled", "true")
    after.click(force=True)
    assert _seen(page) == [COUNT - 1]
    before.click()
    assert _seen(page) == [COUNT - 2]


def test_keys_lead_from_frame_to_frame(visit: Visit) -> None:
    page = visit(f"en/{PATH}/")
    address = page.url
    _figure(page).get_by_role("button").last.focus()
    for key, expected in [
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", COUNT - 1),
        ("ArrowRight", COUNT - 1),
        ("Home", 0),
        ("ArrowLeft", 0),
    ]:
        page.keyboard.press(key)
        assert _seen(page) == [expected], key
    assert page.url.partition("#")[0] == address  # the theme writes into it which section is on the screen


def test_some_pages_have_such_a_figure() -> None:
    assert FIGURES.items() >= {"": "xor_learning", f"{PATH}/": "step15_right"}.items()


@pytest.mark.parametrize("path", ONE_AND_ALL)
def test_each_frame_has_its_words(visit: Visit, path: str) -> None:
    page = visit(f"en/{path}")
    items = _figure(page).locator("li")
    assert items.count() == len(frames(FIGURES[path]))
    for i in range(items.count()):
        assert items.nth(i).locator("svg[aria-hidden=true]").count() == 1
        assert items.nth(i).locator("p").text_content()
    assert _figure(page).get_attribute("aria-label")
    assert page.locator("output[role], figure.frames output").count() == 1  # an output is a status: it is read out


def test_without_scripts_all_frames_are_seen(visit: Visit) -> None:
    page = visit(f"en/{PATH}/", java_script_enabled=False)
    assert _seen(page) == list(range(COUNT))
    assert not _figure(page).get_by_role("button").first.is_visible()


def test_on_paper_all_frames_are_seen(visit: Visit) -> None:
    page = visit(f"en/{PATH}/")
    page.emulate_media(media="print")
    assert _seen(page) == list(range(COUNT))
    assert not _figure(page).get_by_role("button").first.is_visible()


@pytest.mark.thorough
def test_a_finger_finds_each_button(visit: Visit) -> None:
    page = visit(f"en/{PATH}/", **PHONE)
    buttons = page.locator(".frames button, .md-header__button:visible")
    heights = [box["height"] for box in (button.bounding_box() for button in buttons.all()) if box]
    assert len(heights) > 5
    assert min(heights) >= 44
    assert page.locator(".md-header").evaluate("bar => bar.offsetHeight") == 49  # as before


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_fades_or_moves_by_itself(visit: Visit, motion: str) -> None:
    page = visit(f"en/{PATH}/", reduced_motion=motion)
    moving = "frame => parseFloat(getComputedStyle(frame).transitionDuration)"
    assert _figure(page).locator("li").first.evaluate(moving) < 0.001
    page.wait_for_timeout(400)
    assert _seen(page) == [0]


def test_nothing_moves_when_the_scripts_arrive(visit: Visit) -> None:
    page = visit(f"ja/{PATH}/", viewport={"width": 1280, "height": 900})
    _figure(page).scroll_into_view_if_needed()
    assert page.evaluate(SHIFTS) == []


@pytest.mark.parametrize("path", ONE_AND_ALL)
def test_nothing_scrolls_sideways_on_a_phone(visit: Visit, path: str) -> None:
    page = visit(f"en/{path}", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for drawing in _figure(page).locator("svg").all():
        box = drawing.bounding_box()
        assert box is not None and box["width"] <= 390
