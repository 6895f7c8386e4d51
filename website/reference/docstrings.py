"""A docstring of the package as HTML: plain prose, in which `x: …` says what x is, and some words start anew."""

import re
from html import escape

# where a paragraph of its own begins: at a sentence with one of these words, or at a name with its description
PART = re.compile(r"(?:^|(?<=[.;] ))(?=(?:Raises|Returns|Source:) |(?:\w+, )*\w+: )")
DESCRIPTION = re.compile(r"(?!Source)(?P<names>(?:\w+, )*\w+): (?P<text>.*)")
CODE = re.compile(r"\b(?:\w+\.)*\w+\(\)|\b\w+(?:\.[a-z]\w+)+\b|\b[A-Z]\w+Error\b|\b[A-Za-z]\w*_\w+\b")


def docstring_html(text: str) -> str:
    """Return the HTML of a docstring. Raises ValueError for one with an example, which nothing would run."""
    if ">>>" in text:
        raise ValueError(f"nothing runs the example in the docstring {text[:60]!r}; show it on a page instead")
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    parts = [part.strip() for paragraph in paragraphs for part in PART.split(paragraph)]
    return "".join(_block(part) for part in parts if part).replace("</dl><dl>", "")


def _block(text: str) -> str:
    if found := DESCRIPTION.fullmatch(text):
        return f"<dl><dt>{_code(found['names'])}</dt><dd>{_inline(found['text'])}</dd></dl>"
    return f"<p>{_inline(text)}</p>"


def _inline(text: str) -> str:
    return CODE.sub(lambda match: _code(match[0]), escape(text, quote=False))


def _code(text: str) -> str:
    return f"<code>{escape(text, quote=False)}</code>"
