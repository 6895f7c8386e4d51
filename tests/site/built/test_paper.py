"""A stage as one page for paper: made of the finished pages, with links that lead within it and solutions at the end."""

import logging
import re
from html import unescape
from pathlib import Path, PurePosixPath

import pypdfium2
import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.theme import Theme
from PIL import Image

from tests.support.context import set_context
from tests.support.site_facts import COURSE, LANGUAGES, ROOT
from website.build.browser import BROWSERS, find_browser
from website.paper import pdf, stages
from website.paper.booklet import Binding, chapter, numbers
from website.words.labels import labels

STAGES = [part for part in COURSE.parts if part.steps]
INTO = Binding({"step01": "step01", "step02": "step02"})
SOLVED = '<details class="{}">\n<summary>Solution</summary>\n<p>{}</p></details>'


def _chapter(html: str) -> str:
    return chapter("step02", "Two", html, "2", INTO, labels("en")).html


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ('<h2 id="run">', '<h2 id="step02-run">'),
        ('<a href="#run">', '<a href="#step02-run">'),
        ('<a href="./">', '<a href="#step02">'),
        ('<a href="../step01/">', '<a href="#step01">'),
        ('<a class="x" href="../step01/#run">', '<a class="x" href="#step01-run">'),
        ('<a href="../step03/#run">', '<a href="../step03/#run">'),
        ('<a href="../../stage1/step02/">', '<a href="../../stage1/step02/">'),
        ('<a href="https://example.org/#run">', '<a href="https://example.org/#run">'),
        ('<img src="plot.svg">', '<img src="../step02/plot.svg">'),
        ('<path marker-end="url(#tip)">', '<path marker-end="url(#step02-tip)">'),
        ('<code>id="run" href="#run"</code>', '<code>id="run" href="#run"</code>'),
    ],
)
def test_what_a_page_names_has_the_pages_name_in_front(written: str, bound: str) -> None:
    assert _chapter(written) == bound


def test_what_is_clicked_is_left_out_and_boxes_are_open() -> None:
    link = '<a class="headerlink" href="#a" title="Link">&para;</a>'
    button = '<div class="frames-turn"><button>1</button></div>'
    away = '<p class="take-away"><a href="step02.py">x</a></p>\n<template data-label="x">code</template>'
    assert _chapter(f'<h2>A{link}</h2>{button}<details class="hint">b</details>{away}').strip() == (
        '<h2>A</h2><details open class="hint">b</details>'
    )
    so_far = _chapter('<details class="so-far"><summary>x</summary><pre>long</pre></details>')
    assert labels("en")["paper_so_far"] in so_far and "long" not in so_far


def test_a_solution_leaves_its_number_and_leads_back() -> None:
    html = "".join(SOLVED.format("solution", text) for text in ("first", "second"))
    made = chapter("step02", "Two", f"<p>a</p>{html}<p>b</p>", "2", INTO, labels("ko"))
    assert [solution.number for solution in made.solutions] == ["2-1", "2-2"]
    for solution, text in zip(made.solutions, ("first", "second"), strict=True):
        assert text in solution.html and text not in made.html
        assert f'<a id="{solution.exercise}" href="#{solution.place}">' in made.html
    assert numbers([1, None, 2, None]) == ["1", "A", "2", "B"]


def test_a_box_in_a_solution_is_refused() -> None:
    inner = SOLVED.format("note", "x")
    with pytest.raises(PluginError, match=r"step02: a box stands in a solution; put it before or behind"):
        _chapter(SOLVED.format("solution", inner))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_stage_is_there_as_one_page(site: Path, lang: str) -> None:
    for part in STAGES:
        folder = site / lang / part.folder / "paper"
        html = (folder / "index.html").read_text("utf-8")
        names = [PurePosixPath(entry.file).stem for entry in part.pages]
        ids = re.findall(r'<[^<>]* id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        assert [name for name in ids if name in names] == names
        assert set(re.findall(r' href="#([^"]*)"', html)) <= set(ids)
        for link in re.findall(r' (?:href|src)="((?!#|\w+:)[^"#]*)', html):
            target = folder / link
            assert target.is_file() or (target / "index.html").is_file(), (part.folder, link)
        sources = "".join((ROOT / "docs" / lang / entry.file).read_text("utf-8") for entry in part.pages)
        text, *solutions = re.split(r'<section id="solution-', html)
        assert len(solutions) == sources.count('<details class="solution"') == text.count('"paper-to-solution"')
        assert f"<h1>{labels(lang)['paper_solutions']}" in text
        assert "<details>" not in html and "<script" not in html and "<template" not in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_find_it_and_search_engines_do_not(site: Path, lang: str) -> None:
    for part in STAGES:
        html = (site / lang / part.folder / "paper" / "index.html").read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in html
        for entry in part.pages:
            page = (site / lang / PurePosixPath(entry.file).with_suffix("") / "index.html").read_text("utf-8")
            assert ('<a href="../paper/">' in page) is (entry.step is None), entry.file
        home = (site / lang / "index.html").read_text("utf-8")
        assert f'<p class="map-paper"><a href="{part.folder}/paper/">{labels(lang)["paper_map"]}</a></p>' in home
    for name in ("sitemap.xml", "search/search_index.json", "llms.txt", "pages.json"):
        assert "/paper/" not in (site / lang / name).read_text("utf-8"), name


def test_a_whole_book_leads_to_pages_elsewhere_by_their_address() -> None:
    names = {"step02": "step02", "../stage1/step01": "step01"}
    book = Binding(names, "stage2/paper/", "https://example.org/en/stage2/paper/")
    html = '<a href="../../stage1/step01/#a"><a href="../../labs/newton/"><img src="../plot.svg">'
    assert chapter("step02", "Two", html, "2", book, labels("en")).html == (
        '<a href="#step01-a"><a href="https://example.org/en/labs/newton/"><img src="stage2/plot.svg">'
    )


def test_a_pdf_leads_nowhere_on_the_machine_that_prints_it(tmp_path: Path) -> None:
    config = MkDocsConfig()
    address = "https://example.org/en/"
    config.load_dict(
        {"docs_dir": "docs", "site_dir": str(tmp_path), "site_url": address, "site_name": "S", "extra": {}}
    )
    config.theme = Theme(custom_dir=str(ROOT / "website" / "theme"), favicon="favicon.svg")
    site = set_context(config, "en")
    stages.on_env(config.theme.get_env(), config, Files([]))
    for file in ("stage1/step01.md", "stage2/step11.md"):
        links = '<a href="../step02/"><a href="../../stage1/step01/#a"><a href="../../labs/newton/">'
        site.articles.finished[file], site.articles.checked[file] = ("A title", links), 1
    bound = [stages.put_together(site, part, whole=address) for part in STAGES[:2]]
    html = stages.booklet(config, "All", [stage for stage in bound if stage], ".", address)
    targets = re.findall(r'href="([^"]*)"', html.partition("<body")[2])
    assert {target for target in targets if not target.startswith("#")} == {
        address,
        f"{address}labs/newton/",
        f"{address}stage1/step02/",
        f"{address}stage2/step02/",
    }


@pytest.mark.parametrize(
    ("asked", "there", "printer", "said"),
    [
        ("", "/bin/chromium", None, []),
        ("1", "/bin/chromium", "/bin/chromium", []),
        ("1", None, None, [f"No PDF: Chromium prints it, and none of {', '.join(BROWSERS)} is on PATH"]),
    ],
)
def test_who_asks_for_a_pdf_without_a_browser_is_told_in_one_line(
    asked: str,
    there: str | None,
    printer: str | None,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("PDF", asked)
    monkeypatch.setattr(pdf, "find_browser", lambda: there)
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "site_name": "", "extra": {}})
    build = set_context(config)
    with caplog.at_level(logging.INFO, "mkdocs"):
        pdf.on_config(config)
    assert (build.printer, caplog.messages) == (printer, said)


def test_a_browser_that_prints_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(pdf.PrintError, match=r"^/bin/false has printed nothing of "):
        pdf.printed("<p>x</p>", tmp_path, "/bin/false")
    assert list(tmp_path.iterdir()) == []


def _filled(page: pypdfium2.PdfPage) -> float:
    """How much of a sheet is used, from the top of its text to the last line; the sheet's number is below it."""
    sheet: Image.Image = page.render(scale=0.3).to_pil().convert("L")
    width, height = sheet.size
    text = sheet.crop((0, round(0.06 * height), width, round(0.92 * height)))
    box = text.point(lambda tone: 255 if tone < 200 else 0).getbbox()
    return box[3] / text.height if box else 0


@pytest.mark.browser
@pytest.mark.thorough
def test_a_stage_is_printed_with_its_numbers_and_without_empty_sheets(site: Path) -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("no Chromium on PATH, which prints")
    folder = site / "ja" / "stage1" / "paper"
    html = (folder / "index.html").read_text("utf-8")
    printed = pdf.printed(html, folder, browser)
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    document = pypdfium2.PdfDocument(printed)
    text = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert "".join(COURSE.map_part("stage1").titles["ja"].split()) in text[0]
    entries = re.findall(r'<li[^>]*><a href="#([^"]*)">(.*?)</a><span class="paper-page"', html)
    sheets = pdf.sheets_of({place for place, _ in entries}, printed)
    assert len(sheets) == len(COURSE.map_part("stage1").pages) + 1
    assert [sheets[place] for place, _ in entries] == sorted(sheets.values())
    for place, title in entries:
        shown = "".join(unescape(title).split())
        assert f"{shown}{sheets[place]}" in text[0]
        assert shown in text[sheets[place] - 1]
    solutions = sheets["stage1-solutions"]
    last = labels("ja")["paper_solution"].format(number="A")
    assert any(last in page for page in text[solutions - 1 :])
    # what comes before the solutions, and they themselves, end where they end
    free = {solutions - 1, len(document)}
    assert [i for i, page in enumerate(document, 1) if i not in free and _filled(page) < 0.5] == []
