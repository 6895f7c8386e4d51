"""Keeps short code in a sentence on one line, and says where longer code may break.

A browser breaks code at each space and after each hyphen: "double-" / "backprop", "--" / "fix". code.css lets no line
of a sentence's code break; what is longer gets a class that does, and marks between its names.
"""

import re
from html import unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.pages.particles import WHOLE

SHORT = 20  # characters, half a line on a phone
NAME = 26  # a single word: as long as a line of a list on a small phone
CODE = re.compile(r"<pre\b.*?</pre>|<code(?P<attributes>(?:\s[^>]*)?)>(?P<code>[^<]*)</code>", re.DOTALL)
# An option, which is one word though it has hyphens; or what parts names, where a line may end.
PARTS = re.compile(r"(?<![\w&;-])--?[A-Za-z][\w-]*|(?<=\w)(?:[./](?=[^\W\d])(?!\w+$)|_+(?=\w))")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark longer code."""
    return with_long_code(html)


def with_long_code(html: str) -> str:
    """Return HTML in which code that does not fit into half a line may break, between its names or words."""
    return CODE.sub(_marked, html)


def _marked(found: re.Match[str]) -> str:
    attributes, code = found["attributes"], found["code"]
    if code is None or "class=" in attributes or len(unescape(code)) <= (SHORT if " " in code else NAME):
        return found[0]
    if attributes:  # a value, whose text is compared with what the page's code gives
        return f'<code{attributes} class="long">{code}</code>'
    return f'<code class="long">{PARTS.sub(_part, code)}</code>'


def _part(found: re.Match[str]) -> str:
    return WHOLE.format(found[0]) if found[0].startswith("-") else f"{found[0]}<wbr>"
