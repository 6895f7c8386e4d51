"""Whether two drawings in SVG look alike: one that a notebook stores, and one that running its program has drawn.

Names that a program has made up may differ, and lines may lie a little beside one another; words, colours and the
order of all parts must be the same, and the pixels of images within them.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
import struct
import zlib

NAME = re.compile(r'(?:\bid="|href="#|url\(#)[\w.-]+')  # matplotlib makes them of what they name
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
PART = re.compile(r'<g id="([\w.-]+)"')
IMAGE = re.compile(r'data:image/png;base64,([^"]*)')
WORDS = ("<!--", "<text", "<title", "<desc")  # matplotlib writes down as a comment what its curves spell
SHARE, LEAST = 1e-3, 0.1  # by how much a number may differ: of a place, in points


def difference(stored: str, drawn: str) -> str | None:
    """Return the part, by its id, from which on the stored drawing looks otherwise; None where both look alike."""
    if stored == drawn:
        return None
    part = "its beginning"
    ours, theirs = (IMAGE.sub(_pixels, text).split("\n") for text in (stored, drawn))
    for mine, other in zip(ours, theirs, strict=False):
        part = found[1] if (found := PART.search(mine)) else part
        if not _alike(mine, other):
            return part
    return None if len(ours) == len(theirs) else "its end"


def _alike(mine: str, other: str) -> bool:
    if mine == other:
        return True
    mine, other = (NAME.sub("", line) for line in (mine, other))
    if any(sign in mine for sign in WORDS) or NUMBER.sub("", mine) != NUMBER.sub("", other):
        return mine == other
    numbers = zip(NUMBER.findall(mine), NUMBER.findall(other), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=SHARE, abs_tol=LEAST) for a, b in numbers)


def _pixels(image: re.Match[str]) -> str:
    """Return a digest of what a PNG shows, however well its bytes were packed; of all its bytes where it is none."""
    try:
        data = base64.b64decode(image[1])
        shown, at = b"", 8
        while at < len(data):
            length, kind = struct.unpack_from(">I4s", data, at)
            shown += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
            at += length + 12
        digest = hashlib.sha256(zlib.decompress(shown)).hexdigest()
    except (ValueError, struct.error, zlib.error):
        digest = hashlib.sha256(image[1].encode()).hexdigest()
    return "image " + digest.translate(str.maketrans("0123456789", "ghijklmnop"))  # no numbers that could be near
