"""--fix rolls on: when the package changed, its last listing on each page follows, with the page's comments."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

Position = tuple[int, int]  # line from 1, column from 0 in bytes
Cut = tuple[Position, Position, str]  # from, to, what stands there instead


def bare_source(text: str, node: ast.stmt) -> str:
    """Return a definition's own lines of a file without comments, docstrings and type annotations."""
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    lines: list[bytes | None] = [line.encode() for line in text.splitlines()]
    for (line, start), (end_line, end), new in sorted(_cuts(node, text), reverse=True):
        head, tail = lines[line - 1], lines[end_line - 1]
        assert head is not None and tail is not None  # cuts do not overlap
        joined = head[:start] + new.encode() + tail[end:]
        lines[line - 1] = joined.rstrip() if joined.strip() else None
        lines[line:end_line] = [None] * (end_line - line)
    kept = [line.decode() for line in lines[first - 1 : node.end_lineno] if line is not None]
    return "\n".join(_without_leading_blanks(kept))


def is_class_variable(statement: ast.stmt) -> bool:
    """Say whether a statement of a class only states the type of an attribute that all objects share."""
    if not isinstance(statement, ast.AnnAssign) or statement.value is not None:
        return False
    return ast.unparse(statement.annotation).split("[")[0].endswith("ClassVar")


def is_field(statement: ast.stmt) -> bool:
    """Say whether a statement of a class is a field without a value: no mere type, for a dataclass is made of them."""
    return isinstance(statement, ast.AnnAssign) and statement.value is None and not is_class_variable(statement)


def _without_leading_blanks(lines: list[str]) -> Iterator[str]:
    """Drop the empty lines that stood between a docstring or a type and what follows it."""
    above = ""
    for line in lines:
        if line or not above.endswith(":"):
            above = line
            yield line


def _cuts(node: ast.stmt, text: str) -> Iterator[Cut]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and node.lineno <= token.start[0] <= (node.end_lineno or 0):
            column = len(token.line[: token.start[1]].encode())
            yield (token.start[0], column), (token.start[0], column + len(token.string.encode())), ""
    classes = [part for part in ast.walk(node) if isinstance(part, ast.ClassDef)]
    fields = {n for c in classes for n in c.body if is_field(n)}
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef):
            yield from _signature_cuts(part, text)
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(part, clean=False) is not None:
            new = "" if len(part.body) > 1 else "pass"
            yield _start(part.body[0]), _end(part.body[0]), new
        elif isinstance(part, ast.AnnAssign) and part not in fields:
            whole = part.value is None
            yield (_start(part) if whole else _end(part.target)), (_end(part) if whole else _end(part.annotation)), ""


def _signature_cuts(function: ast.FunctionDef, text: str) -> Iterator[Cut]:
    a = function.args
    positional = [*a.posonlyargs, *a.args]
    defaults: dict[ast.arg, ast.expr | None] = dict(zip(positional[::-1], a.defaults[::-1], strict=False))
    defaults |= zip(a.kwonlyargs, a.kw_defaults, strict=True)
    for arg in [*positional, *a.kwonlyargs, *filter(None, [a.vararg, a.kwarg])]:
        if arg.annotation is not None:
            name_end = (arg.lineno, arg.col_offset + len(arg.arg.encode()))
            default = defaults.get(arg)
            yield (name_end, _start(default), "=") if default is not None else (name_end, _end(arg.annotation), "")
    if function.returns is not None:
        line = text.splitlines()[function.returns.lineno - 1].encode()
        arrow = line.rindex(b"->", 0, function.returns.col_offset)
        yield (function.returns.lineno, len(line[:arrow].rstrip())), _end(function.returns), ""


def _start(node: ast.expr | ast.stmt) -> Position:
    return node.lineno, node.col_offset


def _end(node: ast.expr | ast.stmt) -> Position:
    return node.end_lineno or node.lineno, node.end_col_offset or 0


def with_comments(new: str, old: str) -> tuple[str, list[str]]:
    """Return new with the comments of old, each at the line of code it stood at, and those that found no place."""
    lines = new.splitlines()
    lost = []
    for comment, code, trailing in _comments(old):
        places = [i for i, line in enumerate(lines) if line.split("  #")[0].strip() == code]
        if len(places) != 1:
            lost.append(comment)
        elif trailing:
            lines[places[0]] += f"  {comment}"
        else:
            indent = lines[places[0]][: len(lines[places[0]]) - len(lines[places[0]].lstrip())]
            lines.insert(places[0], indent + comment)
    return "\n".join(lines), lost


def _comments(source: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each comment, the code it belongs to (its own line or the next), and whether it trails that code."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source + "\n").readline):
        if token.type == tokenize.COMMENT:
            before = lines[token.start[0] - 1][: token.start[1]].strip()
            following = (line.split("  #")[0].strip() for line in lines[token.start[0] :])
            below = next((line for line in following if line and not line.startswith("#")), "")
            yield token.string, before or below, bool(before)
