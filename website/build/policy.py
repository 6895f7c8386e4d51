"""Writes the Content-Security-Policy into every page, for hosts of static pages let nobody set a header.

Nothing may come from another host, and no script may run that is not a file of the site. What is conceded, and to whom:

- The theme writes a few scripts into the page itself. Each may run because its own digest is named; no other may.
- `data:` for images: the icons in the theme's style sheets, and one in ours. And for a font: that of the formulas.

Styles need no concession: neither the theme nor MathML nor our figures say style="…".

A Run button with Pyodide needs nothing more as long as Pyodide is a file of this site and runs in a worker that is
one too: a worker answers not to the <meta> of the page but to the headers that came with its own file. A host that
sends this policy as a header must add 'wasm-unsafe-eval' to script-src, for WebAssembly is compiled in the worker.
While serving there is no policy: the script that reloads the page is written into it anew each time.
"""

import re
from base64 import b64encode
from hashlib import sha256

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from doccheck import SITE

POLICY = {
    "default-src": "'self'",  # Firefox fetches the page that <link rel="next"> names, and asks this whether it may
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "data:",  # the one for formulas stands in a style sheet
    "img-src": "'self' data:",
    "connect-src": "'self'",  # instant navigation fetches pages, the search its index
    "worker-src": "'self'",  # the search
    **dict.fromkeys(("frame-src", "media-src", "object-src"), "'none'"),
    "form-action": "'self'",
    "base-uri": "'none'",
}
FIRST = '<meta charset="utf-8">'  # what stands before the policy does not answer to it
META = '\n    <meta http-equiv="Content-Security-Policy" content="{}">'
INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give a page its policy."""
    return output if SITE.serving else with_policy(output, page.file.src_uri)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Give the 404 pages theirs."""
    html = template_name.endswith(".html") and not SITE.serving
    return with_policy(output_content, template_name) if html else output_content


def with_policy(html: str, name: str) -> str:
    """The page with its policy, which names the digests of the scripts that are written into it."""
    if html.count(FIRST) != 1:
        raise PluginError(f"{name}: the policy belongs right behind {FIRST}, which is not there once")
    digests = sorted({b64encode(sha256(text.encode()).digest()).decode() for text in INLINE.findall(html)})
    own = POLICY | {"script-src": " ".join([POLICY["script-src"], *(f"'sha256-{digest}'" for digest in digests)])}
    content = "; ".join(f"{directive} {sources}" for directive, sources in own.items())
    return html.replace(FIRST, FIRST + META.format(content))
