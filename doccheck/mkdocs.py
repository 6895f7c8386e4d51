"""The build's face: a wrong page fails `mkdocs build`; `mkdocs serve` shows the failure in the page.

A MkDocs hook. It also shows the code so far where a page has the marker, and says at the foot of each page
how much of it was checked. Words for readers come from the table extra.labels of the configuration.
"""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path

import numpy as np
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as SitePage

from doccheck.rendered import check_rendered, code_so_far, for_renderer
from doccheck.settings import find_settings
from doccheck.site import SITE

log = logging.getLogger("mkdocs.hooks.doccheck")

WORDS = {
    "code_so_far": "The code so far",
    "page_wrong": "This page is wrong",
    "page_checked": "{count} outputs and values of this page were compared with what the code prints (NumPy {numpy}).",
}


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `build` or `serve`."""
    SITE.serving = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Check all pages before the first is built; a build ends here if one is wrong."""
    settings = find_settings(Path(config.config_file_path).parent)
    docs = Path(config.docs_dir)
    if docs in [settings.docs / language for language in settings.languages]:
        return  # a language's own build: its pages were checked with all others
    if docs != settings.docs:
        raise PluginError(f"docs_dir is {docs}, but [tool.doccheck] checks the pages in {settings.docs}; make them one")
    SITE.check(settings)
    problems = [problem for verdict in SITE.verdicts.values() for problem in verdict.problems]
    checked = sum(verdict.checked for verdict in SITE.verdicts.values())
    if not problems:
        log.info("Verified %d outputs and values on %d pages", checked, len(SITE.verdicts))
        return
    text = "\n".join(map(str, problems))
    if not SITE.serving:
        raise PluginError(f"{len(problems)} places are wrong:\n{text}")
    log.error("%d places are wrong:\n%s", len(problems), text)


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put the code so far in the place of its marker, and each value's expression safely into the HTML."""
    path = Path(page.file.abs_src_path or "")
    if SITE.book is None or path not in SITE.verdicts:
        return markdown
    source = SITE.book.page(path)
    title = escape(_word(config, "code_so_far"))
    return for_renderer(markdown, source, code_so_far(source, SITE.book.earlier(path), title))


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Make sure that the reader sees what was checked; say how much that was, or what is wrong."""
    path = Path(page.file.abs_src_path or "")
    verdict = SITE.verdicts.get(path)
    if verdict is None or SITE.book is None:
        raise PluginError(f"{page.file.src_uri} was not checked; a page's name ends in .md, in the folder of pages")
    seen = check_rendered(html, verdict.page, SITE.book.earlier(path))
    problems = [str(problem) for problem in [*verdict.problems, *seen]]
    if problems and not SITE.serving:
        raise PluginError("\n".join(problems))
    if problems:
        title, text = escape(_word(config, "page_wrong")), escape("\n".join(problems))
        return f'<div class="admonition failure"><p class="admonition-title">{title}</p><pre>{text}</pre></div>\n{html}'
    if not verdict.checked:
        return html
    line = _word(config, "page_checked").format(count=verdict.checked, numpy=np.__version__)
    return f'{html}\n<p class="checked-line">{escape(line)}</p>'


def _word(config: MkDocsConfig, key: str) -> str:
    words: dict[str, str] = config.extra.get("labels") or {}
    return words.get(key, WORDS[key])
