"""Puts the pages of the API reference into a language's site, and links names in the lessons with their entries.

The pages that course.toml lists below reference/ exist only while the site is built; pages.py writes them, and
mkdocstrings renders them. In a lesson the first mention of a name that the page may know by then becomes a link.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs_autorefs import AutorefsPlugin
from mkdocstrings import MkdocstringsPlugin
from mkdocstrings_handlers.python import PythonHandler

from doccheck import SITE
from website.context import context_of
from website.reference.docstrings import docstring_html
from website.reference.package import PACKAGE
from website.reference.pages import FOLDER, Reference

# Inline code with nothing but a name in it; and, so that it is not found there, what must stay as it is.
MENTION = re.compile(
    r"<(?P<keep>a|h[1-6]|pre|summary|figure|template)\b.*?</(?P=keep)>|<code>(?P<name>[A-Za-z_][\w.]*)(?:\(\))?</code>",
    re.DOTALL,
)
SIGNATURE = re.compile(r'<div class="[^"]*\bdoc-signature\b.*?</div>', re.DOTALL)
DOT = re.compile(r"<[^>]*>|(?<=\w)\.(?=[A-Za-z_])")  # of a name, and not within a tag

log = logging.getLogger("mkdocs.website.reference")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the templates write docstrings; leave out mkdocstrings' style sheet, whose colours are not ours."""
    _handler(config).env.filters["prose"] = lambda text: Markup(docstring_html(text))
    config.extra_css.remove(MkdocstringsPlugin.css_filename)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Write the pages of the reference."""
    pages = list(_pages(config.nav or []))
    uris = [uri for uri in pages if uri.startswith(FOLDER)]
    if not uris or SITE.book is None:
        return files
    docs = Path(config.docs_dir)
    lessons = {uri: SITE.book.page(docs / uri) for uri in pages if docs / uri in SITE.verdicts}
    handler = _handler(config)
    package = handler.collect(PACKAGE, handler.get_options({}))
    context = context_of(config)
    begin = SITE.book.settings.examples_begin
    reference = Reference(package, uris, lessons, context.words, context.course.continued, begin)
    for problem in reference.problems():
        log.warning(problem)
    for uri, text in reference.pages().items():
        files.append(File.generated(config, uri, content=text))
    context_of(config).reference = reference
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Link names in a lesson with their entries; finish a page of the reference."""
    reference = context_of(config).reference
    if reference is None:
        return html
    if page.file.src_uri.startswith(FOLDER):
        return _finished(html, page, config, reference)
    return _with_links(html, page, files, reference)


def on_post_build(config: MkDocsConfig) -> None:
    """Remove the style sheet that no page asks for."""
    Path(config.site_dir, MkdocstringsPlugin.css_filename).unlink(missing_ok=True)


def _finished(html: str, page: Page, config: MkDocsConfig, reference: Reference) -> str:
    """A page of the reference: its signatures are nothing to copy, and types in them lead to their entries."""
    autorefs = config.plugins["autorefs"]
    assert isinstance(autorefs, AutorefsPlugin)
    for entry in reference.entries[page.file.src_uri]:
        # mkdocstrings does so when it renders the page, but while serving the page may be kept as it was
        autorefs.register_anchor(page, entry.address, title=entry.name)
    return broken_names(html.replace('doc-signature highlight"', 'doc-signature highlight no-copy"'))


def broken_names(html: str) -> str:
    """Let long names in signatures break behind their dots, or the bracket after one would stand on a line alone."""
    return SIGNATURE.sub(lambda signature: DOT.sub(_may_break, signature[0]), html)


def _may_break(found: re.Match[str]) -> str:
    return f"{found[0]}<wbr>" if found[0] == "." else found[0]


def _with_links(html: str, page: Page, files: Files, reference: Reference) -> str:
    """A lesson: the first mention of each name is a link, and MkDocs warns of those that lead to nothing."""
    names = reference.names(page.file.src_uri)
    links = {file: dict(anchors) for file, anchors in (page.links_to_anchors or {}).items()}
    linked = set()

    def link(match: re.Match[str]) -> str:
        address = names.get(match["name"] or "")
        if address is None or address in linked:
            return match[0]
        linked.add(address)
        entry = files.src_uris[reference.where[address]]
        links.setdefault(entry, {})[address] = address
        return f'<a class="name" href="{get_relative_url(entry.url, page.url)}#{address}">{match[0]}</a>'

    html = MENTION.sub(link, html)
    page.links_to_anchors = links
    return html


def _handler(config: MkDocsConfig) -> PythonHandler:
    plugin = config.plugins["mkdocstrings"]
    assert isinstance(plugin, MkdocstringsPlugin)
    handler = plugin.get_handler("python")
    assert isinstance(handler, PythonHandler)
    return handler


def _pages(nav: Sequence[Any]) -> Iterator[str]:
    for entry in nav:
        if isinstance(entry, dict):
            for inside in entry.values():
                yield from _pages(inside)
        else:
            yield entry
