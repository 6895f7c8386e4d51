"""Breaks a title into lines: Japanese between phrases, Korean and English between words, all about equally long."""

import re

from PIL.ImageFont import FreeTypeFont

from website.pages.phrases import phrases


def break_points(text: str, lang: str) -> list[str]:
    """The parts of a text between which a line may end; joined they are the text."""
    if lang == "ja":
        return phrases(text)
    return re.findall(r"\S+(?:\s+\d\S*)?\s*", text)  # "stage 2" stays whole


def wrap(text: str, lang: str, font: FreeTypeFont, room: float) -> list[str] | None:
    """The fewest lines that are no wider than the room, and of those the most even; None if a part is wider."""
    parts = [(part, font.getlength(part)) for part in break_points(text, lang)]
    widest = max(width for _, width in parts)
    if widest > room:
        return None
    best = _filled(parts, room)
    while room > widest and len(tried := _filled(parts, room)) == len(best):
        best = tried
        room -= 10
    return best


def _filled(parts: list[tuple[str, float]], room: float) -> list[str]:
    """Each line as full as it gets."""
    found, used = [""], 0.0
    for part, width in parts:
        if used and used + width > room:
            found.append("")
            used = 0.0
        found[-1] += part
        used += width
    return [line.rstrip() for line in found]
