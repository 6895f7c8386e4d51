"""Two drawings of one program look alike, and those of two do not: words, places, colours, images, order."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from doccheck.page.notebook.likeness import difference


def png(pixels: bytes, level: int = 9) -> str:
    """As much of a PNG as decides what it shows, packed more or less well."""
    chunks = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", bytes(13)), (b"IDAT", zlib.compress(pixels, level)), (b"IEND", b"")):
        chunks += struct.pack(">I4s", len(data), kind) + data + bytes(4)
    return base64.b64encode(chunks).decode()


DRAWING = f"""<svg width="40.9pt" viewBox="0 0 40.9 24.5">
<g id="axes_1">
<path id="m66e1d23a7f" d="M 0 0
L 0 3.5
"/>
<use xlink:href="#m66e1d23a7f" x="61.07804" y="206.784" style="stroke: #1f77b4; stroke-width: 1.5"/>
<g id="text_1">
<!-- 1957 -->
<path d="M 2597 2516" transform="scale(0.015625)" clip-path="url(#p1d2)"/>
</g>
<image width="7" xlink:href="data:image/png;base64,{png(b"0" * 99)}"/>
</g>
</svg>
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("206.784", "206.7839"),
        ("61.07804", "61.1"),
        ("m66e1d23a7f", "m0aa"),
        ("p1d2", "pff"),
        (png(b"0" * 99), png(b"0" * 99, 0)),
    ],
)
def test_another_machine_draws_it_a_little_otherwise(old: str, new: str) -> None:
    other = DRAWING.replace(old, new) if old else DRAWING
    assert difference(DRAWING, other) is None
    assert difference(other, DRAWING) is None


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("0 0 40.9", "0 0 60.9", "its beginning"),
        ("L 0 3.5", "L 0 7.5", "axes_1"),
        ("61.07804", "62.5", "axes_1"),
        ('y="206.784"', 'y="-206.784"', "axes_1"),
        ("#1f77b4", "#ff7f0e", "axes_1"),
        ("<!-- 1957 -->", "<!-- 1958 -->", "text_1"),
        ("M 2597 2516", "M 2597 2516 L 3 4", "text_1"),
        (png(b"0" * 99), png(b"0" * 98 + b"1"), "text_1"),
        (png(b"0" * 99), "AAAA", "text_1"),
        ("</svg>", '<text x="6" y="6">peak</text></svg>', "text_1"),
        ("</svg>\n", '</svg>\n<text x="6" y="6">peak</text>', "text_1"),
        ("</svg>\n", "</svg>\n\n", "its end"),
        ('<g id="text_1">\n', "", "text_1"),
    ],
)
def test_what_somebody_would_see_is_named(old: str, new: str, part: str) -> None:
    assert old in DRAWING
    assert difference(DRAWING, DRAWING.replace(old, new)) == part


def test_the_words_of_a_text_are_equal_to_the_digit() -> None:
    assert difference("<text>1957</text>", "<text>1958</text>") == "its beginning"
    assert difference("<path d='1957'/>", "<path d='1958'/>") is None
