"""The build's face: a wrong page fails `mkdocs build`; `mkdocs serve` shows the failure in the page.

A MkDocs hook. It also shows the code so far where a page has the marker, and says at the foot of each page
how much of it was checked, and when. Words for readers come from the table extra.labels of the configuration.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path, PurePosixPath

import numpy as np
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_build_datetime

from doccheck.base.problem import Problem
from doccheck.base.settings import Settings, SettingsError, find_settings
from doccheck.base.text import counted
from doccheck.check.html import code_so_far, for_renderer
from doccheck.faces.site_state import SITE
from doccheck.page.notebook.model import NotebookPage

log = logging.getLogger("mkdocs.hooks.doccheck")

# an output or an error of an example, or a value
RESULT = re.compile(r"""<[^>]*(?:\bdata-expr=|\bclass="[^"]*\b(?:output|error)\b)[^>]*>""")
WORDS = {
    "code_so_far": "The code so far",
    "check_asks": "What the check asks",
    "page_wrong": "This page is wrong",
    "page_wrong_advice": "Each line below names the place, what the page says, what the code gives, and what to do.",
    "page_checked": "{count} outputs and values of this page were compared with what the code prints "
    "(NumPy {numpy}, {date:%Y-%m-%d}).",
    "page_checked_one": "The one output or value of this page was compared with what the code prints "
    "(NumPy {numpy}, {date:%Y-%m-%d}).",
}


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `build` or `serve`."""
    SITE.serving = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Check all pages before the first is built; a build ends here if one is wrong."""
    try:
        _check(config, find_settings(Path(config.config_file_path).parent))
    except SettingsError as error:
        raise PluginError(str(error)) from error


def _check(config: MkDocsConfig, settings: Settings) -> None:
    docs = Path(config.docs_dir)
    if docs in [settings.docs / language for language in settings.languages]:
        return  # a language's own build: its pages were checked with all others
    if docs != settings.docs:
        raise PluginError(f"docs_dir is {docs}, but [tool.doccheck] checks the pages in {settings.docs}; make them one")
    SITE.check(settings)
    problems = [problem for verdict in SITE.verdicts.values() for problem in verdict.problems] + SITE.docstrings
    checked = sum(verdict.checked for verdict in SITE.verdicts.values())
    if not problems:
        _say_what_is_unread(config)
        log.info("Verified %d outputs and values on %s", checked, counted(len(SITE.verdicts), "page"))
        return
    text = "\n".join(map(str, problems))
    if not SITE.serving:
        raise PluginError(f"{_found(problems)}:\n{text}")
    log.error("%s:\n%s", _found(problems), text)


def _say_what_is_unread(config: MkDocsConfig) -> None:
    """Let a strict build end where something has changed since somebody read it; who serves gets a quiet line."""
    if not SITE.unread:
        return
    text = "Not as somebody has read it:\n" + "\n".join(map(str, SITE.unread))
    if SITE.serving:
        log.info("%s changed since it was read, or new; `pytest` names them", counted(len(SITE.unread), "section"))
    elif config.strict:
        raise PluginError(text)
    else:
        log.warning(text)


def _found(problems: Sequence[Problem]) -> str:
    return f"{counted(len(problems), 'place')} {'is' if len(problems) == 1 else 'are'} wrong"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let the pictures that notebooks store exist as files beside them."""
    for file in list(files):
        page = _notebook(file)
        for name, data in page.woven.pictures.items() if page else ():
            uri = PurePosixPath(file.src_uri).with_name(name).as_posix()
            files.append(File.generated(config, uri, content=data))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Refuse a notebook that was checked but would be shown to nobody."""
    for file in files:
        if _notebook(file) and file.inclusion != InclusionLevel.EXCLUDED and file.is_media_file():
            raise PluginError(f"{file.src_uri} is not a page of this site; add mkdocs-jupyter to the plugins")
    return nav


def on_pre_page(page: SitePage, config: MkDocsConfig, files: Files) -> SitePage:
    """Let a notebook be rendered by MkDocs itself, like any page: with the site's maths, links, values and theme.

    What mkdocs-jupyter would put here brings a theme of its own, and scripts from other hosts.
    """
    if _notebook(page.file):
        page.__dict__.pop("render", None)
    return page


def on_page_read_source(page: SitePage, config: MkDocsConfig) -> str | None:
    """Give a notebook as the Markdown that was checked."""
    notebook = _notebook(page.file)
    return notebook.text if notebook else None


def _notebook(file: File) -> NotebookPage | None:
    verdict = SITE.verdict(file.abs_src_path)
    return verdict.page if verdict and isinstance(verdict.page, NotebookPage) else None


def on_page_markdown(markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put the code so far in the place of its marker, and each value's expression safely into the HTML."""
    verdict = SITE.verdict(page.file.abs_src_path)
    if SITE.book is None or verdict is None:
        return markdown
    source = verdict.page
    title = escape(_word(config, "code_so_far"))
    boxes = code_so_far(source, SITE.book.earlier(source.path), title)
    return for_renderer(markdown, source, boxes, escape(_word(config, "check_asks")))


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Make sure that the reader sees what was checked; say how much that was, or what is wrong."""
    verdict = SITE.verdict(page.file.abs_src_path)
    if verdict is None and _is_generated(page.file, config):
        return _without_results(html, page)
    if verdict is None or SITE.book is None:
        raise PluginError(
            f"{page.file.src_uri} was not checked; a page's name ends in .md or .ipynb, in the folder of pages"
        )
    problems = [str(problem) for problem in [*verdict.problems, *SITE.check_html(html, verdict.page)]]
    if problems and not SITE.serving:
        raise PluginError("\n".join(problems))
    if problems:
        return f"{_box(config, problems)}\n{html}"
    if not verdict.checked:
        return html
    today = get_build_datetime()  # in UTC; honours SOURCE_DATE_EPOCH
    line = _word(config, "page_checked" if verdict.checked > 1 else "page_checked_one").format(
        count=verdict.checked, numpy=np.__version__, date=today
    )
    return f'{html}\n<p class="checked-line">{escape(line)}</p>'


def _is_generated(file: File, config: MkDocsConfig) -> bool:
    """Say whether this build made the page itself, in the folder that is for such pages."""
    path = Path(config.docs_dir, file.src_uri)
    return file.generated_by is not None and SITE.book is not None and SITE.book.settings.is_generated(path)


def _without_results(html: str, page: SitePage) -> str:
    """Refuse a generated page that shows results: readers would take them for checked."""
    if found := RESULT.search(html):
        message = f"nothing checks a generated page, so it may show no results: {found[0]}"
        raise PluginError(f"{page.file.src_uri}: {message}")
    return html


def _box(config: MkDocsConfig, problems: Sequence[str]) -> str:
    """What is wrong with a page, which is English, in a frame of the page's language."""
    title, advice = escape(_word(config, "page_wrong")), escape(_word(config, "page_wrong_advice"))
    text = escape("\n".join(problems))
    head = f'<p class="admonition-title">{title}</p><p>{advice}</p>'
    return f'<div class="admonition failure">{head}<pre lang="en">{text}</pre></div>'


def _word(config: MkDocsConfig, key: str) -> str:
    words: dict[str, str] = config.extra.get("labels") or {}
    return words.get(key, WORDS[key])
