"""Markdown that a reader sees as it was written: what should have become bold, a formula or a table, and did not.

The text of the finished page is given to a second reader of Markdown, which knows more of it than any site: where it
finds anything but text, the first has left something behind. What neither knows (==marked==, :smile:) has signs in it
that no sentence has.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.field_list import fieldlist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.substitution import substitution_plugin
from mdit_py_plugins.superscript import superscript_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from doccheck.base.problem import Problem
from doccheck.base.text import lines
from doccheck.page.model import Page

PLUGINS = (
    admon_plugin,
    amsmath_plugin,
    attrs_plugin,
    attrs_block_plugin,
    colon_fence_plugin,
    deflist_plugin,
    dollarmath_plugin,
    fieldlist_plugin,
    footnote_plugin,
    myst_block_plugin,
    myst_role_plugin,
    sub_plugin,
    substitution_plugin,
    superscript_plugin,
    tasklists_plugin,
)
TEXT = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "text_special"}
# signs of markup: alone, doubled around a word, or around it with colons; \ufffd is what nobody could decode
RAW = re.compile(
    r"\]\(|!\[|\]\[|\[\^|\{\{|[$`|\\{}\[\]^\ufffd]|([=+~*_!?%@:;-])(?<!\1\1)\1++(?=[^\s=+~*_!?%@:;-])|(?<=[^\s=+~*_!?%@:;-])([=+~*_%@:-])\2+"
    r"|(?<!\w)\*(?=\w)|(?<![\w:]):[a-z][\w+-]*:(?!\w)|(?<!\w)&#?\w+"
    r"|(?<!\S)(?:\*\*|__)(?!\S)|<%|^(?:#{1,6} |!!!|\?\?\?|--)",
    re.M,
)
NOT_READ = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for code and formulas in the text of a page
ENTITY = re.compile(r"&#?\w+;")  # whoever writes &#91; means a bracket
MEANT = re.compile(r"\\([!-/:-@\[-`{-~])")


def check_raw_markup(text: str, page: Page) -> Iterator[Problem]:
    """Yield the first sign of Markdown in the text that the reader sees, unless the page means it to be seen."""
    meant = set(MEANT.findall(page.plain))
    meant.update(html.unescape(entity) for entity in ENTITY.findall(page.plain))
    for found in RAW.finditer(text):
        if found[0].strip()[:1] in meant:
            continue
        around = " ".join(text[max(0, found.start() - 20) : found.end() + 20].split())
        says = f"the reader sees {found[0]!r} in {around!r}"
        yield page.problem_at(max(0, page.plain.find(found[0])), says, "close or fix the markup there")
        return
    plain = _plain(text, meant)
    for block, token in _tokens(plain):
        if token.type not in TEXT:
            first, last = block.map or (0, 1)
            line = next((line for line in plain.split("\n")[first:last] if (token.markup or "") in line), "")
            says = f"the reader sees the Markdown of a {token.type.removesuffix('_open')} in {line[:60]!r}"
            words = max(line.split(NOT_READ), key=len).strip()
            yield page.problem_at(max(0, page.plain.find(words)), says, "fix the markup there")
            return


def _plain(text: str, meant: set[str]) -> str:
    """Return a text without indents, which would make code of it, and without the signs that it means."""
    for sign in meant:
        text = text.replace(sign, " ")
    return "\n".join(line.strip() for line in lines(text))


def _tokens(text: str) -> Iterator[tuple[Token, Token]]:
    """Yield each token of a text with the block that it belongs to."""
    for token in _reader().parse(text):
        yield token, token
        for child in token.children or ():
            yield token, child


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("js-default", {"html": True, "linkify": False, "typographer": False})
    for plugin in PLUGINS:
        reader.use(plugin)
    return reader
