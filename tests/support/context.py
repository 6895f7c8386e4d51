"""What a build knows, for tests of one pass of it."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from tests.support.site_facts import COURSE, LANGUAGES, ROOT
from website.context import KEY, SiteContext
from website.words.labels import labels


def make_context(lang: str = "", root_url: str = "", docs: Path = ROOT / "docs") -> SiteContext:
    """What the build of a language knows, or without one, that of the landing page."""
    words = labels(lang) if lang else {}
    return SiteContext(list(LANGUAGES), root_url, docs, COURSE, lang=lang, words=words)


def set_context(config: MkDocsConfig, lang: str = "", docs: Path = ROOT / "docs") -> SiteContext:
    """Let a configuration be that of such a build."""
    context = make_context(lang, config.site_url or "", docs)
    config.extra[KEY] = context
    return context
