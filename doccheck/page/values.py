"""Inline code of a page: checked values, quoted ones, and numbers that nobody checks."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from doccheck.base.attributes import check_tolerance, list_at
from doccheck.base.decimals import read_tolerance
from doccheck.base.problem import Fault
from doccheck.base.text import line_table
from doccheck.page.fences import inline_end
from doccheck.page.spelling import MARKDOWN, Spelling

TICKS = re.compile(r"(?<!`)`+(?!`)")
# how a notebook marks a quoted number; also for a page that is read where nobody knows lists in braces
QUOTED_SPAN = '<span class="quoted">', "</span>"
NUMERIC_WORD = re.compile(r"(?:(?<![\d.])[\d.]+[eE][-+]?\d+|0[xXbBoO][\da-fA-F]+|(?<!\d)\d+[jJ]\b|\bnan\b|\binf\b)")
# x.grad = 2.0 shows a result as much as 2.0 does
ASSIGNED = re.compile(r"^[A-Za-z_](?:\w*\.[\w.]+|[\w.]*\[[^\]]*\])\s*(?:=|==|≈|→|->|:)\s*")
DISPLAYED = re.compile(
    r"^(?:variable|array|matrix|tensor|(?:np|numpy)\.(?:float|int|complex|uint|bool)\w*)\(.*\)$", re.S
)


@dataclass
class Value:
    """Inline code in a sentence.

    kind: value (has an expression that it must equal), quoted (taken from elsewhere) or code (neither).
    text_start and text_end are the offsets of the text between the backticks.
    """

    kind: str
    start: int
    end: int
    line: int
    text: str
    text_start: int
    text_end: int
    expr: str = ""
    tol: str | None = None
    problems: list[Fault] = field(default_factory=list)

    @property
    def compared(self) -> bool:
        """Whether it is compared with what its expression gives."""
        return self.kind == "value"

    @property
    def quoted(self) -> bool:
        """Whether it is marked as taken from elsewhere."""
        return self.kind == "quoted"

    @property
    def marked(self) -> bool:
        """Whether the page says what it is: compared or quoted."""
        return self.compared or self.quoted

    @property
    def tolerance(self) -> float | None:
        """How far the number may be off where digits need not be exact; None where the page does not say."""
        return read_tolerance(self.tol) if self.tol is not None and not self.problems else None


def find_values(text: str, spelling: Spelling = MARKDOWN) -> Iterator[Value]:
    """Yield the inline code of a page whose fences and comments are blanked out, in order."""
    position = 0
    line_of = line_table(text)
    while opening := TICKS.search(text, position):
        position = opening.end()
        end = inline_end(text, opening.end(), opening[0])
        if not _escaped(text, opening.start()) and end > position:
            value = _value(text, opening, end, line_of(opening.start()), spelling)
            position = value.end
            yield value


def _escaped(text: str, start: int) -> bool:
    before = text[max(0, start - 100) : start]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _value(text: str, opening: re.Match[str], end: int, line: int, spelling: Spelling) -> Value:
    text_start, text_end = opening.end(), end - len(opening[0])
    inner = text[text_start:text_end]
    value = Value("code", opening.start(), end, line, inner.strip(), text_start, text_end)
    if "\n" in inner:
        remedy = "keep it on one line, or write a fence of three backticks"
        value.problems.append(Fault("inline code runs over a line end", remedy))
    if text.startswith("{", end):
        _read_attributes(text, value, spelling)
    elif text.endswith(QUOTED_SPAN[0], 0, value.start) and text.startswith(QUOTED_SPAN[1], end):
        value.kind = "quoted"
    if not value.marked and looks_like_a_result(value.text):
        remedy = f"write {spelling.value.format(value.text)}, or {spelling.quoted} if it comes from elsewhere"
        value.problems.append(Fault(f"`{value.text}` is a number without an expression", remedy))
    if value.compared:
        _check_expression(value, spelling)
    return value


def _read_attributes(text: str, value: Value, spelling: Spelling) -> None:
    found = list_at(text, value.end)
    if found is None:
        line = text[value.end : value.end + 40].partition("\n")[0]
        remedy = f"write {spelling.value.format(value.text)}"
        value.problems.append(Fault(f"cannot read {line!r} after `{value.text}`", remedy))
        return
    given, value.end = found
    value.expr = given.options.get("data-expr", "").strip()
    value.tol = given.options.get("tol")
    value.problems += check_tolerance(value.tol, value.text)
    quoted, mark = "quoted" in given.classes, spelling.quoted_mark
    unknown = [f".{name}" for name in given.classes if name != "quoted"]
    unknown += sorted(given.options.keys() - {"data-expr", "tol"})
    if given.unread:
        unknown.append(given.unread)
    if unknown:
        says = f"`{value.text}` has the unknown attribute {unknown[0]}"
        value.problems.append(Fault(says, f'write data-expr="…" or {mark}'))
    if value.expr and quoted:
        value.problems.append(Fault(f"`{value.text}` is both computed and {mark}", "keep one of the two"))
    value.kind = "value" if value.expr else "quoted" if quoted else "code"


def _check_expression(value: Value, spelling: Spelling) -> None:
    try:
        tree = ast.parse(value.expr, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        value.problems.append(Fault(f"data-expr={value.expr!r} is not a Python expression: {error}", "fix it"))
        return
    parts = list(ast.walk(tree))
    if not any(isinstance(part, ast.Name | ast.BinOp | ast.Compare | ast.BoolOp) for part in parts):
        what = "is itself a constant"
    elif any(isinstance(part, ast.Constant) and str(part.value) == value.text for part in parts):
        what = "contains its own answer"
    else:
        return
    remedy = f"write the expression that computes it, or {spelling.quoted} if it comes from elsewhere"
    value.problems.append(Fault(f"data-expr={value.expr!r} {what}, so nothing is checked", remedy))


def looks_like_a_result(text: str) -> bool:
    """Say whether inline code shows a number, an array or a variable, rather than code to type."""
    text = unicodedata.normalize("NFKC", text).strip()
    if DISPLAYED.match(text):
        return True
    text = ASSIGNED.sub("", text)
    bare = NUMERIC_WORD.sub("0", text)
    return any(c.isdigit() for c in bare) and not any(c.isalpha() or c in "_{}'\"" for c in bare)
