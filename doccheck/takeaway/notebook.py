"""A page to take away: as a notebook with its outputs in place, and as one Python script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from doccheck.base.attributes import find_lists
from doccheck.base.text import SUGGESTION, Edit, apply, blank
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import Fence
from doccheck.page.kinds import Runs, Shows
from doccheck.page.listings import fold, fold_source
from doccheck.page.model import Page
from doccheck.page.prose import FRONT_MATTER, maths
from doccheck.takeaway.exercise import PASSED

TARGET = r"\]\((?!https?:|mailto:)[^()]*\)"  # a place of the site, which is not there beside a notebook
LINK = re.compile(rf"(?<!!)(?P<before>\[)[^\[\]]*(?P<behind>{TARGET})")
IMAGE = re.compile(rf"(?P<before>!\[)[^\[\]]*(?P<behind>{TARGET})")
BOX = re.compile(r"(?P<tag></?div\b[^>]*>)(?:\n+#{1,6}[ ])?")
CLOSED = re.compile(r"<details\b[^>]*>\s*<summary>(?P<title>.*?)</summary>|</details>", re.S)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(page: Page, earlier: Sequence[Page], passed: str = PASSED) -> NotebookNode:
    """Return a page as a notebook of format 4.5, the same each time; passed is what a check says to a solution."""
    cells = list(_cells(page, earlier, passed))
    name = re.sub(r"[^A-Za-z0-9_-]", "-", page.path.stem)[:50]
    for index, cell in enumerate(cells):
        cell.id = f"{name}-{index}"
    made: NotebookNode = new_notebook(cells=cells, metadata={**METADATA, "source": page.name})  # type: ignore[no-untyped-call]
    made.nbformat_minor = 5
    return made


def _cells(page: Page, earlier: Sequence[Page], passed: str) -> Iterator[NotebookNode]:
    edits, position, title = list(_edits(page)), 0, ""
    refused = {one.check.start: one.errors.get(one.start.start) for one in find_exercises(page) if one.check}
    code: NotebookNode | None = None
    for start, end, what in [*_parts(page), (len(page.text), len(page.text), "")]:
        yield from _prose(apply(page.text, edits, position, start), title)
        position = end
        if isinstance(what, str):
            title = what
            if title:
                yield new_markdown_cell(f"**{title}**")  # type: ignore[no-untyped-call]
        elif what.kind.runs_python:
            # what stands in a closed box stays closed
            metadata = {"jupyter": {"source_hidden": True, "outputs_hidden": True}} if title else {}
            source = fold_source(fold(earlier, page, what)) if what.kind.is_code_so_far else what.source
            code = new_code_cell(source.rstrip("\n"), metadata=metadata)  # type: ignore[no-untyped-call]
            yield code
        elif what.kind.is_of_exercise:
            end_of_check = f"print({passed!r})" if what.kind.runs is Runs.CHECK else ""
            source = f"{what.source.rstrip()}\n{end_of_check}".rstrip()
            code = new_code_cell(source, metadata={"tags": [what.kind.name]})  # type: ignore[no-untyped-call]
            if says := refused.get(what.start):
                _show(code, says)
            yield code
        elif code is not None:
            _show(code, what)


def _parts(page: Page) -> list[tuple[int, int, Fence | str]]:
    """Return what stands between the prose: fences, and the titles of closed boxes ("" where a box ends)."""
    boxes = ((m.start(), m.end(), page.text[slice(*m.span("title"))].strip()) for m in CLOSED.finditer(page.plain))
    given_away = ((f.start, f.end, f) for f in page.fences if f.kind.given_away and not f.hidden)
    return sorted([*given_away, *boxes], key=lambda part: part[0])


def _prose(text: str, title: str) -> Iterator[NotebookNode]:
    text = re.sub(r"\n{3,}", "\n\n", text.strip("\n"))
    if text.strip():
        shown = f"<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>" if title else text
        yield new_markdown_cell(shown)  # type: ignore[no-untyped-call]


def _show(cell: NotebookNode, says: Fence) -> None:
    """Put an output or error into its cell; with the tag, running all cells does not stop at the error."""
    if says.kind.shows is Shows.PRINTED:
        cell.outputs.insert(0, new_output("stream", name="stdout", text=says.source))  # type: ignore[no-untyped-call]
        return
    line = SUGGESTION.sub("", says.source).strip()
    kind, _, message = line.partition(": ")
    error = new_output("error", ename=kind.split(".")[-1], evalue=message, traceback=[line])  # type: ignore[no-untyped-call]
    cell.outputs.append(error)
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), "raises-exception"]


def _edits(page: Page) -> Iterator[Edit]:
    """Yield what a notebook says otherwise than the page: all that only the site understands."""
    text = blank(page.plain, [m.span() for m in maths(page.plain)])
    for match in FRONT_MATTER.finditer(page.text):
        yield Edit(0, match.end(), "")
    for comment in page.comments:
        yield Edit(comment.start, comment.end, "")
    for fence in page.fences:
        if fence.kind.stands_for:  # text here, and its first line has nothing to say to Jupyter
            yield Edit(page.text.index(" {", fence.start), fence.body_start - 1, "")
    for value in page.values:
        yield Edit(value.text_end + value.text_start - value.start, value.end, "")
    for start, end in find_lists(text):
        yield Edit(start, end, "")
    for match in [*LINK.finditer(text), *IMAGE.finditer(text)]:
        # the site draws the pictures: what is to be seen takes their place
        alone = "> " if text[: match.start()].endswith("\n") else ""
        yield Edit(*match.span("before"), f"{alone}🖼 " if match["before"] == "![" else "")
        yield Edit(*match.span("behind"), "")
    for match in BOX.finditer(text):
        yield Edit(*match.span("tag"), "")
        if "pitfall" in match["tag"]:
            yield Edit(match.end(), match.end(), "⚠ ")
