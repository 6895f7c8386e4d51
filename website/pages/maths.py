"""Turns formulas into MathML while the site is built, so that no script has to be fetched to read them.

Arithmatex marks the formulas; latex2mathml converts them. It lets commands it does not know pass as text, so what
comes out is searched for what should have been converted: a formula that is not understood fails the build.
"""

import re
import unicodedata
from functools import cache
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

IN_TITLE = re.compile(r"\\\((.*?)\\\)")
UPRIGHT = re.compile(r"<mi>(&#x000[4-7][0-9A-F];)</mi>")  # how \mathrm{d} comes out; a bare d is <mi>d</mi>
PRIMES = {"′", "″", "‴"}
STYLES = {"bold-italic": "BOLD ITALIC", "sans-serif": "SANS-SERIF"}
ALPHABET = re.compile(r"^\w+ (SMALL|CAPITAL) LETTER")
LIMITS = {"lim", "max", "min", "sup", "inf"}
SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
NAME = re.compile(r"[a-z]{2,}")  # of a function
MATHML = "http://www.w3.org/1998/Math/MathML"

ElementTree.register_namespace("", MATHML)


class FormulaError(Exception):
    """A formula that cannot be converted."""


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Convert the formulas in the table of contents: titles reach it as LaTeX, untouched by arithmatex."""
    for entry in page.toc:
        _convert_titles(entry)
    return html


def formula_html(formula: str, *, display: bool) -> str:
    """Return a formula's MathML, a displayed one in a box that scrolls where it is too wide. Raises FormulaError."""
    try:
        markup = mathml(formula, display)
    except Exception as error:  # the converter raises a dozen kinds
        reason = str(error) or type(error).__name__
        raise FormulaError(f"cannot convert the formula {formula}: {reason}") from error
    return f'<div class="formula">{markup}</div>' if display else markup


@cache
def mathml(formula: str, display: bool = False) -> str:
    """A LaTeX formula as MathML. Raises ValueError, saying why, for one that cannot be converted."""
    if formula.replace(r"\{", "").count("{") != formula.replace(r"\}", "").count("}"):
        raise ValueError("its braces do not match")
    source = re.sub(r"(begin|end)\{aligned\}", r"\1{align*}", formula)  # the converter knows only the latter
    markup = convert(source, display="block" if display else "inline")
    if left := re.findall(r"\\[A-Za-z]+|<mi>&</mi>", markup):
        raise ValueError(f"latex2mathml does not know {left[0].replace('<mi>&</mi>', '&')}")
    root = ElementTree.fromstring(UPRIGHT.sub(r'<mi mathvariant="normal">\1</mi>', markup))
    _set_primes(root)
    _set_letters(root)
    for row in [*root.iter(f"{{{MATHML}}}mrow"), *root.iter(f"{{{MATHML}}}mtd")]:
        _set_functions_apart(row)
    if display:
        _set_limits_below(root)
    return ElementTree.tostring(root, encoding="unicode")


def _set_primes(root: ElementTree.Element) -> None:
    """A prime is raised by the font itself, and would be too small and too high if it were an exponent, too."""
    for power in root.iter(f"{{{MATHML}}}msup"):
        if power[1].text in PRIMES:
            power.tag = f"{{{MATHML}}}mrow"
            power[1].tag = f"{{{MATHML}}}mo"  # as an identifier it would be set apart from its letter
            power[1].set("lspace", "0")


def _set_letters(root: ElementTree.Element) -> None:
    """Write what MathML Core leaves out: browsers know a letter's style by its number in Unicode alone."""
    for letter in root.iter(f"{{{MATHML}}}mi"):
        if (style := STYLES.get(letter.get("mathvariant", ""))) and letter.text:
            name = ALPHABET.sub(r"\1", unicodedata.name(letter.text))  # LATIN SMALL LETTER X: SMALL X
            letter.text = unicodedata.lookup(f"MATHEMATICAL {style} {name}")
            del letter.attrib["mathvariant"]
        elif letter.text == "±":
            letter.tag = f"{{{MATHML}}}mo"  # the converter takes it for a letter
    for sign in root.iter(f"{{{MATHML}}}mo"):
        if sign.text == "/":  # which browsers set like a plus; in print π/4 is one thing
            sign.attrib |= {"lspace": "0", "rspace": "0"}
        elif sign.text == "⊙":  # which Firefox takes for a sum in a displayed formula, and sets as large
            sign.set("largeop", "false")


def _set_functions_apart(row: ElementTree.Element) -> None:
    """Put a thin space around a function's name, as in print, but none before brackets. Only Firefox does so itself."""
    parts = list(row)
    for part in parts:
        if part.tag == f"{{{MATHML}}}mo" and NAME.fullmatch(part.text or ""):
            part.tag = f"{{{MATHML}}}mi"  # as an operator, max would be set apart from its brackets, too
    for part, after in pairwise(parts):
        if _joins(part, after):
            row.insert(list(row).index(after), ElementTree.Element(f"{{{MATHML}}}mspace", width="0.167em"))


def _joins(part: ElementTree.Element, after: ElementTree.Element) -> bool:
    """Whether two things stand side by side, one of them a function's name, and no operator between them."""
    kinds = [_core(one).tag.removeprefix(f"{{{MATHML}}}") for one in (part, after)]
    closes = (part.text or "") in {")", "]", "}"}
    if not any(NAME.fullmatch(_core(one).text or "") for one in (part, after)):
        return False
    return (closes or kinds[0] not in {"mo", "mspace"}) and kinds[1] not in {"mo", "mspace"}


def _core(element: ElementTree.Element) -> ElementTree.Element:
    """What bears an index or an exponent, or a prime; of anything else, itself."""
    tag = element.tag.removeprefix(f"{{{MATHML}}}")
    if tag in SCRIPTED or (tag == "mrow" and len(element) > 1 and element[1].text in PRIMES):
        return _core(element[0])
    return element


def _set_limits_below(root: ElementTree.Element) -> None:
    """In a displayed formula the limit's variable stands below `lim`; the converter puts it beside."""
    for element in root.iter(f"{{{MATHML}}}msub"):
        if element[0].text in LIMITS:
            element.tag = f"{{{MATHML}}}munder"


def _convert_titles(entry: AnchorLink) -> None:
    entry.title = IN_TITLE.sub(lambda match: formula_html(unescape(match[1]), display=False), entry.title)
    for child in entry.children:
        _convert_titles(child)
