"""A docstring of the package as HTML: plain prose, in which `x: …` says what x is, and some words start anew.

A paragraph that begins with >>> is an example, which doccheck has run.
"""

import doctest
import re
from html import escape

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import PythonConsoleLexer  # type: ignore[import-untyped]

# where a paragraph of its own begins: at a sentence with one of these words, or at a name with its description
PART = re.compile(r"(?:^|(?<=[.;] ))(?=(?:Raises|Returns|Source:) |(?:\w+, )*\w+: )")
DESCRIPTION = re.compile(r"(?!Source)(?P<names>(?:\w+, )*\w+): (?P<text>.*)")
CODE = re.compile(r"\b(?:\w+\.)*\w+\(\)|\b\w+(?:\.[a-z]\w+)+\b|\b[A-Z]\w+Error\b|\b[A-Za-z]\w*_\w+\b")


def docstring_html(text: str) -> str:
    """Return the HTML of a docstring. Raises ValueError for an example inside of a paragraph."""
    html = "".join(_example(part) if part.startswith(">>> ") else _prose(part) for part in text.strip().split("\n\n"))
    return html.replace("</dl><dl>", "")


def _example(text: str) -> str:
    """An example as a block of code, with what is typed in it for the button that copies."""
    typed = "".join(example.source for example in doctest.DocTestParser().get_examples(text))
    copied = escape(typed.rstrip("\n")).replace("\n", "&#10;")
    code = highlight(text, PythonConsoleLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    code = f"<pre><span></span><code>{code}\n</code></pre>"
    return f'<div class="language-pycon highlight no-copy" data-commands="{copied}">{code}</div>'


def _prose(text: str) -> str:
    if ">>>" in text:
        raise ValueError(f"an example begins a paragraph of its own, unlike that in {text[:60]!r}")
    parts = [part.strip() for part in PART.split(" ".join(text.split()))]
    return "".join(_block(part) for part in parts if part)


def _block(text: str) -> str:
    if found := DESCRIPTION.fullmatch(text):
        return f"<dl><dt>{_code(found['names'])}</dt><dd>{_inline(found['text'])}</dd></dl>"
    return f"<p>{_inline(text)}</p>"


def _inline(text: str) -> str:
    return CODE.sub(lambda match: _code(match[0]), escape(text, quote=False))


def _code(text: str) -> str:
    return f"<code>{escape(text, quote=False)}</code>"
