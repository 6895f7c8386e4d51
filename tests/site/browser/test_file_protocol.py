"""The site unpacked from its zip and opened from a folder, without a server: what is promised to work there."""

import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import CHROMIUM, FLAGS
from tests.support.site_facts import IN_TURN
from website.build import offline
from website.words.labels import labels

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the zip for reading offline becomes."""
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(BytesIO(offline.packed(site))) as archive:
        archive.extractall(folder)
    return folder / offline.TOP


@pytest.fixture
def unfolded(browser: Browser, unpacked: Path) -> Iterator[Open]:
    """Opens a file of the site; nothing may fail on the way."""
    tab = browser.new_context(locale="ko-KR").new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)

    def opened(path: str) -> Page:
        tab.goto((unpacked / path).as_uri())
        return tab

    yield opened
    tab.context.close()
    assert not faults


def test_the_root_leads_to_the_readers_language(unfolded: Open, unpacked: Path) -> None:
    unfolded("index.html").wait_for_url((unpacked / "ko" / "index.html").as_uri())


def test_every_link_leads_to_a_page(unfolded: Open, unpacked: Path) -> None:
    tab = unfolded("en/index.html")
    tab.locator("article a[href*=step01]").first.click()
    expect(tab.locator("article h1[id]")).to_have_id("step01")
    tab.locator(".md-footer__link--next").click()
    expect(tab.locator("article h1[id]")).to_have_id("step02")
    tab.locator(".md-select").hover()
    tab.locator("a[data-switch][hreflang=ja]").click()
    tab.wait_for_url((unpacked / "ja" / "stage1" / "step02" / "index.html").as_uri())


def test_a_link_leads_to_a_page_in_another_tab(browser: Browser, unpacked: Path) -> None:
    """Without its flag, Chromium 150 without windows crashes wherever a click opens a tab, on pages of one line too."""
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-features=RenderDocument"])
    context = other.new_context()
    tab = context.new_page()
    tab.goto((unpacked / "ja" / "stage1" / "step02" / "index.html").as_uri())
    with context.expect_page() as opened:
        tab.locator(".md-footer__link--prev").click(modifiers=["Control"])
    expect(opened.value.locator("article h1[id]")).to_have_id("step01")
    other.close()


def test_a_link_leads_to_a_page_before_the_scripts_have_come(browser: Browser, unpacked: Path) -> None:
    """They come when the page is on the screen; who clicked at once saw the files of a folder."""
    tab = browser.new_page()
    tab.add_init_script("delete window.PerformanceObserver; window.setTimeout = () => 0;")
    tab.goto((unpacked / "en" / "index.html").as_uri())
    assert tab.locator("#value-tip").count() == 0
    tab.locator("article a[href*=step01]").first.click()
    tab.wait_for_url((unpacked / "en" / "stage1" / "step01" / "index.html").as_uri())
    tab.close()


@pytest.mark.parametrize("lang", IN_TURN)
def test_the_search_finds(unfolded: Open, lang: str) -> None:
    tab = unfolded(f"{lang}/stage1/step01/index.html")
    tab.locator(".md-search__input").fill("numerical_diff")
    tab.locator(".md-search-result__link[href*=step04]").first.click()
    expect(tab.locator("article h1[id]")).to_have_id("step04")
    expect(tab.locator("article mark").first).to_be_visible()  # what was searched for


def test_the_colours_and_values_answer(unfolded: Open) -> None:
    tab = unfolded("en/stage1/step04/index.html")
    tab.locator(".md-header__option label:visible").click()
    expect(tab.locator("body")).to_have_attribute("data-md-color-media", "(prefers-color-scheme: light)")
    tab.locator("code[data-expr]").first.focus()
    expect(tab.locator("#value-tip")).to_be_visible()


@pytest.mark.parametrize("lang", IN_TURN)
def test_a_button_says_why_no_code_runs(unfolded: Open, site: Path, lang: str) -> None:
    tab = unfolded(f"{lang}/stage2/step14/index.html")
    expect(tab.locator("#value-tip")).to_be_attached()
    if not (site / "runtime").is_dir():
        expect(tab.locator(".run-bar")).to_have_count(0)
        return
    block = tab.locator("#run ~ .highlight.language-python").first
    block.locator("[data-press=run]").click()
    expect(block.get_by_role("status")).to_have_text(labels(lang)["run_folder"])
    unfolded(f"{lang}/play/index.html")
    expect(tab.locator(".scratch").get_by_role("status")).to_have_text(labels(lang)["run_folder"])


@pytest.mark.thorough
def test_nothing_in_the_zip_leads_to_what_is_not_in_it(unpacked: Path) -> None:
    """Apart from the pages for a wrong address, which nobody asks for without a server."""
    links = re.compile(r'<[^>]* (?:href|src)="([^"#?]+)')
    missing = set()
    for page in unpacked.rglob("index.html"):
        for link in set(links.findall(page.read_text("utf-8"))):
            address = urlsplit(unescape(link))
            target = page.parent / unquote(address.path)
            if not address.scheme and not target.is_file() and not (target / "index.html").is_file():
                missing.add((page.relative_to(unpacked).as_posix(), link))
    assert missing == set()
