"""The first screen of a home page: what this is, one button that leads to step 1, and a figure that moves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.site.browser.test_weight import SHIFTS
from tests.support.lanes import cases
from tests.support.site_facts import IN_TURN, LANGUAGES

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SCREENS = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("screen", cases(SCREENS[:1], SCREENS[1:]), ids=lambda screen: str(screen["width"]))
def test_button_and_picture_are_on_the_first_screen(visit: Visit, lang: str, screen: dict[str, int]) -> None:
    page = visit(f"{lang}/", viewport=screen)
    button = page.locator(".md-content .begin a")
    assert button.count() == 1
    assert button.evaluate("link => link === document.querySelector('.md-content article a[href]:not(.headerlink)')")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44  # a finger's width
    picture = page.locator("figure.frames li[aria-current] svg").bounding_box()
    assert picture is not None
    assert box["y"] + box["height"] < picture["y"] < picture["y"] + picture["height"] < screen["height"]
    assert page.evaluate(SHIFTS) == []


@pytest.mark.parametrize("lang", IN_TURN)
def test_the_button_leads_to_step_1(visit: Visit, served: str, lang: str) -> None:
    page = visit(f"{lang}/")
    page.locator(".begin a").click()
    page.wait_for_url(f"{served}{lang}/stage1/step01/")
