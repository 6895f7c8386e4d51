"""What a reader sees and does on a page: in a real browser, on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from figures import registry as figures
from tests.support.lanes import cases
from tests.support.plots import LIGHTNESS
from tests.support.site_facts import LANGUAGES, PAGES, PHONE, REFERENCE, ROOT

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
FENCE = re.compile(r"^```python[^\n]*\n(.*?)\n```$", re.DOTALL | re.MULTILINE)

# What reaches beyond the window, though neither it nor anything around it scrolls.
BEYOND = """() => [...document.querySelectorAll("article *")].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1) return false;
  for (let around = element; around && around.tagName !== "ARTICLE"; around = around.parentElement)
    if (["auto", "scroll"].includes(getComputedStyle(around).overflowX)) return false;
  return true;
}).map(element => element.outerHTML.slice(0, 120))"""


def _url(page: str) -> str:
    return page.removesuffix(".md").removesuffix("index") + ("" if page.endswith("index.md") else "/")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_open_in_their_language(visit: Visit, lang: str) -> None:
    page = visit(f"{lang}/")
    for path in ("", "stage1/step01/", "stage1/step04/"):
        if path:
            page.goto(f"{lang}/{path}")
        assert page.locator("html").get_attribute("lang") == lang
    page.wait_for_load_state("networkidle")  # so that late requests too come before the fixture's verdict


@pytest.mark.thorough
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_scrolls_sideways_on_a_phone(visit: Visit, lang: str) -> None:
    page = visit(f"{lang}/", **PHONE)
    for path in [*PAGES, *REFERENCE]:
        page.goto(f"{lang}/{_url(path.as_posix())}", wait_until="domcontentloaded")
        page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.evaluate(BEYOND) == [], path


@pytest.mark.parametrize("name", cases(["step01"], ["step09"]))
def test_copy_gives_exactly_the_code(visit: Visit, name: str) -> None:
    page = visit(f"ja/stage1/{name}/", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    text = (ROOT / "docs" / "ja" / "stage1" / f"{name}.md").read_text(encoding="utf-8")
    fences = FENCE.findall(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))  # wrong answers are not shown
    buttons = page.locator("article .highlight:not(.so-far *) .md-code__button")
    expect(buttons).to_have_count(len(fences))  # and so none on outputs
    for i, code in enumerate(fences):
        buttons.nth(i).click()
        assert page.evaluate("navigator.clipboard.readText()") == code


def test_outputs_are_attached_to_their_code(visit: Visit) -> None:
    page = visit("en/stage1/step01/")
    gaps = page.locator("article .highlight.output:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top - one.previousElementSibling.getBoundingClientRect().bottom)"
    )
    assert gaps and all(abs(gap) < 1 for gap in gaps)
    grounds = page.evaluate(
        "['.highlight:not(.output, .error)', '.highlight.output'].map("
        "name => getComputedStyle(document.querySelector(name)).backgroundColor)"
    )
    assert grounds[0] != grounds[1]


def test_a_value_shows_its_expression_on_focus_and_on_hover(visit: Visit) -> None:
    page = visit("en/stage1/step04/")
    value = page.locator("article > p code[data-expr]").first
    tip = page.locator("#value-tip")
    expect(tip).to_be_hidden()
    value.focus()
    expect(tip).to_be_visible()
    expect(tip.locator("code")).to_have_text(value.get_attribute("data-expr") or "")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    value.hover()
    expect(tip).to_be_visible()


@pytest.mark.parametrize(("scheme", "bright"), [("light", False), ("dark", True)])
def test_a_figure_takes_the_colours_of_the_page(visit: Visit, scheme: str, bright: bool) -> None:
    page = visit("ko/stage1/step03/", color_scheme=scheme)
    figure = page.locator("figure.figure svg").first
    assert figure.get_attribute("aria-label")
    ink = figure.locator("text[fill*=figure-ink]").first.evaluate("text => getComputedStyle(text).fill")
    assert (sum(map(int, re.findall(r"\d+", ink)[:3])) > 384) is bright


@pytest.mark.parametrize(
    ("path", "scheme"),
    cases(
        [("stage1/step04", "dark"), ("reference/stage2", "light")],
        [("stage1/step04", "light"), ("reference/stage2", "dark")],
    ),
)
def test_text_has_contrast(visit: Visit, path: str, scheme: str) -> None:
    page = visit(f"en/{path}/", color_scheme=scheme)
    ratios = page.evaluate(CONTRAST)
    assert len(ratios) > 10
    assert {what: ratio for what, ratio in ratios.items() if ratio < 4.5} == {}


def test_figures_stay_legible_on_a_phone(visit: Visit) -> None:
    page = visit("ja/stage1/step01/", **PHONE)
    room = page.locator("article > p").first.evaluate("text => text.clientWidth")
    for name in figures.names():
        svg = figures.svg(name)
        width = float(re.findall(r'width="([\d.]+)"', svg)[0])
        sizes = map(float, re.findall(r'font-size="([\d.]+)"', svg))  # none in a picture of images alone
        assert all(size * min(1, room / width) >= 10 for size in sizes), name


# The contrast of each kind of text with the nearest ground behind it, as WCAG 2 reckons it.
CONTRAST = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const solid = layers => {
    pen.clearRect(0, 0, 1, 1);
    for (const layer of layers) { pen.fillStyle = layer; pen.fillRect(0, 0, 1, 1); }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = rgb => {
    const [r, g, b] = rgb.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = element => {
    const found = [];
    for (; element; element = element.parentElement) found.unshift(getComputedStyle(element).backgroundColor);
    return found;
  };
  const result = {};
  const kinds = ["p", "a[href]:not(.headerlink)", "h2", ".filename", "pre .k", "pre .n", "pre .mf", "pre .s1", "pre .nf", "pre .o",
    "pre .c1", "pre .p", "pre .nc", "pre .kn", "pre .nn", ".output code", ".error code", ".pitfall h3", ".pitfall p",
    "summary", "p code", "code[data-expr]", "th", "td", "a.name code", ".doc-signature .kc", ".about-entry"].map(kind => "article " + kind);
  for (const kind of [...kinds, ".md-nav__link", ".md-nav__link--active", ".md-footer__direction", ".md-footer__title"]) {
    const element = document.querySelector(kind);
    if (!element) continue;
    const behind = grounds(element);
    const [a, b] = [light(solid(behind)), light(solid([...behind, getComputedStyle(element).color]))];
    result[kind] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return result;
}"""


# What stands right before a syllable of Hangul, and at the end of another line than that.
TORN = """() => [...document.querySelectorAll("article :is(code, math, a, em, strong)")].filter(element => {
  const next = element.nextSibling;
  if (next?.nodeType !== Node.TEXT_NODE || !/^\\u2060?[가-힣]/.test(next.data) || element.closest("pre, summary")) return false;
  const range = document.createRange();
  const at = next.data.search(/[가-힣]/);
  range.setStart(next, at);
  range.setEnd(next, at + 1);
  const [after] = range.getClientRects();
  const before = [...element.getClientRects()].at(-1);
  return after && before && after.top > before.bottom - 3;
}).map(element => element.textContent + element.nextSibling.data.slice(0, 6))"""


@pytest.mark.parametrize("path", cases(["stage1/step04/", "stage3/step34/"], ["stage2/step13/", "stage4/step43/"]))
def test_no_particle_begins_a_line_on_a_phone(visit: Visit, path: str) -> None:
    tab = visit(f"ko/{path}", **PHONE)
    assert tab.evaluate(TORN) == []


def test_a_plot_is_drawn_for_the_light_and_for_the_dark(visit: Visit) -> None:
    for scheme, shown in (("light", "by-day"), ("dark", "at-night")):
        page = visit("en/labs/gaussian/", color_scheme=scheme)
        plot = page.locator(".plot:visible")
        expect(plot).to_have_class(f"plot {shown}")
        assert (plot.evaluate(LIGHTNESS) > 120) == (scheme == "dark")
        assert plot.evaluate("plot => getComputedStyle(plot).filter") == "none"
