"""Notebooks for tests, written as Jupyter writes them."""

from __future__ import annotations

import json
from typing import Any

from nbformat.v4 import to_notebook_json

from doccheck.page.notebook.drawn import DRAWN, drawn_digest

Cell = dict[str, Any]


def prose(text: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "metadata": metadata, "source": text.splitlines(keepends=True)}


def code(source: str, *outputs: Cell, **metadata: Any) -> Cell:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "metadata": metadata, "outputs": list(outputs), "source": lines}


def stream(text: str, name: str = "stdout") -> Cell:
    return {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}


def value(text: str, **data: str) -> Cell:
    """The value of a last line."""
    return {**display(text, **data), "output_type": "execute_result", "execution_count": None}


def display(text: str, **data: str) -> Cell:
    """What display() shows; data by the kind of a picture or of a text: png, svg, html."""
    mimes = {"png": "image/png", "svg": "image/svg+xml", "html": "text/html"}
    lines = {mimes[key]: kind if key == "png" else kind.splitlines(keepends=True) for key, kind in data.items()}
    shown = {"text/plain": text.splitlines(keepends=True), **lines}
    return {"output_type": "display_data", "data": shown, "metadata": {}}


def error(name: str, text: str) -> Cell:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}


def notebook(*cells: Cell, **changes: Any) -> str:
    """The text of a notebook, its cells numbered as by a run from top to bottom, its pictures drawn by its own code."""
    count = 0
    made = []
    for number, given in enumerate(cells):
        cell = {"id": f"cell-{number}", **json.loads(json.dumps(given))}
        if cell["cell_type"] == "code":
            count += 1
            cell = {"execution_count": count, **cell}
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = count
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5, **changes}
    return _written(_with_digests(whole))


def drawn_anew(raw: str) -> str:
    """A notebook whose pictures count as drawn by its own code, whatever they show."""
    return _written(_with_digests(json.loads(raw)))


def _written(whole: Cell) -> str:
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _with_digests(whole: Cell) -> Cell:
    sources = []
    joined = json.loads(json.dumps(whole))
    for cell, read in zip(whole["cells"], to_notebook_json(joined).cells, strict=True):
        if cell["cell_type"] == "code":
            sources.append(read.source)
            if "image/" in str(cell["outputs"]):
                cell["metadata"][DRAWN] = drawn_digest(sources, read.outputs)
    return whole


def cleared(raw: str) -> str:
    """A notebook as "clear all outputs" leaves it."""
    whole = json.loads(raw)
    for cell in whole["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return _written(whole)
