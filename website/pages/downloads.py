"""Offers each page with examples as a notebook and as a script, and each of its examples with all code before it.

A page that is a notebook is given away as it is, and nothing else: what its cells show, a script would not print.
The script stands once in the page, in a <template>; every example but the first carries the length of the part that
ends with it. docs/assets/js/take-away.js makes a button of that.
"""

import re
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from doccheck import (
    NOTEBOOK,
    SITE,
    Exercise,
    Fence,
    NotebookPage,
    exercise_script,
    find_exercises,
    growing,
    listings,
    notebook,
    script,
)
from doccheck import Page as Source
from website.context import context_of

SCRATCH = "play.md"
ROOM = 28  # characters of code left of two buttons, in a box on a phone 390 pixels wide
# a block of a page's script: the parts of an exercise and what needs another library are not in it
BLOCK = re.compile(r'(?<=<div )(?=class="language-python (?!(?:exercise|check|optional) ))')
CHECK = re.compile(r'<details class="check">.*?</details>', re.DOTALL)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Add links and script at the end of the page: after the search index was made, which wants no code twice."""
    if found := _source(page, config):
        words = context_of(config).words
        scratch = _scratch(page, nav, config)
        if isinstance(found[0], NotebookPage):
            page.content = f"{page.content}\n{_links(words, _names(page)[1:], scratch)}"
            return context
        html = _with_exercises(_with_lengths(page, *found), page, found[0], words)
        # Not a <script> with JSON: the theme's instant navigation would run it as a program.
        script_of_page = escape(script(*found), quote=False)
        label = escape(words["copy_up_to_here"])
        links = _links(words, _names(page), scratch)
        page.content = f'{html}\n{links}\n<template data-label="{label}">{script_of_page}</template>'
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write the two files beside the page's own; not in on_files, where plugins would take a notebook for a page."""
    if found := _source(page, config):
        folder = Path(page.file.abs_dest_path).parent
        folder.mkdir(parents=True, exist_ok=True)
        script_name, notebook_name = _names(page)
        if isinstance(found[0], NotebookPage):
            shutil.copyfile(found[0].path, folder / notebook_name)
            return output
        (folder / script_name).write_text(script(*found), encoding="utf-8", newline="\n")
        for name, exercise in _exercises(page, found[0]):
            text = exercise_script(*found, exercise, context_of(config).words)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        (folder / notebook_name).write_text(_notebook(*found, config), encoding="utf-8", newline="\n")
    return output


def _notebook(page: Source, earlier: Sequence[Source], config: MkDocsConfig) -> str:
    """The page as a notebook's file; the server remembers it, since its format is checked cell by cell."""
    passed = context_of(config).words["exercise_passed"]
    so_far = [(listing.title, listing.source) for other in earlier for listing in listings(other)]

    def written() -> str:
        return nbformat.writes(notebook(page, earlier, passed)) + "\n"  # type: ignore[no-untyped-call, no-any-return]

    return context_of(config).recall(("notebook", page.name, page.text, so_far, passed), written)


def _source(page: Page, config: MkDocsConfig) -> tuple[Source, Sequence[Source]] | None:
    """The page as doccheck read it and the pages before it; None without examples, or if the page is wrong."""
    verdict = SITE.verdict(page.file.abs_src_path)
    if SITE.book is None or verdict is None or verdict.problems or context_of(config).is_landing:
        return None
    source = verdict.page
    return (source, SITE.book.earlier(source.path)) if any(f.kind.is_example for f in source.fences) else None


def _names(page: Page) -> tuple[str, str]:
    name = Path(page.file.src_uri).stem
    return f"{name}.py", f"{name}.ipynb"


def _scratch(page: Page, nav: Navigation, config: MkDocsConfig) -> str:
    """A link to the scratch page, where code can run at all."""
    site = context_of(config)
    target = next((other for other in nav.pages if other.file.src_uri == SCRATCH), None)
    if target is None or target is page or site.runtime is None:
        return ""
    return f' <a href="{target.file.url_relative_to(page.file)}">{escape(site.words["run_open_scratch"])}</a>'


def _links(words: dict[str, str], names: Sequence[str], more: str) -> str:
    label = {".py": words["take_script"], NOTEBOOK: words["take_notebook"]}
    links = [(escape(name), escape(label[Path(name).suffix])) for name in reversed(names)]
    shown = " ".join(f'<a href="{name}" download="{name}">{text}</a>' for name, text in links)
    return f'<p class="take-away">{shown}{more}</p>'


def _exercises(page: Page, source: Source) -> list[tuple[str, Exercise]]:
    """The exercises of a page with the names of their files: stepNN-exercise.py, and -2, -3 where there are more."""
    stem = Path(page.file.src_uri).stem
    names = []
    for number, exercise in enumerate(find_exercises(source), 1):
        names.append((f"{stem}-exercise{f'-{number}' * (number > 1)}.py", exercise))
    return names


def _with_exercises(html: str, page: Page, source: Source, words: dict[str, str]) -> str:
    """The page's HTML, with a link to an exercise's file under its check."""
    names = iter([name for name, _ in _exercises(page, source)])
    label = escape(words["take_exercise"])

    def with_link(found: re.Match[str]) -> str:
        name = escape(next(names))
        return f'{found[0]}\n<p class="take-away"><a href="{name}" download="{name}">{label}</a></p>'

    return CHECK.sub(with_link, html)


def _with_lengths(page: Page, source: Source, earlier: Sequence[Source]) -> str:
    """The page's HTML; its Python blocks say how much of the script ends with them."""
    marks = [f'data-upto="{_units(text)}" {_long(fence)}' for fence, text in growing(source, earlier)]
    html = page.content or ""
    if (shown := len(BLOCK.findall(html))) != len(marks):
        raise PluginError(f"{page.file.src_uri}: the page shows {shown} blocks of Python, its script has {len(marks)}")
    marks[0] = marks[0].partition(" ")[2]  # it has no code above it
    left = iter(marks)
    return BLOCK.sub(lambda _: next(left), html)


def _units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


def _long(fence: Fence) -> str:
    """Mark a block whose first line would run under the buttons on a phone; a letter of CJK is two wide."""
    line = fence.source.partition("\n")[0]
    return "data-long " if len(line) + sum(not c.isascii() for c in line) > ROOM else ""
