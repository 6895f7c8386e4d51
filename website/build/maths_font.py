"""Gives formulas a font of their own, cut to the signs that a language's pages use, so that it weighs 20 KB.

A sum's limits, a tall bracket and a root are set by what a font knows of mathematics (its table MATH), and a phone may
have no font that knows any. `make font` brings the whole font, from npm; without it the reader's own fonts serve.

It stands in a style sheet, as data: so it comes with the page, and a site that is opened from a folder has it too,
where a browser loads no font that is a file. A line in the page's head asks for it, so that it is there before the
first formula is laid out; where no scripts run, formulas take its widths a moment after the first paint at the latest.
"""

import logging
import re
import shutil
from base64 import b64encode
from collections.abc import Iterable
from html import unescape
from io import BytesIO
from pathlib import Path
from unicodedata import decomposition

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from website.context import context_of

WHOLE = Path(".cache", "font", "maths.woff")
LICENCE = "LICENSE"  # beside it; whoever gives a font away gives this with it
PLACE = "assets/css/maths.css"
RULE = """/* STIX Two Math, cut to the signs of these pages. Copyright 2001-2021 The STIX Fonts Project Authors.
   Its licence, the SIL Open Font License 1.1, is in maths-LICENSE.txt. */
@font-face {{ font-family: "Maths"; src: url("data:font/woff;base64,{}") format("woff"); }}
"""

FORMULA = re.compile(r"<math.*?</math>", re.S)
TAG = re.compile(r"<[^>]*>")
LETTER = re.compile(r'<mi(?! mathvariant="normal")[^>]*>\s*([^<]+?)\s*</mi>')
# A browser writes the only letter of an <mi> in italics, which have numbers of their own in Unicode.
ITALICS = {
    chr(int(decomposition(chr(number)).removeprefix("<font> "), 16)): chr(number)
    for number in (*range(0x1D434, 0x1D455), *range(0x1D456, 0x1D468), *range(0x1D6E2, 0x1D71C))
}
ITALICS["h"] = "\N{PLANCK CONSTANT}"  # which had its number long before the other italics
# What a browser draws that is not in the text.
DRAWN = {"<msqrt": "√", "<mroot": "√", ">-<": "\N{MINUS SIGN}"}

log = logging.getLogger("mkdocs.website.maths_font")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Look once, before any language is built, whether the font was made."""
    site = context_of(config)
    whole = Path(config.config_file_path).parent / WHOLE
    if site.is_landing:
        if whole.is_file():
            site.maths_font = whole
            import fontTools.subset  # noqa: F401  (late, for it takes long; but before each language has a process)
        else:
            log.info("There is no font for formulas: they are set in the reader's own. make font brings one")
    return config


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Note which signs a page's formulas use."""
    context_of(config).signs |= signs(output)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Write the font, now that all signs are known."""
    site = context_of(config)
    if site.maths_font and not site.is_landing:
        target = Path(config.site_dir, PLACE)
        target.parent.mkdir(parents=True, exist_ok=True)
        font = b64encode(cut(site.maths_font, site.signs)).decode()
        target.write_text(RULE.format(font), encoding="utf-8", newline="\n")
        shutil.copy(site.maths_font.with_name(LICENCE), target.with_name(f"maths-{LICENCE}.txt"))


def signs(html: str) -> set[str]:
    """Return the signs that a browser draws in a page's formulas."""
    found: set[str] = set()
    for formula in FORMULA.findall(html):
        found.update(unescape(TAG.sub("", formula)))
        letters = map(unescape, LETTER.findall(formula))
        found.update(ITALICS[letter] for letter in letters if letter in ITALICS)
        found.update(drawn for written, drawn in DRAWN.items() if written in formula)
    return found - {"\n"}


def cut(whole: Path, wanted: Iterable[str]) -> bytes:
    """Return the part of a font that these signs need, with what it knows of mathematics and of whose it is."""
    from fontTools import subset

    options = subset.Options(flavor="woff", hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, wanted))
    data = BytesIO()
    with subset.load_font(str(whole), options) as font:
        subsetter.subset(font)
        subset.save_font(font, data, options)
    return data.getvalue()
