"""Taking code away: the button that copies everything up to here, and the two files at the end of a page."""

from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.page.exercises import find_exercises
from doccheck.page.model import Page
from doccheck.page.programs import growing, script
from doccheck.takeaway.exercise import exercise_script
from doccheck.takeaway.notebook import notebook
from tests.support.lanes import cases
from tests.support.site_facts import IN_TURN, LANGUAGES, PAGES, PHONE, ROOT
from website.words.labels import labels

pytestmark = pytest.mark.browser
Visit = Callable[..., Tab]
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
BOOK = Book(find_settings(ROOT))
COPIED = {"ja": "コピーしました", "ko": "클립보드에 복사됨", "en": "Copied to clipboard"}  # the theme's words

# Buttons that lie over the first line of their code, where it is not scrolled.
COVERED = """() => [...document.querySelectorAll("article .highlight")].filter(block => {
  const buttons = block.querySelector(".md-code__nav")?.getBoundingClientRect();
  const [line] = block.querySelector("code").innerText.split("\\n", 1);
  if (!buttons?.width) return false;
  const walker = document.createTreeWalker(block.querySelector("code"), NodeFilter.SHOW_TEXT);
  const all = document.createRange();
  let left = line.length;
  all.setStart(block.querySelector("code"), 0);
  for (let node; (node = walker.nextNode());) {
    if (node.length >= left) { all.setEnd(node, left); break; }
    left -= node.length;
  }
  return [...all.getClientRects()].some(box => box.right > buttons.left && box.bottom > buttons.top + 4 && box.top < buttons.bottom - 4);
}).map(block => block.innerText.slice(0, 60))"""


def _pages(lang: str, name: str) -> tuple[Page, Sequence[Page]]:
    path = ROOT / "docs" / lang / name
    return BOOK.page(path), BOOK.earlier(path)


def _notebook(lang: str, page: Page, earlier: Sequence[Page]) -> nbformat.NotebookNode:
    return notebook(page, earlier, labels(lang)["exercise_passed"])


def _buttons(tab: Tab) -> Locator:
    tab.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    return tab.locator("article .take-away-button")


def _clipboard(tab: Tab) -> str:
    text: str = tab.evaluate("navigator.clipboard.readText()")
    return text


def _file(site: Path, lang: str, page: Path, suffix: str) -> Path:
    folder = page.parent if page.stem == "index" else page.with_suffix("")
    return site / lang / folder / f"{page.stem}{suffix}"


@pytest.mark.parametrize(("lang", "name"), cases([("en", "step02")], [("ja", "step09")]))
def test_the_button_copies_exactly_the_script(visit: Visit, lang: str, name: str) -> None:
    tab = visit(f"{lang}/stage1/{name}/", **CLIPBOARD)
    texts = [text for _, text in growing(*_pages(lang, f"stage1/{name}.md"))]
    buttons = _buttons(tab)
    expect(buttons).to_have_count(len(texts) - 1)  # the first block has no code above it
    for i, text in enumerate(texts[1:]):
        buttons.nth(i).click()
        assert _clipboard(tab) == text


def test_a_console_gives_only_what_is_typed(visit: Visit) -> None:
    tab = visit("ja/stage2/step23/", **CLIPBOARD)
    tab.get_by_role("button", name=labels("ja")["copy_commands"], exact=True).first.click()
    typed = _clipboard(tab).splitlines()
    assert typed[0].startswith("python -m venv")
    assert len(typed) == 3  # and none of the two lines that they print


def test_the_button_works_after_instant_navigation_and_back(visit: Visit) -> None:
    tab = visit("ko/stage1/step03/", **CLIPBOARD)
    expect(_buttons(tab).first).to_be_visible()
    tab.locator(".md-footer__link--next").click()
    expect(tab.locator("h1")).to_have_id("step04")
    for name, go in [("step04", None), ("step03", tab.go_back)]:
        if go:
            go()
            expect(tab.locator("h1")).to_have_id(name)
        pieces = list(growing(*_pages("ko", f"stage1/{name}.md")))
        expect(_buttons(tab)).to_have_count(len(pieces) - 1)
        _buttons(tab).last.click()
        assert _clipboard(tab) == pieces[-1][1]


@pytest.mark.parametrize("lang", IN_TURN)
def test_the_keyboard_reaches_the_button_which_says_what_it_does_and_has_done(visit: Visit, lang: str) -> None:
    tab = visit(f"{lang}/stage1/step01/", **CLIPBOARD)
    block = tab.locator("article .highlight[data-upto]").first
    button = block.get_by_role("button", name=labels(lang)["copy_up_to_here"], exact=True)
    tab.locator("article .md-code__button").first.focus()  # that of the first block
    for _ in range(10):
        tab.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    assert button.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    expect(tab.locator(".md-dialog--active")).to_have_text(COPIED[lang])
    expect(button).to_be_focused()
    assert _clipboard(tab) == list(growing(*_pages(lang, "stage1/step01.md")))[1][1]


def test_the_button_works_without_a_server(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto((site / "en" / "stage1" / "step01" / "index.html").as_uri())
    _buttons(tab).last.click()
    expect(tab.locator(".md-dialog--active")).to_have_text(COPIED["en"])
    tab.evaluate("document.body.prepend(document.createElement('textarea'))")
    tab.locator("textarea").first.focus()
    tab.keyboard.press("Control+V")
    assert tab.locator("textarea").first.input_value() == script(*_pages("en", "stage1/step01.md"))
    context.close()


@pytest.mark.parametrize("lang", IN_TURN)
def test_the_links_say_what_they_give(visit: Visit, lang: str) -> None:
    tab = visit(f"{lang}/stage1/step04/")
    words = labels(lang)
    page, earlier = _pages(lang, "stage1/step04.md")
    expect(tab.locator("article details.check pre")).to_be_hidden()  # what the check asks is folded
    wanted = {
        "take_notebook": ("step04.ipynb", nbformat.writes(_notebook(lang, page, earlier)) + "\n"),
        "take_script": ("step04.py", script(page, earlier)),
        "take_exercise": ("step04-exercise.py", exercise_script(page, earlier, find_exercises(page)[0], words)),
    }
    for key, (name, text) in wanted.items():
        link = tab.locator("article").get_by_role("link", name=words[key], exact=True)
        with tab.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == name
        assert download.value.path().read_text(encoding="utf-8") == text


@pytest.mark.thorough
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_with_examples_has_its_two_files(site: Path, lang: str) -> None:
    for name in PAGES:
        page, earlier = _pages(lang, name.as_posix())
        if all(fence.kind.name != "python" for fence in page.fences):
            assert not any(_file(site, lang, name, suffix).exists() for suffix in (".py", ".ipynb")), name
            continue
        assert _file(site, lang, name, ".py").read_bytes() == script(page, earlier).encode()
        assert nbformat.read(_file(site, lang, name, ".ipynb"), 4) == _notebook(lang, page, earlier)


def test_search_does_not_find_the_code_twice(site: Path) -> None:
    index = (site / "en" / "search" / "search_index.json").read_text("utf-8")
    assert "(docs/en/stage1/step04.md)" not in index  # the script's first line
    assert labels("en")["take_notebook"] not in index


@pytest.mark.thorough
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_buttons_cover_no_code_on_a_phone(visit: Visit, lang: str) -> None:
    tab = visit(f"{lang}/", **PHONE)
    for name in PAGES:
        address = f"{lang}/{'' if name.stem == 'index' else name.with_suffix('').as_posix() + '/'}"
        tab.goto(address, wait_until="domcontentloaded")
        expect(_buttons(tab)).to_have_count(max(0, len(list(growing(*_pages(lang, name.as_posix())))) - 1))
        assert tab.evaluate(COVERED) == [], name


# Each button: its height, whether it stands in its box, above the code, and beside the others; and what it says.
ROWS = """() => [...document.querySelectorAll("article .md-code__nav")].map(row => {
  const pre = row.closest("pre").getBoundingClientRect();
  const code = row.closest("pre").querySelector("code");
  const first = code.getBoundingClientRect().top + parseFloat(getComputedStyle(code).paddingTop);
  const boxes = [...row.children].map(button => button.getBoundingClientRect());
  return [...row.children].map((button, i) => [boxes[i].height,
    boxes[i].left >= pre.left && boxes[i].right <= pre.right && boxes[i].bottom <= first
      && (i === 0 || boxes[i - 1].right <= boxes[i].left),
    getComputedStyle(button, "::before").content]);
})"""


@pytest.mark.parametrize("lang", IN_TURN)
def test_on_a_touch_screen_the_buttons_say_what_they_copy(visit: Visit, lang: str) -> None:
    words = [f'"{labels(lang)[key]}"' for key in ("copy_up_to_here_word", "copy_word")]
    tab = visit(f"{lang}/stage1/step09/", **PHONE)
    expect(tab.locator(".take-away-button").first).to_be_attached()
    tab.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    rows = tab.evaluate(ROWS)
    assert len(rows) > 5
    assert [word for _, _, word in max(rows, key=len)] == words
    for row in rows:
        for height, clear, word in row:
            assert height >= 44 and clear and word in words
