"""The names that a source reads, and those that it gives a meaning."""

from __future__ import annotations

import ast
from symtable import SymbolTable, symtable

from doccheck.base.memo import remembered
from doccheck.base.same_program import parses


def bound_names(statement: ast.stmt) -> set[str]:
    """Return the names that a statement gives a meaning."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        parts = ast.walk(statement)
        return {node.id for node in parts if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return set()


def free_names(*sources: str) -> set[str]:
    """Return the names that sources read and do not give a meaning themselves; built-in ones are among them."""
    return set().union(*map(_free, sources))


@remembered
def _free(source: str) -> frozenset[str]:
    try:
        module = symtable(source, "<source>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    own = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    read: set[str] = set()
    tables: list[SymbolTable] = [module]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table is module or symbol.is_global()):
                read.add(symbol.get_name())
    return frozenset(read - own)


@remembered
def module_names(source: str) -> frozenset[str]:
    """Return the names that a program gives a meaning outside of its functions and classes."""
    if not parses(source):
        return frozenset()
    symbols = symtable(source, "<source>", "exec").get_symbols()
    return frozenset(symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported())


@remembered
def attribute_names(source: str) -> frozenset[str]:
    """Return the names that a program looks up in objects, but those in the bodies of its functions and classes."""
    found: set[str] = set()
    nodes: list[ast.AST] = [ast.parse(source)] if parses(source) else []
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        nodes += ast.iter_child_nodes(node)
    return frozenset(found)
