"""What the search notes of the pages while a language is built, for its index at the end."""

from dataclasses import dataclass, field

from mkdocs.structure.pages import Page


@dataclass
class SearchNotes:
    """pages: in the order in which they are read. shown: by a page's address, its HTML while the theme reads the text.

    introduced: by the address of a section, the terms and the names of code that it introduces.
    """

    pages: list[Page] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    introduced: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
