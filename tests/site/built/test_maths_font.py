"""The font for formulas: cut to their signs, with all that it knows of mathematics."""

import os
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.support.site_facts import LANGUAGES, ROOT
from website.build.maths_font import LICENCE, PLACE, WHOLE, cut, signs
from website.pages.maths import mathml

FONT = ROOT / WHOLE
MISSING = f"no font in {WHOLE}, so formulas are set in the reader's own: `make font` says why"


@pytest.fixture
def whole() -> Path:
    if not FONT.is_file():
        pytest.fail(MISSING) if os.environ.get("REQUIRE_RUNTIME") == "1" else pytest.skip(MISSING)
    return FONT


def font_of(sheet: Path) -> bytes:
    return b64decode(sheet.read_text("utf-8").partition("base64,")[2].partition('"')[0])


@pytest.mark.parametrize(
    ("formula", "drawn"),
    [
        (r"f'(x)", "f𝑓′(x𝑥)"),
        (r"h \ne \varepsilon", "hℎ≠ε𝜀"),  # ϵ has the same compatible form as ε
        (r"\sqrt{-2}", "√−2"),
        (r"\boldsymbol{x}^\mathsf{T}", "𝒙𝖳"),
        (r"\sin 1", "sin1"),  # several letters stay upright
        (r"a < b \text{ if}", "a𝑎<b𝑏\xa0if"),
    ],
)
def test_what_a_browser_draws_of_a_formula(formula: str, drawn: str) -> None:
    assert signs(f"<p>q {mathml(formula)} q</p>") == set(drawn)


def test_a_font_that_is_cut_knows_as_much_of_mathematics(whole: Path) -> None:
    part = cut(whole, "∑(√x")
    assert len(part) < 12_000
    with TTFont(BytesIO(part)) as font, TTFont(whole) as before:
        table, old = font["MATH"].table, before["MATH"].table
        assert table.MathConstants.UpperLimitGapMin.Value == old.MathConstants.UpperLimitGapMin.Value > 0
        for sign in "∑(√":  # each grows with what it stands at
            assert font.getBestCmap()[ord(sign)] in table.MathVariants.VertGlyphCoverage.glyphs
        assert "STIX Fonts Project Authors" in str(font["name"].getName(0, 3, 1))


def test_every_sign_of_the_formulas_is_in_the_font(whole: Path, site: Path) -> None:
    for lang in LANGUAGES:
        part = font_of(site / lang / PLACE)
        assert len(part) < 30_000
        with TTFont(BytesIO(part)) as font, TTFont(whole) as before:
            known, had = set(font.getBestCmap()), set(before.getBestCmap())
            assert "MATH" in font
        assert (site / lang / PLACE).with_name(f"maths-{LICENCE}.txt").read_text("utf-8").startswith("Copyright")
        for page in (site / lang).rglob("*.html"):
            wanted = {ord(sign) for sign in signs(page.read_text("utf-8"))}
            assert wanted & had <= known, page
            assert all(chr(number) >= "\u2e80" for number in wanted - had), page  # letters of the language


def test_pages_with_formulas_have_the_font_before_they_are_shown(whole: Path, site: Path) -> None:
    with_formulas = 0
    for path in (site / "en").rglob("*.html"):
        html = path.read_text("utf-8")
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]*)"', html[: html.index("<body")])
        own = [(path.parent / sheet).resolve() == (site / "en" / PLACE).resolve() for sheet in sheets]
        assert own[0] or "<math" not in html, path
        assert not any(own[1:]) and "font-src data:;" in html, path
        asked = 'document.fonts.load("1em Maths")' in html[: html.index("<body")]
        assert asked == (own[0] and path.parent.name != "paper"), path  # paper is without scripts
        with_formulas += own[0]
    assert with_formulas > 40
