"""A page as one Python script that runs by itself, whole or up to an example, and what it prints."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from doccheck.base.attributes import find_lists
from doccheck.base.same_program import syntax_tree
from doccheck.base.text import SUGGESTION, Edit, apply, lines
from doccheck.page.fences import Fence, expected_errors
from doccheck.page.kinds import Shows
from doccheck.page.listings import Definition, fold, fold_source
from doccheck.page.model import Heading, Page

PLAIN_ERROR = re.compile(r"(?P<type>\w+): .+", re.S)


def script(page: Page, earlier: Sequence[Page], upto: Fence | None = None) -> str:
    """Return a page as one script, or its part that ends with the example or marker upto.

    earlier are the pages before it in its folder, for the code so far.
    """
    whole = header(page)
    for fence, text in growing(page, earlier):
        whole = text
        if upto is not None and fence.start == upto.start:
            break
    return whole


def growing(page: Page, earlier: Sequence[Page]) -> Iterator[tuple[Fence, str]]:
    """Yield each example and marker of a page with the script that ends with it."""
    text, errors = header(page), expected_errors(page.fences)
    name = _free_name(page, earlier) if errors else ""
    section: Heading | None = None
    for fence in page.fences:
        if not fence.kind.runs_python:
            continue
        code = _so_far(page, earlier, fence, text) if fence.kind.is_code_so_far else fence.source
        if fence.start in errors:
            code = _caught(code, errors[fence.start], name)
        if code.strip():
            above = next((h for h in reversed(page.headings) if h.line < fence.line), None)
            new = above is not None and above != section and above.level > 1  # the first line has the title
            text += f"\n\n# {_text(above)}\n\n{code}" if new else f"\n\n{code}"
            section = above
        yield fence, text


def header(page: Page) -> str:
    """Return the first line, which names the page that the script is made from."""
    title = next((_text(h) for h in page.headings if h.level == 1), "")
    return f"# {title} ({page.name})\n" if title else f"# {page.name}\n"


def _text(heading: Heading | None) -> str:
    if heading is None:
        return ""
    return apply(heading.title, [Edit(start, end, "") for start, end in find_lists(heading.title)]).strip()


def _so_far(page: Page, earlier: Sequence[Page], marker: Fence, above: str) -> str:
    """Return the code so far, without the imports that stand above it."""
    there = set(lines(above))
    program = [p for p in fold(earlier, page, marker) if isinstance(p.node, Definition) or p.source not in there]
    return fold_source(program)


def _free_name(page: Page, earlier: Sequence[Page]) -> str:
    """Return a name for a caught error: Python deletes it behind the except clause, so it must be nobody else's."""
    sources = [fold_source(fold(earlier, page, f)) for f in page.fences if f.kind.is_code_so_far]
    sources += [fence.source for fence in page.fences if fence.kind.is_example]
    name = "error"
    while any(_says(source, name) for source in sources):
        name += "_"
    return name


def _says(source: str, name: str) -> bool:
    """Say whether a name stands in a program; comments do not count, and few programs need to be parsed for that."""
    return name in normalize("NFKC", source) and f"'{name}'" in syntax_tree(source)


def _caught(source: str, says: Fence, name: str) -> str:
    """Let the last statement of an example print its error as the page shows it, in place of ending the script."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):  # the very error that the page shows: no line of the script would run
        source = f"exec({source!r})\n"
        statements = ast.parse(source).body
    if not statements:
        return source
    last = statements[-1]
    decorators: list[ast.expr] = getattr(last, "decorator_list", [])
    row = min([last.lineno, *(d.lineno for d in decorators)]) - 1
    column = 0 if decorators else last.col_offset  # in bytes; not 0 behind a semicolon
    rows = [line.encode() for line in lines(source, keepends=True)]
    head = b"".join(rows[:row]) + rows[row][:column]
    if column:
        head = head.rstrip(b" \t;") + b"\n"
    kept = _string_lines(last)
    rows[row] = rows[row][column:]
    body = [line if n in kept or not line.strip() else b"    " + line for n, line in enumerate(rows[row:], row + 1)]
    return f"{head.decode()}try:\n{b''.join(body).decode()}{_except(says, name)}"


def _string_lines(statement: ast.stmt) -> set[int]:
    """Return the lines that begin inside of a string, where an indent would become part of it."""
    found: set[int] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)):
            found.update(range(node.lineno + 1, (node.end_lineno or node.lineno) + 1))
    return found


def _except(says: Fence, name: str) -> str:
    """Return the except clause: what a learner would write, where that prints what the page shows."""
    plain = PLAIN_ERROR.fullmatch(says.source.strip())
    kind = getattr(builtins, plain["type"], Exception) if plain else BaseException
    if issubclass(kind, Exception) and not issubclass(kind, SyntaxError):
        return f'except Exception as {name}:\n    print(f"{{type({name}).__name__}}: {{{name}}}")\n'
    index = -1 if issubclass(kind, SyntaxError) else 0
    shown = f'__import__("traceback").format_exception_only({name})[{index}]'
    return f'except BaseException as {name}:\n    print({shown}, end="")\n'


def expected_output(page: Page, upto: Fence | None = None) -> str:
    """Return what the script prints, all of it or up to an example: the page's outputs and errors in order."""
    text, error, ends = "", "", False
    for fence in page.fences:
        if fence.kind.runs_python:
            if ends:
                break
            text, error = text + error, ""
            ends = upto is not None and fence.start == upto.start
        elif fence.kind.shows is Shows.PRINTED:
            text += fence.source
        elif fence.kind.shows is Shows.RAISED and not fence.hidden:
            error = SUGGESTION.sub("", fence.source)
    return text + error
