"""Keeps a Korean particle with the code or the formula before it, at whose end a line could break otherwise.

Beside a formula, which is a box to the browser, no sign keeps a line from breaking: the two stand in a <span>.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.context import context_of

JOINER = "\u2060"  # a sign without width at which no line breaks
TORN = re.compile(r"(</(?:code|a|em|strong)>)(?=[가-힣])")
FORMULA = re.compile(r"<math\b(?:(?!</math>).)*</math>[가-힣]+", re.DOTALL)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Join what belongs together on a Korean page."""
    return joined(html) if context_of(config).lang == "ko" else html


def joined(html: str) -> str:
    """Return HTML in which no line breaks between an element in the text and a syllable right behind it."""
    return FORMULA.sub(r'<span class="whole">\g<0></span>', TORN.sub(rf"\1{JOINER}", html))
