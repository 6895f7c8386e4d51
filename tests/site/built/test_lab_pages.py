"""A notebook page in this site: rendered by the site's own hooks, given away as it is, refused where it is wrong."""

import re
from pathlib import Path

import pytest

from tests.support.notebook_builder import code, display, notebook, prose, value
from tests.support.site_facts import LANGUAGES
from tests.support.small_site import build_small_site, make_small_site

COURSE = '[[part]]\npages = [{ file = "index.md" }, { file = "labs/plot.ipynb" }]\n'
TITLES = {"ja": "線を描く", "ko": "선 그리기", "en": "Drawing a line"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"><g id="figure_1"><path style="stroke: #000000"/></g></svg>'


def lab(title: str, text: str = "2.0") -> str:
    return notebook(
        prose(f'# {title} <a id="lab"></a>\n\n$x^2$, [home](../index.md#home)'),
        code("from IPython.display import SVG, display\n\nx = 2.0\nx", value("2.0")),
        prose(f'`x` <span data-expr="x">`{text}`</span>\n\n## {title} 2 <a id="plot"></a>'),
        code(f"display(SVG('{SVG}'))", display("<IPython.core.display.SVG object>", svg=SVG), alt=title),
        metadata={"description": f"{title}: a lab."},
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """This project's own configuration, hooks and theme around one page and one notebook in each language."""
    make_small_site(tmp_path, COURSE)
    for lang in LANGUAGES:
        path = tmp_path / "docs" / lang / "labs" / "plot.ipynb"
        path.parent.mkdir()
        path.write_text(lab(TITLES[lang]), encoding="utf-8")
    return tmp_path


def test_a_notebook_is_a_page_like_any_other(small: Path) -> None:
    build = build_small_site(small)
    assert build.returncode == 0, build.stderr
    assert "Verified 6 outputs and values on 7 pages" in build.stderr  # docs/index.md is one
    for lang in LANGUAGES:
        folder = small / "site" / lang / "labs" / "plot"
        html = (folder / "index.html").read_text(encoding="utf-8").replace("<wbr>", "")  # between Japanese phrases
        assert f'<h1 id="lab">{TITLES[lang]}' in html and '<h2 id="plot">' in html
        assert f'<meta name="description" content="{TITLES[lang]}: a lab.">' in html
        assert "<math" in html and "arithmatex" not in html
        assert '<code tabindex="0" data-expr="x">2.0</code>' in html
        assert 'class="language-python highlight"' in html
        assert 'class="language-text output highlight no-copy"' in html
        for when, target in (("by-day", "plot-2.svg"), ("at-night", "plot-2.svg#dark")):
            shape = 'loading="lazy" width="96" height="48"'
            assert f'<img class="plot {when}" {shape} alt="{TITLES[lang]}" src="../{target}"' in html
        drawn = (folder.parent / "plot-2.svg").read_text(encoding="utf-8")
        assert 'id="dark"' in drawn and 'style="stroke: var(--ink)"' in drawn
        assert "svg{--ink:#20262b;" in drawn and "svg:target{--ink:#dbdcd7;" in drawn  # as colour.css has them
        assert 'href="../../#home"' in html
        assert '<a href="plot.ipynb" download="plot.ipynb">' in html and "plot.py" not in html
        assert (folder / "plot.ipynb").read_text(encoding="utf-8") == lab(TITLES[lang])
        assert not re.search(r'<(?:script|img|link(?! rel="(?:canonical|alternate)))[^>]*(?:src|href)="https?:', html)
        assert not re.search(r"mathjax|requirejs|require\.js|mermaid|cdnjs|jp-Cell", html, re.I)


def test_a_wrong_notebook_fails_the_build(small: Path) -> None:
    path = small / "docs" / "ko" / "labs" / "plot.ipynb"
    path.write_text(lab(TITLES["ko"], "2.5"), encoding="utf-8")
    build = build_small_site(small)
    assert build.returncode != 0
    expected = "docs/ko/labs/plot.ipynb: cell 3, line 1: the page says 2.5, x is 2.0; `pytest docs --fix` writes it"
    assert expected in build.stderr
