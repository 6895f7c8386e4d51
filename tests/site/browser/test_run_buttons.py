"""The buttons under code: by mouse, keyboard, ear and finger, on paper, without scripts, and where there is no runtime."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.site.browser.test_access import judge
from tests.site.browser.test_weight import SHIFTS
from tests.support.plots import LIGHTNESS
from tests.support.site_facts import DESK, IN_TURN, PHONE
from website.words.labels import labels

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
STEP = "stage2/step14/"
LOADED = "performance.getEntriesByType('resource').map(entry => entry.name)"
SLOW = 120_000  # milliseconds; Python has to be loaded, on a busy machine


@pytest.fixture
def runs(site: Path) -> None:
    """For what needs the runtime. Where a build did not find it, it has said why."""
    if not (site / "runtime").is_dir():
        pytest.skip("this site has no runtime, so there are no buttons: make runtime gets it")


@pytest.fixture
def rich(runs: None, site: Path) -> None:
    """For what needs the editor."""
    if not (site / "en" / "assets" / "js" / "play" / "editor.js").is_file():
        pytest.skip("this site has no editor, only a plain field: make editor makes it")


def example(tab: Page) -> Locator:
    """The block of code under "Run it"."""
    return tab.locator("#run ~ .highlight.language-python").first


def press(block: Locator, kind: str) -> None:
    block.locator(f"[data-press={kind}]").click()


def edit(block: Locator) -> Locator:
    """The editor in the place of a block's code. Until it has come, keys are the theme's."""
    press(block, "edit")
    field = block.locator(".cm-content, textarea")
    expect(field).to_be_focused(timeout=SLOW)
    return field


def expect_no_python(tab: Page) -> None:
    """That its worker has ended; the browser says so a little later."""
    for _ in range(100):
        if not [worker for worker in tab.workers if "/runtime/" in worker.url]:
            return
        tab.wait_for_timeout(100)
    raise AssertionError([worker.url for worker in tab.workers])


def strip(tab: Page) -> Locator:
    return tab.locator("#run ~ .ran").first


def plain(route: Route) -> None:
    """The words, as a site has them that was built without the editor."""
    words = json.loads(route.fetch().text())
    route.fulfill(json=words | {"rich": False})


@pytest.mark.usefixtures("runs")
def test_what_runs_is_compared_and_what_is_changed_differs(visit: Visit) -> None:
    tab, words = visit(f"ko/{STEP}"), labels("ko")
    press(example(tab), "run")
    expect(strip(tab)).to_have_attribute("data-state", "same", timeout=SLOW)
    expect(strip(tab).locator(".ran-line")).to_have_text(words["run_same"])
    expect(tab.locator(".run-spoken")).to_have_text(words["run_same"])
    expect(tab.locator(".run-note")).to_have_count(0)  # it is loaded
    expect(tab.locator(".value-now")).to_have_count(0)
    edit(example(tab))
    tab.keyboard.press("Control+End")
    tab.keyboard.type("\nx.grad = 7 * x.grad\nprint(x.grad)")
    tab.keyboard.press("Shift+Enter")
    expect(strip(tab)).to_have_attribute("data-state", "different", timeout=SLOW)
    expect(strip(tab).locator(".ran-line")).to_have_text(words["run_differs_one"])
    expect(strip(tab).locator(".ran-text mark")).to_have_text("21.0")
    expect(tab.locator(".value-now")).to_have_text(words["run_now"].format(value="21.0"))
    assert judge(tab) == []
    press(example(tab), "reset")
    expect(tab.locator(".ran, .value-now, .run-editor")).to_have_count(0)
    expect(example(tab).locator("[data-press=edit]")).to_be_focused()


@pytest.mark.usefixtures("rich")
def test_the_keyboard_goes_into_the_editor_and_out_again(visit: Visit) -> None:
    tab = visit(f"en/{STEP}")
    example(tab).locator("[data-press=edit]").press("Enter")
    editor = example(tab).locator(".cm-content")
    expect(editor).to_be_focused(timeout=SLOW)
    expect(editor).to_have_accessible_name(f"{labels('en')['run_editor']} {labels('en')['run_keys']}")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("nsf./\n")  # the theme's keys for the next page and the search
    tab.keyboard.press("Tab")
    tab.keyboard.type("x")
    assert editor.inner_text().splitlines() == ["nsf./", "    x"]
    expect(tab.locator("article h1")).to_have_id("step14")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    expect(example(tab).locator("[data-press=run]")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # Reset
    expect(example(tab).locator(".run-editor")).to_have_count(0)
    expect(example(tab).locator("pre > code")).to_be_visible()


@pytest.mark.usefixtures("runs")
@pytest.mark.thorough
def test_without_the_editor_code_is_edited_in_a_plain_field(visit: Visit) -> None:
    tab = visit("404.html")
    tab.route("**/words.json", plain)
    tab.goto(f"ja/{STEP}")
    code = example(tab).locator("pre > code").inner_text().rstrip()
    field = edit(example(tab))
    expect(field).to_have_value(code)
    assert judge(tab) == []
    field.fill("print(6 * 7)")
    field.press("Tab")  # nothing is caught
    expect(example(tab).locator("[data-press=run]")).to_be_focused()
    field.press("Control+Enter")
    expect(strip(tab).locator(".ran-text")).to_contain_text("42", timeout=SLOW)


def test_without_the_runtime_there_are_no_buttons_and_no_room_for_them(visit: Visit) -> None:
    tab = visit("404.html")
    tab.route(f"**/{STEP}", lambda route: route.fulfill(body=route.fetch().text().replace('<div id="play"', "<div")))
    tab.goto(f"en/{STEP}")
    expect(tab.locator(".run-bar")).to_have_count(0)
    assert example(tab).evaluate("block => getComputedStyle(block).paddingBottom") == "0px"


def test_without_scripts_there_are_no_buttons_and_no_room_for_them(visit: Visit) -> None:
    tab = visit(f"en/{STEP}", java_script_enabled=False)
    expect(tab.locator(".run-bar")).to_have_count(0)
    box, code = example(tab).bounding_box(), example(tab).locator("pre").bounding_box()
    assert box and code
    assert box["height"] - code["height"] < 4


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize(("lang", "options"), [("ja", PHONE), ("en", DESK)])
def test_the_buttons_have_their_room_from_the_start(visit: Visit, lang: str, options: dict[str, object]) -> None:
    tab = visit(f"{lang}/{STEP}", **options)
    heights = tab.locator(".run-bar button").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(heights) > 10
    assert min(heights) >= (44 if options is PHONE else 24)
    wide = tab.locator(".run-bar").evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length")
    assert wide == 0
    assert sum(tab.evaluate(SHIFTS)) == 0
    button = example(tab).locator("[data-press=run]")
    expect(button).to_have_attribute("title", tab.locator(".run-note").first.text_content() or "")  # how much it loads
    assert not [name for name in tab.evaluate(LOADED) if "/play/" in name or "/runtime/" in name]


@pytest.mark.usefixtures("runs")
def test_paper_has_no_buttons(visit: Visit) -> None:
    tab = visit(f"en/{STEP}")
    expect(example(tab).locator(".run-bar")).to_be_visible()
    tab.emulate_media(media="print")
    expect(tab.locator(".run-bar:visible")).to_have_count(0)


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize("lang", IN_TURN)
def test_the_scratch_page_hands_its_code_on_in_the_address(visit: Visit, lang: str) -> None:
    tab = visit(f"{lang}/play/", permissions=["clipboard-read", "clipboard-write"])
    code = 'print("勾配", "기울기", 1 < 2)  # ' + "x" * 200
    field = tab.locator(".cm-content, textarea")
    field.click()
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text(code)
    press(tab.locator(".scratch"), "link")
    expect(tab.locator(".run-spoken")).to_have_text(labels(lang)["run_copied"])
    address = tab.evaluate("navigator.clipboard.readText()")
    assert address == tab.url
    assert len(address) < 200 + len(code)
    other = visit(address.partition("127.0.0.1:")[2].partition("/")[2])
    expect(other.locator(".cm-content, textarea")).to_have_text(code)
    expect(other.locator(".scratch .output")).to_be_hidden()
    tab.goto(f"{lang}/play/")  # without the fragment, and after a while: what was here last
    tab.reload()
    expect(tab.locator(".cm-content, textarea")).to_have_text(code)
    press(tab.locator(".scratch"), "clear")
    expect(tab.locator(".cm-content, textarea")).to_contain_text("Variable(np.array(2.0))")


@pytest.mark.usefixtures("runs")
@pytest.mark.thorough
def test_the_scratch_page_runs_any_code_and_stops_it(visit: Visit) -> None:
    tab, words = visit("en/play/"), labels("en")
    scratch = tab.locator(".scratch")
    press(scratch, "run")
    expect(scratch.locator(".ran-text")).to_have_text("variable(10.0)\nvariable(7.0)\n", timeout=SLOW)
    assert judge(tab) == []
    tab.locator(".cm-content, textarea").click()
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text("print('on')\nwhile True:\n    pass")
    tab.keyboard.press("Shift+Enter")
    expect(scratch.locator("[data-press=run]")).to_have_text(words["run_stop"])
    expect(scratch.locator(".ran-live")).to_contain_text("on", timeout=SLOW)
    press(scratch, "run")
    expect(scratch.locator(".ran-line")).to_have_text(words["run_scratch_stopped"])
    expect_no_python(tab)
    tab.locator(".cm-content, textarea").click()
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text("x = 1\ninput('?')")
    tab.keyboard.press("Shift+Enter")
    expect(scratch.locator(".ran-error")).to_contain_text(words["run_input"], timeout=SLOW)
    tab.locator(".md-footer__link--next").click()  # no page is loaded anew, but its Python ends all the same
    expect(tab.locator("article h1")).not_to_have_id("scratch")
    expect_no_python(tab)


@pytest.mark.usefixtures("runs")
def test_a_step_whose_exercise_is_solved_has_a_tick_on_the_map(visit: Visit) -> None:
    tab = visit("ja/")
    expect(tab.locator(".map .passed")).to_have_count(0)
    done = {"stage2/step14/": {"of": 1, "done": ["a"]}, "stage2/step15/": {"of": 2, "done": ["a"]}}
    tab.evaluate("done => localStorage.setItem('dezero_lite.passed', JSON.stringify(done))", done)
    tab.reload()
    expect(tab.locator(".map .passed")).to_have_count(1)
    expect(tab.locator(".map li[value='14'] .passed")).to_have_accessible_name(labels("ja")["run_passed"])


@pytest.mark.usefixtures("runs")
@pytest.mark.thorough
def test_a_plot_appears_under_the_page_s_own(visit: Visit) -> None:
    tab = visit("ja/labs/newton/", color_scheme="dark", **PHONE)
    block = tab.locator(".highlight.language-python:has(+ p > .plot)").first
    press(block, "run")
    plot = tab.locator("p:has(> .plot) + .ran .ran-plot:visible").first
    expect(plot).to_be_visible(timeout=SLOW)
    assert plot.evaluate("one => one.complete && one.naturalWidth > 100 && one.offsetWidth <= innerWidth")
    assert plot.evaluate(LIGHTNESS) > 120  # in the dark
    assert judge(tab) == []
