"""--fix rolls on: when the package changed, its last listing on each page follows, with the page's comments."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from doccheck.base.text import Edit, Positions, apply, lines
from doccheck.page.listings import own_lines

Function = ast.FunctionDef | ast.AsyncFunctionDef
HOLE = "\0"  # where something was cut out; no Python source holds this character
# a line end in a signature: before its end, where a comma may stand, after its beginning, or between two arguments
WRAPPED = re.compile(r"(?:,|(?<!\s))[^\S\n]*\n\s*+(?=\))|(?<!\s)[^\S\n]*\n\s*+")


def without_annotations(text: str, node: ast.stmt) -> str:
    """Return a definition's own lines of a file without comments, docstrings and type annotations."""
    source = own_lines(text, node)
    tree = ast.parse(source)
    holed = apply(source, [Edit(start, end, HOLE + new) for start, end, new in _cuts(tree, source)])
    kept: list[str] = []
    below_a_hole = False
    for line in lines(holed):
        left = line.replace(HOLE, "")
        if HOLE in line and not left.strip():
            below_a_hole = True
        elif below_a_hole and not left and kept and kept[-1].endswith(":"):
            continue  # it stood between what was cut out and the rest of the body
        else:
            below_a_hole = False
            kept.append(left.rstrip() if line.rstrip().endswith(HOLE) else left)
    return "\n".join(kept)


def is_class_variable(statement: ast.stmt) -> bool:
    """Say whether a statement of a class only states the type of an attribute that all objects share."""
    if not isinstance(statement, ast.AnnAssign) or statement.value is not None:
        return False
    return ast.unparse(statement.annotation).split("[")[0].endswith("ClassVar")


def is_field(statement: ast.stmt) -> bool:
    """Say whether a statement of a class is a field without a value: no mere type, for a dataclass is made of them."""
    return isinstance(statement, ast.AnnAssign) and statement.value is None and not is_class_variable(statement)


def _cuts(tree: ast.Module, source: str) -> Iterator[tuple[int, int, str]]:
    """Yield from where to where a definition is cut, and what stands there instead."""
    at = Positions(source)
    for token in _comment_tokens(source):
        start = at.offset(token.start[0], 0) + token.start[1]
        yield start, start + len(token.string), ""
    fields: set[ast.stmt] = set()
    for part in ast.walk(tree):
        if isinstance(part, ast.ClassDef):
            fields.update(filter(is_field, part.body))
        if isinstance(part, Function):
            yield from _signature_cuts(part, source, at)
        if isinstance(part, Function | ast.ClassDef) and ast.get_docstring(part, clean=False) is not None:
            yield _start(part.body[0], at), _end(part.body[0], at), "" if len(part.body) > 1 else "pass"
        elif isinstance(part, ast.AnnAssign) and part not in fields:
            if part.value is None:
                yield _start(part, at), _end(part, at), ""
            else:
                start = _end(part.target, at)
                yield start, _end_with_brackets(source, start, part.annotation, at), ""


def _comment_tokens(source: str) -> list[tokenize.TokenInfo]:
    tokens = tokenize.generate_tokens(io.StringIO(source + "\n").readline)
    return [token for token in tokens if token.type == tokenize.COMMENT]


def _signature_cuts(function: Function, source: str, at: Positions) -> Iterator[tuple[int, int, str]]:
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    defaults: dict[ast.arg, ast.expr | None] = dict(zip(positional[::-1], given.defaults[::-1], strict=False))
    defaults |= zip(given.kwonlyargs, given.kw_defaults, strict=True)
    starred = [arg for arg in (given.vararg, given.kwarg) if arg is not None]
    for arg in [*positional, *given.kwonlyargs, *starred]:
        if arg.annotation is None:
            continue
        name_end = at.offset(arg.lineno, arg.col_offset + len(arg.arg.encode()))
        default = defaults.get(arg)
        if default is None:
            yield name_end, _end_with_brackets(source, name_end, arg.annotation, at), ""
        else:
            equals = source.index("=", _end(arg.annotation, at))  # brackets may stand around the default
            behind = source[equals + 1 :]
            yield name_end, len(source) - len(behind.lstrip(" ")), "="
    yield from _joins(function, source, at)
    if function.returns is not None:
        arrow = source.rindex("->", 0, _start(function.returns, at))
        yield len(source[:arrow].rstrip()), _end_with_brackets(source, arrow, function.returns, at), ""


def _joins(function: Function, source: str, at: Positions) -> Iterator[tuple[int, int, str]]:
    """Yield the line ends of a signature with types: it was wrapped for them; a formatter wraps what is still long."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    ends = [_end(part, at) for part in (*named, *given.defaults, *given.kw_defaults) if part is not None]
    opening = source.index("(", _start(function, at))
    closing = source.index(")", max(ends, default=opening))
    signature = source[opening : closing + 1]
    if "#" in signature or '"""' in signature or not any(arg is not None and arg.annotation for arg in named):
        return
    for line_end in WRAPPED.finditer(source, opening, closing + 1):
        first, last = source[line_end.start() - 1], source[line_end.end()]
        yield *line_end.span(), "" if first == "(" or last == ")" else " "


def _start(node: ast.expr | ast.stmt, at: Positions) -> int:
    return at.offset(node.lineno, node.col_offset)


def _end(node: ast.expr | ast.stmt | ast.arg, at: Positions) -> int:
    return at.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)


def _end_with_brackets(source: str, start: int, node: ast.expr, at: Positions) -> int:
    """Return the end of an annotation behind start, with the brackets around it, which no syntax tree has."""
    end = _end(node, at)
    for _ in range(source.count("(", start, _start(node, at))):
        end = source.index(")", end) + 1
    return end


def restore_comments(new: str, old: str) -> tuple[str, list[str]]:
    """Return new with the comments of old, each at the line of code it stood at, and those that found no place."""
    result = lines(new)
    lost = []
    for comment, code, trailing in _comments(old):
        found = [index for index, line in enumerate(result) if line.split("  #")[0].strip() == code]
        if len(found) != 1:
            lost.append(comment)
            continue
        line = result[found[0]]
        if trailing:
            result[found[0]] = f"{line}  {comment}"
        else:
            indent = line[: len(line) - len(line.lstrip())]
            result.insert(found[0], indent + comment)
    return "\n".join(result), lost


def _comments(source: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each comment, the code it belongs to (its own line or the next), and whether it trails that code."""
    rows = lines(source)
    for token in _comment_tokens(source):
        before = rows[token.start[0] - 1][: token.start[1]].strip()
        following = (line.split("  #")[0].strip() for line in rows[token.start[0] :])
        below = next((line for line in following if line and not line.startswith("#")), "")
        yield token.string, before or below, bool(before)
