"""What the built files say, without a browser: addresses, figures, formulas, and builds that must fail."""

import re
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from figures import registry as figures
from tests.support.context import set_context
from tests.support.site_facts import LANGUAGES, PAGES, REFERENCE, ROOT
from website.pages import drawings, maths
from website.words.labels import all_labels, labels


def _built(site: Path, lang: str, page: Path) -> Path:
    folder = site / lang / page.with_suffix("")
    return (folder.parent if page.stem == "index" else folder) / "index.html"


def test_every_page_is_built_in_every_language(site: Path) -> None:
    pages = [*PAGES, *REFERENCE]
    missing = [(lang, page) for lang in LANGUAGES for page in pages if not _built(site, lang, page).is_file()]
    assert not missing


def test_no_file_loads_anything_from_elsewhere(site: Path, address: str) -> None:
    loads = re.compile(
        r'<(?:script|img|iframe|source)[^>]* src="(\w+:[^"]+)"|<link (?![^>]*rel="(?:alternate|canonical))[^>]*href="(\w+:[^"]+)"'
    )
    for path in site.rglob("*.html"):
        assert not loads.findall(path.read_text(encoding="utf-8")), path
    for path in (site / "ja" / "assets" / "css").glob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?\w+://", path.read_text(encoding="utf-8")), path


def test_hreflang_names_the_same_page_in_each_language(site: Path, address: str) -> None:
    for lang in LANGUAGES:
        html = _built(site, lang, Path("stage1/step01.md")).read_text(encoding="utf-8")
        links = dict(re.findall(r'<link rel="alternate " hreflang="([\w-]+)" href="([^"]+)"', html))
        expected = {code: f"{address}{code}/stage1/step01/" for code in LANGUAGES}
        assert links == expected | {"x-default": expected["en"]}
        assert f'<link rel="canonical" href="{expected[lang]}">' in html
        assert f'<html lang="{lang}"' in html


def test_home_and_landing_page_agree_on_hreflang(site: Path, address: str) -> None:
    expected = {code: f"{address}{code}/" for code in LANGUAGES} | {"x-default": address}
    for path in (site / "index.html", site / "ko" / "index.html"):
        html = path.read_text(encoding="utf-8")
        assert dict(re.findall(r'<link rel="alternate ?" hreflang="([\w-]+)" href="([^"]+)"', html)) == expected


def test_no_formula_and_no_figure_is_left_as_source(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert 'class="arithmatex"' not in html, path
        assert not re.search(r"<img[^>]*figures/", html), path


def test_figures_are_all_defined_and_all_used() -> None:
    for lang in LANGUAGES:
        text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / lang).rglob("*.md"))
        assert set(re.findall(r"figures/(\w+)\.svg", text)) == set(figures.names()), lang


def test_every_label_is_there_in_every_language() -> None:
    for lang in LANGUAGES:
        assert set(labels(lang)) == set(all_labels())


def test_formulas_become_mathml() -> None:
    assert "<munder>" in maths.mathml(r"\lim_{h \to 0} f", display=True)
    assert 'mathvariant="normal">d<' in maths.mathml(r"\mathrm{d}x")
    assert "<mtd" in maths.mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", display=True)
    for primes, mark in (("'", "′"), ("''", "″")):  # which the font raises
        assert f'<mrow><mi>f</mi><mo lspace="0">{mark}</mo></mrow>' in maths.mathml(f"f{primes}(x)")
    assert '<mo lspace="0" rspace="0">/</mo>' in maths.mathml("a/b")
    assert "<mo>±</mo>" in maths.mathml(r"a \pm b")
    assert '<mo largeop="false">⊙</mo>' in maths.mathml(r"a \odot b", display=True)
    assert "<mi>𝒙</mi>" in maths.mathml(r"\boldsymbol{x}")  # browsers know no mathvariant="bold-italic"


@pytest.mark.parametrize(
    ("formula", "spaced"),
    [
        (r"2\cos x - x\sin x", "2 cos x−x sin x"),
        (r"(1 - t) \ln p_n", "(1−t) ln pn"),
        (r"\log_2 n \cdot \sin' x", "log2 n·sin′ x"),
        (r"n \max(x, 0)", "n max(x,0)"),
        (r"\log \sum_j e^x + \ln \frac{p}{q}", "log∑jex+ln pq"),
    ],
)
def test_a_function_stands_apart_from_what_is_beside_it_but_not_from_brackets(formula: str, spaced: str) -> None:
    drawn = maths.mathml(formula).replace('<mspace width="0.167em" />', " ")
    assert re.sub(r"<[^>]*>", "", drawn) == spaced


@pytest.mark.parametrize(
    ("formula", "reason"),
    [(r"\frac{a", "its braces do not match"), (r"\nosuch{x}", r"latex2mathml does not know \\nosuch"), ("a & b", "&")],
)
def test_a_formula_that_is_not_understood_is_refused(formula: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        maths.mathml(formula)


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("![](../figures/step01_box.svg)", r"a\.md: the image \.\./figures/step01_box\.svg has no alt text"),
        ("![x](../figures/nosuch.svg)", r"a\.md: no figure nosuch; figures/ has .*step01_box,"),
    ],
)
def test_a_wrong_image_is_refused(markdown: str, message: str) -> None:
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "use_directory_urls": True, "site_name": "", "nav": None})
    page = Page(None, File("a.md", "docs", "site", True), config)
    with pytest.raises(PluginError, match=message):
        drawings.on_page_markdown(markdown, page=page, config=config, files=Files([]))


@pytest.mark.parametrize("items", [0, 1, 3])
def test_a_figure_of_several_frames_needs_words_for_each(items: int) -> None:
    count = len(figures.frames("step15_right"))
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "site_name": "", "extra": {}})
    set_context(config, "en")
    page = Page(None, File("a.md", "docs", "site", True), config)
    words = "<ol>" + "<li>Words</li>\n" * items + "</ol>" if items else "<p>Words</p>"
    page.content = f'<p><img alt="x" src="../figures/step15_right.svg"></p>\n{words}'
    message = (
        rf"a\.md: the figure step15_right has {count} frames, the numbered list right below it {items} items; write"
    )
    with pytest.raises(PluginError, match=message):
        drawings.on_page_context({}, page=page, config=config, nav=Navigation([], []))


def test_a_list_below_an_ordinary_figure_stays_a_list() -> None:
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "site_name": "", "extra": {}})
    set_context(config, "en")
    page = Page(None, File("a.md", "docs", "site", True), config)
    words = "<ol><li>Words</li></ol>"
    page.content = f'<p><img alt="x" src="../figures/step01_box.svg"></p>\n{words}'
    drawings.on_page_context({}, page=page, config=config, nav=Navigation([], []))
    assert page.content.endswith(f"</svg></figure>\n{words}")


def test_no_template_is_published_as_it_is_written(site: Path) -> None:
    """MkDocs copies what lies in the theme's folder and is not filled: a list of addresses, once, for no robot."""
    templates = [path for path in (ROOT / "website" / "theme").rglob("*") if path.is_file()]
    assert any(path.suffix != ".html" for path in templates)
    sources = {path.read_bytes() for path in templates}
    names = {path.name for path in templates}
    for path in site.rglob("*"):
        if path.is_file():
            assert path.read_bytes() not in sources, path
            assert path.name not in names or not re.search(r"\{[%#]", path.read_text("utf-8")), path
    assert {path.parent for path in site.rglob("robots.txt")} == {site}
