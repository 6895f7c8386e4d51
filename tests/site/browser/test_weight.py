"""What a first visit costs: bytes on the way, compressed as hosts send them; that it is shown before its
scripts are asked for, and that nothing moves under the eye."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

from tests.support.site_facts import kinds

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
Visit = Callable[..., Page]
MOST = 250_000  # bytes
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(entry => entry.value)))
    .observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done([]), 300))"""

FIRST_PAINT_AND_SCRIPT = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  performance.getEntriesByType("resource").find(({ name }) => name.includes("bundle")).startTime,
]"""


def bytes_of(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def weighed(tab: Page, path: str) -> dict[str, int]:
    """The bytes of each file that a page asks for, apart from the search index."""
    requests: list[Request] = []
    tab.on("requestfinished", lambda request: requests.append(request))
    tab.goto(path)
    tab.wait_for_load_state("networkidle")
    return {request.url: bytes_of(request) for request in requests if "/search_index." not in request.url}


# Japanese takes the most bytes a letter; the header is tightest on a phone, the columns are those of a desk.
@pytest.mark.parametrize(("lang", "width", "height"), [("ja", 390, 844), ("en", 1280, 900)])
def test_a_first_visit_is_light_and_still(visit: Visit, lang: str, width: int, height: int) -> None:
    for path in kinds(lang):
        tab = visit("404.html", viewport={"width": width, "height": height})  # nothing of it is used by another page
        weights = weighed(tab, path)
        assert any(address.endswith(".css") for address in weights)
        assert sum(weights.values()) < MOST, (path, weights)
        assert sum(tab.evaluate(SHIFTS)) == 0, path


def test_a_page_is_shown_before_its_scripts_run(visit: Visit) -> None:
    tab = visit("404.html")
    tab.add_init_script("const later = setTimeout; setTimeout = (f, ms) => ms === 1000 ? 0 : later(f, ms)")
    tab.goto("ja/stage1/step04/")
    shown, asked = tab.evaluate(FIRST_PAINT_AND_SCRIPT)
    assert shown < asked


# A page in the background is never drawn; some browsers have no such observer.
@pytest.mark.parametrize(
    "lack", ["PerformanceObserver.prototype.observe = () => {}", "delete window.PerformanceObserver"]
)
def test_scripts_run_where_nobody_says_that_the_page_is_shown(visit: Visit, lack: str) -> None:
    tab = visit("404.html")
    tab.add_init_script(lack)
    tab.goto("ja/stage1/step04/")


def test_visitors_do_not_load_the_picture(visit: Visit) -> None:
    page = visit("en/stage1/step01/")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any(name.endswith(".css") for name in loaded)
    assert not [name for name in loaded if "/social/" in name]
