"""Keeps on a line what belongs together, where a browser would begin a line with it.

Beside a formula, which is a box to the browser, a line may break on either side: a comma, a closing bracket or an
English ending behind it, an opening bracket before it. Korean breaks between words only, but browsers let a line break
before a particle or a counter that follows a digit, a bracket, a quotation mark or an element ("21" / "단계"), and
before the dot between two words.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.context import context_of

JOINER = "\u2060"  # a sign without width at which no line breaks; beside a formula it keeps nothing
WHOLE = '<span class="whole">{}</span>'
FORMULA = re.compile(
    r"(?<![(\[‘“（「『【])[(\[‘“（「『【]*<math\b(?:(?!</math>).)*</math>(?:[-A-Za-z,.;:!?)\]'’”%…、。，．・；：！？）」』】가-힣]|&quot;)*",
    re.DOTALL,
)
TORN = re.compile(r"(</(?:code|a|em|strong|span|kbd|sub|sup)>)(?=[가-힣])")
# What is no text is passed over. Two letters are enough: no line breaks between two syllables of a word.
IN_TEXT = re.compile(
    r"<(pre|code|math|script|svg|textarea)\b.*?</\1>|<[^>]*>|((?:[0-9)\]’”'%…」』]|&quot;)[가-힣]|[가-힣]·)", re.DOTALL
)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Join what belongs together."""
    return joined(html, context_of(config).lang)


def joined(html: str, lang: str) -> str:
    """Return HTML in which no line begins with what belongs to the end of the line before."""
    if lang == "ko":
        html = TORN.sub(rf"\1{JOINER}", html)
        html = IN_TEXT.sub(lambda found: WHOLE.format(found[2]) if found[2] else found[0], html)
    return FORMULA.sub(_with_its_signs, html)


def _with_its_signs(found: re.Match[str]) -> str:
    alone = found[0].startswith("<math") and found[0].endswith("</math>")
    return found[0] if alone else WHOLE.format(found[0])
