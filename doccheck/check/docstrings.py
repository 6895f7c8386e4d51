"""What a package's docstrings show to readers: examples are run and compared, and no other decimal stands in them."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doccheck.base.problem import Problem, Spot
from doccheck.base.settings import Settings
from doccheck.base.text import first_difference, lines, shown
from doccheck.check.slips import syntax_error
from doccheck.check.tolerance import same_text
from doccheck.page.prose import decimals
from doccheck.run.docstrings import DocstringError, run_docstrings

SOURCE = re.compile(r"^[ \t]*Source: .*?(?=\n[ \t]*\n|\Z)", re.M | re.S)  # what it quotes is not ours
NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True)
class Docstring:
    """A docstring of a file: the line in which it begins, and its text as it stands there."""

    file: str
    line: int
    text: str

    def problem(self, line: int, says: str, remedy: str) -> Problem:
        """Return a problem of one of its lines, counted from 0."""
        where = f"{self.file}:{self.line + line}"
        return Problem(Spot(self.file, where), 0, says, remedy)


def docstrings(source: str, file: str) -> Iterator[Docstring]:
    """Yield the docstrings of a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                yield Docstring(file, node.body[0].lineno, text)


def check_texts(docstring: Docstring) -> Iterator[Problem]:
    """Yield the decimals that no example of a docstring shows, and the examples that ask for less than equality."""
    parts = doctest.DocTestParser().parse(docstring.text)
    examples = [part for part in parts if isinstance(part, doctest.Example)]
    shows = "".join(example.source + example.want for example in examples)
    text = SOURCE.sub(lambda match: NOT_LINE_END.sub(" ", match[0]), docstring.text)
    for line, number in decimals(text):
        if number not in shows:
            remedy = "show it in an example behind >>>, or leave it out"
            yield docstring.problem(line - 1, f"the docstring states {number}, which no example shows", remedy)
    for example in examples:
        if example.options:
            says = "an option of doctest lets this example show something else than it gives"
            yield docstring.problem(example.lineno, says, "delete it")


def check_docstrings(settings: Settings, *, exact: bool) -> list[Problem]:
    """Return what is wrong with the docstrings of the packages that readers see."""
    if unreadable := list(_unreadable(settings)):
        return unreadable  # no example runs without these files
    found: list[Problem] = []
    modules: list[tuple[str, list[Docstring]]] = []
    for file in [path for folder in settings.docstrings for path in sorted(folder.rglob("*.py"))]:
        name = settings.name(file)
        there = list(docstrings(file.read_text("utf-8"), name))
        for docstring in there:
            found += check_texts(docstring)
        with_examples = [one for one in there if ">>>" in one.text]
        if with_examples:
            module = ".".join(file.relative_to(settings.root).with_suffix("").parts).removesuffix(".__init__")
            modules.append((module, with_examples))
    if modules:
        found += _run(modules, settings, exact=exact)
    return found


def _unreadable(settings: Settings) -> Iterator[Problem]:
    """Yield the files of the packages that are not valid Python."""
    for path, source in package_files(settings.docstrings):
        error = syntax_error(source)
        if error is not None:
            name, line = settings.name(Path(path)), error.lineno or 1
            text = lines(source)[line - 1].strip() if source else ""
            says = f"this file is not valid Python: {error.msg} in {text[:80]!r}"
            yield Problem(Spot(name, f"{name}:{line}"), line, says, "fix this line")


def _run(modules: Sequence[tuple[str, Sequence[Docstring]]], settings: Settings, *, exact: bool) -> Iterator[Problem]:
    jobs = [(module, [(one.line, one.text) for one in there]) for module, there in modules]
    try:
        outcomes = run_docstrings(jobs, settings.root, settings.timeout, settings.examples_begin)
    except DocstringError as error:
        first = modules[0][1][0]
        yield first.problem(0, f"the examples of docstrings do not run: {error}", "fix them")
        return
    for (_, there), got in zip(modules, outcomes, strict=True):
        for docstring in there:
            yield from _compare(docstring, got, exact=exact)


def _compare(docstring: Docstring, got: dict[tuple[int, int], str], *, exact: bool) -> Iterator[Problem]:
    for example in doctest.DocTestParser().get_examples(docstring.text):
        printed = got.get((docstring.line, example.lineno), "")
        if not same_text(example.want, printed, exact=exact, tolerance=None):
            difference = first_difference(lines(example.want), lines(printed))
            assert difference is not None
            says, prints = difference.lines
            line = example.lineno + example.source.count("\n") + difference.index
            message = f"the docstring says {shown(says)}, its example prints {shown(prints)}"
            yield docstring.problem(line, message, "fix one of them")


def package_files(folders: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """Return name and text of the files of packages: what all of this depends on."""
    found = []
    for path in [path for folder in folders for path in sorted(folder.rglob("*.py"))]:
        found.append((str(path), path.read_text("utf-8", "surrogateescape")))
    return tuple(found)
