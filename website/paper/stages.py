"""Writes each stage once more as one page for paper: LANG/stage2/paper/.

It is no page of MkDocs: neither the navigation nor the search nor the sitemap knows it. The closing pages of the stage
lead to it, and so does the map on the home page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
import numpy as np
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from doccheck import SITE
from website.build.policy import with_policy
from website.context import SiteContext, context_of
from website.course import Part
from website.paper.booklet import PLACE, Binding, Chapter, chapter, numbers, page_number

TEMPLATE = "paper.html"
SHEET = "assets/css/paper.css"


@dataclass(frozen=True)
class Stage:
    """A stage as the template has it. checked: how many of its outputs and values were compared."""

    folder: str
    title: str
    chapters: list[Chapter]
    checked: int


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Keep the template, which is filled when all pages are finished."""
    context_of(config).articles.template = env.get_template(TEMPLATE)
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Note the finished page of a stage; lead from its closing pages to the booklet."""
    site = context_of(config)
    file = page.file.src_uri
    entries = {entry.file: entry for part in parts_with_steps(site) for entry in part.pages}
    if file in entries:
        html = page.content or ""
        verdict = SITE.verdict(page.file.abs_src_path)
        site.articles.finished[file] = page.title or "", html
        site.articles.checked[file] = verdict.checked if verdict else 0
        if entries[file].step is None:
            page.content = f'{html}\n<p class="take-away"><a href="../{PLACE}/">{site.words["paper_link"]}</a></p>'
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Write the booklets of a language, each beside the pages of its stage."""
    site = context_of(config)
    for part in [] if site.is_landing else parts_with_steps(site):
        if stage := put_together(site, part):
            uri = f"{part.folder}/{PLACE}/"
            html = booklet(config, stage.title, [stage], "../..", f"{config.site_url}{uri}")
            folder = Path(config.site_dir, uri)
            folder.mkdir(parents=True, exist_ok=True)
            written = html if SITE.serving else with_policy(html, uri)
            (folder / "index.html").write_text(written, encoding="utf-8", newline="\n")


def parts_with_steps(site: SiteContext) -> list[Part]:
    """Return the parts of the course that have steps."""
    return [part for part in site.course.parts if part.steps]


def put_together(site: SiteContext, part: Part, whole: str | None = None) -> Stage | None:
    """Return a stage with those of its pages that are written; None where none is.

    whole: the language's address, if all its stages are bound together, beside its home page.
    """
    written = [entry for entry in part.pages if entry.file in site.articles.finished]
    chapters = []
    into = _binding(site, part, whole)
    for entry, number in zip(written, numbers([entry.step for entry in written]), strict=True):
        title, html = site.articles.finished[entry.file]
        chapters.append(chapter(Path(entry.file).stem, title, html, number, into, site.words))
    checked = sum(site.articles.checked[entry.file] for entry in written)
    return Stage(part.folder, part.titles[site.lang], chapters, checked) if chapters else None


def _binding(site: SiteContext, part: Part, whole: str | None) -> Binding:
    bound = [PurePosixPath(file).with_suffix("") for file in site.articles.finished]
    own = {page.name: page.name for page in bound if page.parent.name == part.folder}
    if whole is None:
        return Binding(own)
    others = {f"../{page}": page.name for page in bound}
    return Binding(own | others, f"{part.folder}/{PLACE}/", f"{whole}{part.folder}/{PLACE}/")


def booklet(config: MkDocsConfig, title: str, bound: list[Stage], base: str, address: str) -> str:
    """Return the page of some stages. base: the way from it to the language's folder. address: its own.

    A booklet of all stages leaves the site, so that for it the home page is where the site is published.
    """
    site = context_of(config)
    theme = sorted(Path(config.site_dir, "assets", "stylesheets").glob("*.css"))
    sheets = [path.relative_to(config.site_dir).as_posix() for path in theme]
    sheets += [str(name) for name in config.extra_css if str(name).startswith("assets/")]
    count = sum(stage.checked for stage in bound)
    compared = site.words["paper_checked"].format(count=count, numpy=np.__version__, date=get_build_datetime())
    assert site.articles.template is not None
    return site.articles.template.render(
        site=site,
        config=config,
        title=title,
        about=site.words["paper_about" if len(bound) == 1 else "paper_about_whole"],
        checked=compared if count else "",
        address=address,
        stages=bound,
        sheets=[*sheets, SHEET],
        base_url=base,
        home=f"{base}/index.html" if base != "." else address,
        page_number=page_number,
    )
