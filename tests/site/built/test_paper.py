"""A stage as one page for paper: made of the finished pages, with links that lead within it and solutions at the end."""

import re
from pathlib import Path, PurePosixPath

import pytest
from mkdocs.exceptions import PluginError

from tests.support.site_facts import COURSE, LANGUAGES, ROOT
from website.paper.booklet import chapter, numbers
from website.words.labels import labels

STAGES = [part for part in COURSE.parts if part.steps]
SOLVED = '<details class="{}">\n<summary>Solution</summary>\n<p>{}</p></details>'


def _chapter(html: str) -> str:
    return chapter("step02", "Two", html, "2", ["step01", "step02"], labels("en")).html


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
    made = chapter("step02", "Two", f"<p>a</p>{html}<p>b</p>", "2", ["step02"], labels("ko"))
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
