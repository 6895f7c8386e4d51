"""What a build of this site knows besides MkDocs' own configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mkdocs.config.defaults import MkDocsConfig

from website.course import Course
from website.lookup.lessons import Place
from website.lookup.terms import Term
from website.paper.articles import Articles
from website.search.notes import SearchNotes
from website.serve.memory import Memory

if TYPE_CHECKING:
    from website.play.publish import Runtime
    from website.reference.pages import Reference

KEY = "site"  # of config.extra: what a build has one of, and every pass and template can reach
T = TypeVar("T")


@dataclass
class SiteContext:
    """The build of a language, or that of the landing page, which has none: then lang is "", words are empty.

    root_url is the address of the landing page, docs the folder that holds those of the languages. page is the one
    that is being rendered. What is None or empty at first is filled while the site is built.
    """

    languages: list[str]
    root_url: str
    docs: Path
    course: Course
    lang: str = ""
    words: dict[str, str] = field(default_factory=dict)
    page: str = ""
    memory: Memory | None = None  # while serving
    reference: Reference | None = None
    runtime: Runtime | None = None  # what the browser runs pages with; None where it is not there
    printer: str | None = None  # the Chromium that makes PDFs; None where none are made
    maths_font: Path | None = None  # the whole font for formulas; None where it is not there
    signs: set[str] = field(default_factory=set)  # what formulas are written with
    offline: bool = False  # whether this build gives away a zip of itself
    bundled: dict[str, list[str]] = field(default_factory=dict)  # by the bundle's name, the files in it
    search: SearchNotes = field(default_factory=SearchNotes)
    terms: list[Term] = field(default_factory=list)  # of the glossary
    explained: dict[str, Place] = field(default_factory=dict)  # by a term's address
    articles: Articles = field(default_factory=Articles)  # what booklets are made of

    @property
    def is_landing(self) -> bool:
        """Whether this build makes the landing page."""
        return not self.lang

    def recall(self, depends_on: object, make: Callable[[], T]) -> T:
        """Return what make returns, from the memory of the language that is served, if it has one."""
        return self.memory.recall(depends_on, make) if self.memory else make()


def context_of(config: MkDocsConfig) -> SiteContext:
    """Return what the build with this configuration knows."""
    context: SiteContext = config.extra[KEY]
    return context
