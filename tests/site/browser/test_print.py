"""A page on paper: light, whole, and without what can only be clicked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.site.browser.test_reading import BEYOND, CONTRAST
from tests.support.site_facts import LANGUAGES, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
Visit = Callable[..., Page]
# The text on a sheet of A4 is 174 mm wide: 658 CSS pixels.
SHEET = {"viewport": {"width": 658, "height": 900}}
CLICKED = ".md-header, .md-sidebar, .md-footer, .md-top, .md-code__nav, .headerlink, .take-away, .value-tip, .md-skip"

# An output that is too wide and too high for a screen.
LONG = "() => { document.querySelector('article .output code').textContent = 'x'.repeat(200) + '\\n0'.repeat(99); }"
# What would scroll on a screen ends at the edge of paper.
CUT = """() => [...document.querySelectorAll("article pre > code, article :is(.table, .formula, .figure)")]
  .filter(box => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1).map(box => box.innerText.slice(0, 60))"""

# Takes our rules for paper away.
FORGET_PAPER = """() => {
  const { sheet } = document.querySelector("link[href$='assets/css/site.css']");
  for (let i = sheet.cssRules.length - 1; i >= 0; i--) if (/^@(page|media print)/.test(sheet.cssRules[i].cssText)) sheet.deleteRule(i);
}"""


@pytest.fixture
def printed(visit: Visit) -> Callable[..., Page]:
    def _printed(path: str, **options: str) -> Page:
        page = visit(path, **SHEET, **options)
        page.emulate_media(media="print")
        page.evaluate("Promise.all(document.getAnimations().map(change => change.finished))")  # the theme fades colours
        page.evaluate("dispatchEvent(new Event('beforeprint'))")  # as a browser does that prints
        return page

    return _printed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["stage1/step04", "stage2/step17", "tracks/layers", "labs/gaussian", "checked"])
def test_a_sheet_holds_the_page_and_nothing_to_click(printed: Callable[..., Page], lang: str, name: str) -> None:
    page = printed(f"{lang}/{name}/")
    expect(page.locator(CLICKED).and_(page.locator(":visible"))).to_have_count(0)
    expect(page.locator("details:not([open])")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 658
    page.evaluate(LONG)
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(CUT) == []


def test_examples_of_the_reference_stand_in_their_column(printed: Callable[..., Page]) -> None:
    beyond = """() => {
      const { left, right } = document.querySelector("article").getBoundingClientRect();
      const boxes = [...document.querySelectorAll(".docstring > .highlight")].map(box => box.getBoundingClientRect());
      return [boxes.length, boxes.filter(box => box.left < left || box.right > right).length];
    }"""
    count, wide = printed("en/reference/stage4/").evaluate(beyond)
    assert count > 10
    assert wide == 0


def test_a_whole_stage_fits_a_phone_and_a_sheet(visit: Visit) -> None:
    page = visit("ko/stage2/paper/", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 658, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 658
    assert page.evaluate(CUT) == []


def test_paper_is_light_where_the_screen_was_dark(printed: Callable[..., Page]) -> None:
    page = printed("en/stage1/step04/", color_scheme="dark")
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
    ratios = page.evaluate(CONTRAST)
    assert len(ratios) > 10
    assert {what: ratio for what, ratio in ratios.items() if ratio < 4.5} == {}
    ink = page.locator("figure.figure text").first.evaluate("text => getComputedStyle(text).fill")
    assert ink == "rgb(0, 0, 0)"


def test_a_plot_on_paper_is_not_dimmed_and_leaves_room_for_its_code(printed: Callable[..., Page]) -> None:
    page = printed("en/labs/linear-regression/", color_scheme="dark")
    plots = page.evaluate("""() => Promise.all([...document.querySelectorAll("img.plot:not(.at-night)")].map(async plot => {
      plot.loading = "eager"; // as a browser does that prints
      await plot.decode();
      const { width, height } = plot.getBoundingClientRect();
      return [getComputedStyle(plot).filter, height, width / height, plot.naturalWidth / plot.naturalHeight];
    }))""")
    assert len(plots) > 1
    expect(page.locator("img.plot.at-night:visible")).to_have_count(0)
    for dimmed, height, shape, drawn in plots:
        assert dimmed == "none"
        assert 100 < height < 450  # a sheet has twice as much
        assert shape == pytest.approx(drawn, rel=0.02)


def test_a_sheet_says_where_it_is_from(printed: Callable[..., Page], served: str) -> None:
    page = printed("ko/stage1/step04/")
    expect(page.locator(".source-line")).to_have_text(f"{served}ko/stage1/step04/")
    expect(page.locator(".source-line")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(".source-line")).to_be_hidden()


def test_an_address_elsewhere_is_written_out(printed: Callable[..., Page]) -> None:
    page = printed("en/stage1/step04/")
    link = page.locator("article p a[href]").first
    written = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(written) == "none"  # a page of this site has a title, and is in the same booklet
    link.evaluate("link => { link.className = 'outside' }")
    assert link.evaluate(written) != "none"


def test_an_example_is_never_broken_over_two_sheets_but_long_code_is(printed: Callable[..., Page]) -> None:
    page = printed("en/stage2/step14/")
    broken = "blocks => blocks.filter(block => getComputedStyle(block).breakInside === 'auto').length"
    blocks = page.locator("article .highlight")
    listings = blocks.filter(has=page.locator(".filename")).or_(page.locator("article .so-far .highlight"))
    assert 0 < blocks.evaluate_all(broken) == listings.evaluate_all(broken) == listings.count()
    assert page.locator("article .so-far").evaluate("box => getComputedStyle(box).breakInside") == "auto"


def test_a_lesson_becomes_a_booklet_of_fewer_sheets(visit: Visit) -> None:
    """The theme keeps boxes whole, and so leaves half a sheet empty here and there."""
    page = visit("en/stage2/step14/")

    def sheets() -> int:
        return page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")

    ours = sheets()
    page.evaluate(FORGET_PAPER)
    assert 0 < ours <= sheets() - 2
