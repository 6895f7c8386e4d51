"""A page's title."""

from markupsafe import Markup
from mkdocs.structure.pages import Page


def plain_title(page: Page) -> str:
    """The title as text; MkDocs keeps it as HTML."""
    return Markup(page.title or "").striptags()
