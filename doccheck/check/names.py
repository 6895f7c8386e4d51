"""Names in inline code: each is a name of the code, of Python, or of a module that the pages import.

A name is looked for in the code of the page and of the pages before it, in the project's folders of code, among those
of Python, in the modules that the pages import, and in the list of names from elsewhere.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import importlib.util
import keyword
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType

from doccheck.base.memo import remembered
from doccheck.base.problem import Problem
from doccheck.page.fences import expected_errors
from doccheck.page.model import Page

NAME = re.compile(r"[A-Za-z_]\w*", re.A)
# a word that is none is kept whole: none of its other characters begins a path or a file, and each would be tried
PATH = re.compile(
    r"(?<![^\s`])[^\s`]*[/\\][^\s`]*|[\w-]++\.(?:py|md|ipynb|toml|svg|txt|ya?ml|json|css|js|html|png)\b"
    r"|(?<!\S)--[a-z][\w-]*|(?<![\w)\]])\.\w+|(?P<kept>[\w-]++)"
)
FILE = re.compile(r"([\w-]++\.(?:py|md|ipynb|toml|svg|txt|ya?ml|json|css|js|html|png|dot)\b)|[\w-]++", re.A)
COMMAND = re.compile(r"(?:\S*[/\\])?(?:git|jupyter|make|mkdocs|pip|pytest|python|sudo)3?(?: |$)")
STRING = re.compile(r"""(["']).*?\1""")
EVERYWHERE = frozenset({*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *sys.stdlib_module_names, "self", "cls"})


def check_names(page: Page, earlier: Sequence[Page], known: frozenset[str]) -> Iterator[Problem]:
    """Yield the names in inline code that nothing has.

    known: the names of the project's code and of other projects that pages may mention, names of files among them.
    """
    of_pages: set[str] = set()
    files: set[str] = set()
    for one in [*earlier, page]:
        of_pages |= _names_of(one, whole=one is page)
        files |= set(_files("\n".join([one.path.name, *(fence.source for fence in one.fences)])))
    for value in page.values:
        if value.marked or value.problems:
            continue
        for file in _files(value.text):
            if file not in known and file not in files:
                says = f"{file} in `{value.text}` is a file of no code and of no page"
                yield page.problem(value, says, "mend it, or list it among the names that pages may mention")
                break
        for name in names(value.text):
            # what installed modules have is asked for last, as they would have to be imported
            if not (name in known or name in EVERYWHERE or name in of_pages or name in _imported([*earlier, page])):
                says = f"{name} in `{value.text}` is a name of no code"
                yield page.problem(value, says, "mend it, or list it among the names that pages may mention")
                break


def names(text: str) -> list[str]:
    """Return the names in inline code, but for words in quotes and paths; none of a command."""
    if COMMAND.match(text):
        return []
    return NAME.findall(PATH.sub(lambda word: word["kept"] or " ", STRING.sub(" ", text)))


def _files(text: str) -> list[str]:
    """Return the names of files in a text."""
    return [name for name in FILE.findall(text) if name]


def _names_of(page: Page, *, whole: bool) -> frozenset[str]:
    """Return the names of a page's code; without whole, but for examples of mistakes, which raise an error."""
    mistakes = set() if whole else set(expected_errors(page.fences))
    found: frozenset[str] = frozenset()
    for fence in page.fences:
        if fence.start in mistakes:
            continue
        if fence.kind.is_example:
            found |= source_names(fence.source)
        else:
            found |= frozenset(NAME.findall(fence.source))
    for value in page.values:
        if value.compared:
            found |= source_names(value.expr)
    return found


@remembered
def source_names(source: str) -> frozenset[str]:
    """Return the names that stand in a program."""
    return frozenset(NAME.findall(source))


def _imported(pages: Sequence[Page]) -> frozenset[str]:
    """Return the names that the modules have which pages import."""
    found: frozenset[str] = frozenset()
    for page in pages:
        for fence in page.fences:
            for module in modules(fence.source) if fence.kind.is_example else ():
                found |= _module_names(module)
    return found


@remembered
def modules(source: str) -> frozenset[str]:
    """Return the modules that a program imports; none of what is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return frozenset(found)


@cache
def _module_names(name: str) -> frozenset[str]:
    """Return the names of an installed module, and of the classes in it; none of one that lies in the project."""
    module = installed_module(name)
    if module is None:
        return frozenset()
    found = {*name.split("."), *dir(module)}
    for one in list(vars(module).values()):
        if isinstance(one, type):
            found |= set(dir(one))
    return frozenset(found)


@cache
def installed_module(name: str) -> ModuleType | None:
    """Return a module of Python's or of an installed package; None where there is none, or it lies in the project."""
    try:
        spec = importlib.util.find_spec(name.partition(".")[0])
        if spec is None or not (spec.origin in (None, "built-in", "frozen") or _installed(spec.origin or "")):
            return None
        return importlib.import_module(name)
    except Exception:
        return None


def _installed(origin: str) -> bool:
    return "site-packages" in origin or "dist-packages" in origin or origin.startswith(sys.base_prefix)
