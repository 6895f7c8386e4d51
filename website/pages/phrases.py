"""Lets lines of Japanese headings and of the navigation break between phrases, in every browser.

Japanese has no spaces, so a browser breaks a line before any letter: "演算子 / のオーバーロード". Chromium can find
phrases by itself (`word-break: auto-phrase`). For the others BudouX does, and type.css lets lines break nowhere else.
"""

import re
from functools import cache

from budoux import Parser, load_default_japanese_parser
from budoux.html_processor import HTMLChunkResolver, get_text
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from website.context import context_of

# Headings; and the labels that the theme writes for the navigation, the table of contents and the next page.
LABELS = re.compile(r'<h([1-3])\b.*?</h\1>|<(span|div) class="md-ellipsis">.*?</\2>', re.DOTALL)
NEVER_FIRST = "、。，．・：；！？）」』】〉》〕ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々,.:;!?)]¶"
NEVER_LAST = "（「『【〈《〔(["
# And particles of two words, and words whose first part looks like a particle of its own.
IN_TWO = re.compile(r"に\|よ[るっ]|と\|(?:し[てた]|いう)|さかの\|ぼ|使い\|切")
ONE_WORD = re.compile("[\u3400-\u9fff]{2}|[0-9]{2}")  # BudouX tears rare compounds, and numbers: 線 / 形回帰


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Mark where phrases end."""
    return with_phrases(output) if context_of(config).lang == "ja" else output


def with_phrases(html: str) -> str:
    """Return HTML in which headings and labels of the navigation have a <wbr> between two phrases.

    The bar at the top has room for one line: there the title stays as it is, or its second line would cover the page.
    """
    start = max(0, html.find("</header>"))
    return html[:start] + LABELS.sub(lambda label: _in_phrases(label[0]), html[start:])


def phrases(text: str) -> list[str]:
    """The parts of a Japanese text between which a line may end; joined they are the text."""
    parts: list[str] = []
    for phrase in _parser().parse(text):
        if parts and (_is_torn(parts[-1][-1], phrase[0]) or IN_TWO.search(f"{parts[-1]}|{phrase}")):
            parts[-1] += phrase
        else:
            parts.append(phrase)
    return parts


def _is_torn(last: str, first: str) -> bool:
    return first in NEVER_FIRST or last in NEVER_LAST or ONE_WORD.fullmatch(last + first) is not None


@cache  # the navigation stands on each page
def _in_phrases(html: str) -> str:
    resolver = HTMLChunkResolver(phrases(get_text(html)), "<wbr>")
    resolver.feed(html)
    resolver.close()
    return resolver.output


@cache
def _parser() -> Parser:
    return load_default_japanese_parser()
