"""The pages of the API reference as Markdown: which names stand on which page, and the lessons that teach them.

`reference/stage2.md` is about the module dezero_lite.stage2 and the modules in it that have no page of their own,
`reference/index.md` about the package as a whole and modules that only pass names on, such as
dezero_lite.functions. mkdocstrings makes the entries, where the Markdown says `:::`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from posixpath import dirname, relpath

from griffe import Module

from doccheck import Page
from website.reference.docstrings import docstring_html
from website.reference.lessons import Lesson, read_lessons
from website.reference.package import PACKAGE, Entry, entries, imported, modules, summary

FOLDER = "reference/"
INDEX = f"{FOLDER}index.md"


class Reference:
    """The reference in one language.

    uris: its pages. lessons: the language's other pages by uri, in reading order. words: its labels.
    begin: the lines that have run before each example of a docstring.
    continued: which part of the package takes over what another has defined, such as stage2 for stage3.
    entries: those of each page, by its uri. where: the page of each entry, by address.
    """

    def __init__(
        self,
        top: Module,
        uris: Sequence[str],
        lessons: Mapping[str, Page],
        words: Mapping[str, str],
        continued: Mapping[str, str],
        begin: str,
    ) -> None:
        self._modules = {module.path: module for module in modules(top)}
        self._words = words
        self._continued = continued
        self._begin = begin
        self._uris = [uri for uri in uris if _module(uri) in self._modules]
        self._nowhere = [uri for uri in uris if _module(uri) not in self._modules]
        self.entries = {uri: [entry for m in self._on(uri) for entry in entries(m)] for uri in self._uris}
        self.where = {entry.address: uri for uri, found in self.entries.items() for entry in found}
        importable = {address: address for address in self.where}
        for module in modules(top):
            importable |= {f"{module.path}.{name}": address for name, address in imported(module).items()}
        self._alone = {address for found in self.entries.values() for address in _unmistakable(found)}
        self._lessons = read_lessons(lessons, importable, continued)

    def problems(self) -> Iterator[str]:
        """Yield which pages are missing, and which are about nothing."""
        yield from (f"{uri}: there is no module {_module(uri)} that could be read" for uri in self._nowhere)
        for module in self._modules.values():
            if not self._page(module):
                uri = f"{FOLDER}{'/'.join(module.path.split('.')[1:])}.md"
                yield f"{module.path} is not in the API reference; add {uri} to course.toml"

    def names(self, lesson: str) -> dict[str, str]:
        """Return the addresses of what a lesson may speak of, by name; `cleargrad` is one, if one class has it."""
        known = {name: at for name, at in self._lessons.names.get(lesson, {}).items() if at in self.where}
        return {_last(name): at for name, at in known.items() if at in self._alone} | known

    def pages(self) -> dict[str, str]:
        """Return the Markdown of each page, by uri."""
        return {uri: "\n\n".join(self._overview() if uri == INDEX else self._module_page(uri)) for uri in self._uris}

    def _page(self, module: Module) -> str | None:
        """Return the page of a module: its own, or that of the nearest package around it."""
        around = [uri for uri in self._uris if uri != INDEX and f"{module.path}.".startswith(f"{_module(uri)}.")]
        return max(around, key=len, default=None if any(entries(module)) else INDEX)

    def _on(self, uri: str) -> list[Module]:
        return [module for module in self._modules.values() if self._page(module) == uri]

    def _overview(self) -> Iterator[str]:
        yield _front_matter(self._words["reference_overview"])
        yield f"# {self._words['reference_title']} {{#reference}}"
        yield self._words["reference_overview"]
        yield self._words["reference_stages"]
        yield self._about("english")
        for module in self._on(INDEX):
            if names := imported(module):
                yield f"## {module.path} {{#{module.path}}}"
                yield _docstring(summary(module))
                yield self._links(names, INDEX)
        for uri in self._uris:
            if uri != INDEX:
                name = _module(uri)
                yield f"## [{name}]({relpath(uri, FOLDER)}) {{#{name}}}"
                yield _docstring(summary(self._modules[name]))
                yield self._links({e.name: e.address for e in self.entries[uri] if not e.is_member}, INDEX)

    def _module_page(self, uri: str) -> Iterator[str]:
        name = _module(uri)
        yield _front_matter(self._words["reference_module"].format(name))
        yield f"# {name} {{#{name}}}"
        yield self._about("english")
        if self._begin and any(entry.has_example for entry in self.entries[uri]):
            yield self._about("examples")
            yield f"```python\n{self._begin}\n```"
        for module in self._on(uri):
            level = 2 if module.path == name else 3
            if level == 3:
                yield f"## {module.path.removeprefix(f'{name}.').replace('.', '/')}.py {{#{module.path}}}"
            yield _docstring(module.docstring.value if module.docstring else "")
            if elsewhere := {n: at for n, at in imported(module).items() if self.where.get(at) != uri}:
                yield self._links(elsewhere, uri)
            yield from self._written(module, uri, level)

    def _written(self, module: Module, uri: str, level: int) -> Iterator[str]:
        of_class: list[str] = []
        for entry in entries(module):
            yield _directive(entry, level + entry.is_member)
            if entry.bases:
                yield self._about("inherits", self._links({_last(base): base for base in entry.bases}, uri))
            lessons = self._taught(entry.address, module.path)
            pages = [lesson.uri for lesson in lessons]
            if pages and not (entry.is_member and pages == of_class):  # or methods would repeat what the class says
                links = [f"[{at.title}]({relpath(at.uri, dirname(uri))}#{at.section})" for at in lessons]
                yield self._about("taught", " · ".join(links))
            of_class = of_class if entry.is_member else pages

    def _taught(self, address: str, module: str) -> list[Lesson]:
        """Return the lessons of an entry: its own, or those of the definition that its part has taken over."""
        taught = self._lessons.taught
        name = address.removeprefix(f"{module}.")
        part: str | None = module.split(".")[1] if "." in module else None
        while address not in taught and part is not None:
            part = self._continued.get(part)
            before = [at for at in taught if at.startswith(f"{PACKAGE}.{part}.") and at.endswith(f".{name}")]
            address = before[-1] if before else address
        return taught.get(address, [])

    def _about(self, key: str, value: str = "") -> str:
        return f"{self._words[f'reference_{key}'].format(value)}\n{{: .about-entry }}"

    def _links(self, names: Mapping[str, str], uri: str) -> str:
        """Return names as links to their entries; what has none, because it is not of this package, as code."""
        shown = {
            name: f"{relpath(self.where[at], dirname(uri))}#{at}" for name, at in names.items() if at in self.where
        }
        return " ".join(f"[`{name}`]({shown[name]})" if name in shown else f"`{name}`" for name in names)


def _module(uri: str) -> str:
    """Return the name of the module that a page is about."""
    inside = PurePosixPath(uri.removeprefix(FOLDER)).with_suffix("").parts
    return PACKAGE if uri == INDEX else ".".join([PACKAGE, *inside])


def _unmistakable(found: Sequence[Entry]) -> Iterator[str]:
    """Yield the methods that may be called by their own name alone; `shape` may be that of an array, too."""
    count = Counter(_last(entry.name) for entry in found)
    for entry in found:
        if entry.is_member and not entry.is_property and count[_last(entry.name)] == 1:
            yield entry.address


def _last(address: str) -> str:
    return address.rpartition(".")[2]


def _front_matter(description: str) -> str:
    return f"---\ndescription: {json.dumps(description)}\n---"


def _directive(entry: Entry, level: int) -> str:
    return f"::: {entry.address}\n    options:\n      heading: {entry.name}\n      heading_level: {level}"


def _docstring(text: str) -> str:
    return f'<div class="docstring" lang="en">{docstring_html(text)}</div>'
