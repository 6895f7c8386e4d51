"""Finishes a page's HTML: what Markdown cannot say, and the addresses of the page in the other languages."""

import re
from functools import partial

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

OUTPUT = re.compile(r'<div class="language-text (output|error) highlight">')
VALUE = re.compile(r"<code ([^>]*\bdata-expr=)")
TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
OUTSIDE = re.compile(r'<a (?=href="https?://)')
CHECKED = re.compile(r'<p class="checked-line">[^<]*')
ADMONITION = re.compile(r'(<div class="admonition (\w+)">\s*<p class="admonition-title">)(\w+)(</p>)')


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark outputs and values, give tables a box to scroll in, put in words and links in the page's language."""
    words = config.extra.get("labels")
    if words is None:
        return html
    # no-copy: a reader copies code, never a prompt or what is printed. role and label: a screen reader says which.
    html = OUTPUT.sub(
        lambda m: f'<div class="language-text {m[1]} highlight no-copy" role="group" aria-label="{words[m[1]]}">',
        html,
    )
    html = html.replace('<div class="language-console highlight">', '<div class="language-console highlight no-copy">')
    html = VALUE.sub(r'<code tabindex="0" \1', html)  # its expression shows on focus too
    html = TABLE.sub(r'<div class="table"><table class="data">\1</table></div>', html)
    html = OUTSIDE.sub('<a class="outside" ', html)  # told apart here, as the theme makes all addresses complete
    html = CHECKED.sub(lambda m: m[0] + _how(page, files, words), html)
    return ADMONITION.sub(lambda m: _translated(m, words, page), html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let templates ask for a page's address in each language: for search engines, and for who has no such language."""
    env.globals["addresses"] = partial(_addresses, config)
    return env


def _addresses(config: MkDocsConfig, page: Page) -> dict[str, str]:
    root = config.extra.get("root_url", config.site_url)
    path = page.url if page.url != "./" else ""
    addresses = {lang: f"{root}{lang}/{path}" for lang in config.extra["languages"]}
    # Whoever reads none of the three is led to the landing page, or to the English page where there is no choice.
    return addresses | {"x-default": root if not path else addresses["en"]}


def _how(page: Page, files: Files, words: dict[str, str]) -> str:
    """A link behind the line that says how much was checked; none on the page to which it would lead."""
    target = files.get_file_from_path("checked.md")
    if target is None or target is page.file:
        return ""
    return f' <a href="{target.url_relative_to(page.file)}">{words["page_checked_how"]}</a>'


def _translated(match: re.Match[str], words: dict[str, str], page: Page) -> str:
    """A title that Markdown made from the admonition's kind, in the page's language; a title of its own stays."""
    kind, title = match[2], match[3]
    if title != kind.capitalize():
        return match[0]
    if f"admonition_{kind}" not in words:
        raise PluginError(f"{page.file.src_uri}: website/labels.yml has no admonition_{kind}")
    return f"{match[1]}{words[f'admonition_{kind}']}{match[4]}"
