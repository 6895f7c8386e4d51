"""How an author writes what the rules ask for: in Markdown, and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass

RAISES = "raises-exception"  # Jupyter's own mark for a cell that may fail without stopping the notebook


@dataclass(frozen=True)
class Spelling:
    """The words of messages that are not the same for every kind of page; in templates, {} is filled in.

    value and alt are templates: of inline code with its text, of a picture with its address.
    """

    example: str
    this_example: str
    no_python: str
    value: str
    value_place: str
    quoted: str
    quoted_mark: str
    quoted_place: str
    heading_id: str
    output: str
    no_output: str
    error: str
    alt: str


MARKDOWN = Spelling(
    example="the example",
    this_example="this example",
    no_python="fix this line",
    value='`{}`{{ data-expr="…" }}',
    value_place="right behind",
    quoted="{ .quoted }",
    quoted_mark=".quoted",
    quoted_place="behind",
    heading_id="{#id} behind it",
    output="this fence",
    no_output="no output fence follows",
    error="show it in a ```text { .error } fence",
    alt="write ![what it shows]({})",
)
NOTEBOOK = Spelling(
    example="the cell",
    this_example="this cell",
    no_python="fix this line; magics and shell lines work in Jupyter only",
    value='<span data-expr="…">`{}`</span>',
    value_place="around",
    quoted='<span class="quoted">',
    quoted_mark='class="quoted"',
    quoted_place="around",
    heading_id='<a id="…"></a> at its end',
    output="this output",
    no_output="stores no output",
    error=f'give the cell the tag "{RAISES}"',
    alt='say what it shows in the cell\'s metadata, as "alt"',
)
