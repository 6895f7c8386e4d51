"""Turns formulas into MathML while the site is built, so that no script and no font has to be fetched to read them.

Arithmatex marks the formulas; latex2mathml converts them. It lets commands it does not know pass as text, so what
comes out is searched for what should have been converted: a formula that is not understood fails the build.
"""

import re
from functools import cache
from html import unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
IN_TITLE = re.compile(r"\\\((.*?)\\\)")
UPRIGHT = re.compile(r"<mi>(&#x000[4-7][0-9A-F];)</mi>")  # how \mathrm{d} comes out; a bare d is <mi>d</mi>
LIMITS = {"lim", "max", "min", "sup", "inf"}
MATHML = "http://www.w3.org/1998/Math/MathML"

ElementTree.register_namespace("", MATHML)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Convert every formula of the page, in the text and in the table of contents."""
    faults: list[str] = []

    def replace(match: re.Match[str]) -> str:
        display = match[1] == "div"
        return _converted(unescape(match[2]).strip(), display, faults)

    html = FORMULA.sub(replace, html)
    for entry in page.toc:
        _convert_titles(entry, faults)
    if faults:
        raise PluginError("\n".join(f"{page.file.src_uri}: {fault}" for fault in faults))
    return html


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
    for prime in root.iterfind(".//{*}msup/{*}mi[.='′']"):
        prime.tag = f"{{{MATHML}}}mo"  # as an identifier it would be set apart from its letter
        prime.set("lspace", "0")
    if display:
        _set_limits_below(root)
    return ElementTree.tostring(root, encoding="unicode")


def _converted(formula: str, display: bool, faults: list[str]) -> str:
    """The formula's MathML; a displayed one stands in a box that scrolls where it is too wide."""
    try:
        markup = mathml(formula, display)
    except Exception as error:  # the converter raises a dozen kinds
        reason = str(error) or type(error).__name__
        faults.append(f"cannot convert the formula {formula}: {reason}")
        return ""
    return f'<div class="formula">{markup}</div>' if display else markup


def _set_limits_below(root: ElementTree.Element) -> None:
    """In a displayed formula the limit's variable stands below `lim`; the converter puts it beside."""
    for element in root.iter(f"{{{MATHML}}}msub"):
        if element[0].text in LIMITS:
            element.tag = f"{{{MATHML}}}munder"


def _convert_titles(entry: AnchorLink, faults: list[str]) -> None:
    """Formulas in headings reach the table of contents as LaTeX, untouched by arithmatex."""
    entry.title = IN_TITLE.sub(lambda match: _converted(unescape(match[1]), False, faults), entry.title)
    for child in entry.children:
        _convert_titles(child, faults)
