"""The outputs of a notebook's cell as nbformat reads them: what they say, and what kinds they are.

Streams and the text of values are compared to the character; of a picture only that it is there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Any

Output = dict[str, Any]

SVG = "image/svg+xml"
PICTURES = {"image/png": "png", SVG: "svg", "image/jpeg": "jpg"}
BEGINNINGS = {
    "image/png": (b"\x89PNG",),
    SVG: (b"<svg", b"<?xml", b"<!DOCTYPE"),
    "image/jpeg": (b"\xff\xd8",),
}
ENDS = {"image/png": (b"IEND\xaeB`\x82",), SVG: (b"</svg>", b"/>"), "image/jpeg": (b"\xff\xd9",)}
ANSI = re.compile(r"\x1b\[[\d;]*m")
PLAIN = "text/plain"
REFUSED = "print text, or display a picture"


def picture(output: Output) -> str | None:
    """Return the kind of the picture that an output holds, None where it holds none."""
    return next((mime for mime in PICTURES if mime in output.get("data", {})), None)


def picture_bytes(output: Output) -> bytes | None:
    """Return the file that an output's picture is; None where that cannot be read."""
    mime = picture(output) or ""
    data = str(output["data"][mime])
    try:
        file = data.encode() if mime == SVG else base64.b64decode(data)
    except ValueError:
        return None
    return file if file.lstrip().startswith(BEGINNINGS[mime]) and file.rstrip().endswith(ENDS[mime]) else None


def shown_text(outputs: Sequence[Output]) -> str:
    """Return all text of a cell's outputs as a reader sees it: printed text, and values on lines of their own."""
    shown = ""
    for output in outputs:
        if output["output_type"] == "stream" and output["name"] == "stdout":
            shown += output["text"]
        elif list(output.get("data", {})) == [PLAIN]:
            shown += "\n" if shown and not shown.endswith("\n") else ""
            shown += f"{output['data'][PLAIN]}\n"
    return shown


def kinds(outputs: Sequence[Output]) -> list[str]:
    """Return what a cell's outputs are, in words and in order; a stream in several pieces is one."""
    found: list[str] = []
    for output in outputs:
        kind = _kind(output)
        if not (output["output_type"] == "stream" and found[-1:] == [kind]):
            found.append(kind)
    return found


def _kind(output: Output) -> str:
    if output["output_type"] == "stream":
        return f"text on {output['name']}"
    if output["output_type"] == "error":
        said = ANSI.sub("", "\n".join(output["traceback"])).rpartition("\n")[2]
        told = f"{output['ename']}: {output['evalue']}"
        return "an error" if said.rstrip(": ") == told.rstrip(": ") else f"an error with the traceback {said!r}"
    mime = picture(output) or next((mime for mime in output["data"] if mime != PLAIN), PLAIN)
    return f"{mime} ({'a value' if output['output_type'] == 'execute_result' else 'displayed'})"


def refused(outputs: Sequence[Output]) -> str | None:
    """Return the kind of an output that is neither text nor picture."""
    mimes = (mime for output in outputs for mime in output.get("data", {}))
    return next((mime for mime in mimes if mime not in (PLAIN, *PICTURES)), None)


def with_pictures(outputs: Sequence[Output], stored: Sequence[Output]) -> list[Output]:
    """Return outputs with the pictures that are stored already; another machine draws them a little otherwise."""
    kept = [output for output in stored if picture(output)]
    if [picture(output) for output in kept] != [picture(output) for output in outputs if picture(output)]:
        return list(outputs)
    left = iter(kept)
    return [{**output, "data": next(left)["data"]} if picture(output) else output for output in outputs]
