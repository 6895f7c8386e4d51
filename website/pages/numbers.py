"""Keeps a number on one line with its sign, its unit and what it numbers: 8 × 8, = 3, 10 MB, step 7, 10個, SHA-256.

Browsers let a line end at each space, after a hyphen, and in Japanese between a digit and what is counted. Particles of
Korean are in particles.py.
"""

import re
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.context import context_of
from website.pages.particles import JOINER, WHOLE

NO_BREAK = "\u00a0"  # the search and whoever copies a sentence see a space
# What is no text is passed over: there a space is a space.
TEXT = re.compile(r"<(pre|code|math|script|svg|textarea|template)\b.*?</\1>|<[^>]*>|([^<]+)", re.DOTALL)
UNITS = r"(?:[%‰°]|(?:[kKMGT]i?B|[mµn]?s|[kMG]?Hz|[mck]?m|px|픽셀|바이트|비트|초)(?![a-z]))"
MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NUMBERED = (
    r"\b(?:[Ss]tep|[Ss]tage|[Ll]ine|[Rr]ow|[Cc]olumn|[Pp]age|[Ff]igure|[Cc]hapter|[Ee]xercise)s?"
    r"|\b(?:NumPy|Python|PyTorch|Pyodide|CuPy|JAX)|(?<![가-힣])(?:약|총|시드)"
)
SPACED = re.compile(
    r"\s×\s|\s(?=·\s)"  # a dot between names ends a line
    r"|(?<![^\s(（「])(?:[=≈≠≤≥±+−]|&[lg]t;)\s"
    r"|(?<=[\w)]\s)[-*/]\s(?=[\w(])"
    r"|\((?:[\w.]{1,4},\s){1,4}[\w.]{1,4}\)"  # a shape
    rf"|(?<=\d)\s(?={UNITS}|{MONTHS})|(?:{NUMBERED})\s(?=\d|$)"  # or a number in code
)
AFTER_CODE = re.compile(rf"^\s(?={UNITS})")
IN_CODE = re.compile(r"\d</code>$")
NUMBER = r"\d+(?:[.,]\d+)*"
WITH_SIGN = rf"\b[A-Za-z]{{1,8}}-\d+|\d-[A-Z]\b|{NUMBER}[–〜～]{NUMBER}"
# Not a particle, with which a line may well begin; and of a long word what would stand behind the number alone.
COUNTED = r"(?:つ目?|か[所月]|分の\d+|[ァ-ヺー]{1,7}|[一-鿿]{2}(?![一-鿿])|[一-鿿]目?)"
NAMED = r"(?:[ァ-ヺー]{1,7}|[第約全])"
TORN = re.compile(WITH_SIGN)
TORN_IN_JAPANESE = re.compile(rf"{WITH_SIGN}|{NAMED}{NUMBER}{COUNTED}?|{NUMBER}{COUNTED}")
CODE_COUNTED = re.compile(r"(?<=\d)(</(?:code|strong|em|a)>)(?=[一-鿿つ])|(?<=[約第全])(?=<code)")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Join numbers with what belongs to them."""
    return with_numbers_whole(html, context_of(config).lang)


def with_numbers_whole(html: str, lang: str) -> str:
    """Return HTML in which no line ends between a number and what belongs to it."""
    html = TEXT.sub(partial(_joined, torn=TORN_IN_JAPANESE if lang == "ja" else TORN), html)
    return CODE_COUNTED.sub(rf"\g<0>{JOINER}", html) if lang == "ja" else html


def _joined(found: re.Match[str], torn: re.Pattern[str]) -> str:
    text: str | None = found[2]
    if text is None:
        return found[0]
    text = SPACED.sub(_with_no_break, text)
    if IN_CODE.search(found.string, max(0, found.start() - 10), found.start()):
        text = AFTER_CODE.sub(NO_BREAK, text)
    return torn.sub(lambda number: WHOLE.format(number[0]), text)


def _with_no_break(found: re.Match[str]) -> str:
    return re.sub(r"\s", NO_BREAK, found[0])
