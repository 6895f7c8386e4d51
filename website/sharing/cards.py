"""Draws the picture of a page that a shared link shows: its title, step and stage, and its first figure.

The fonts come from packages, so a picture is the same on every machine. It has few colours, and is drawn with them
from the start: reducing a finished picture takes longer than all the rest.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import fontpkg
import resvg_py
from PIL import Image, ImageDraw, ImageFont
from PIL.ImageColor import getrgb

from figures.palette import COLOURS
from website.sharing.wrap import wrap

WIDTH, HEIGHT = 1200, 630  # what the networks ask for
LEFT, RIGHT, BOTTOM = 72, WIDTH - 72, HEIGHT - 48
TONES = ("ink", "text-soft", "soft", "forward", "back")  # each in SHADES steps from paper
FILLS = ("forward-fill", "back-fill", "fill")  # so close to paper that steps would be confused with it
SHADES = 16
CJK = str(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc")
FACES = {"ja": 0, "ko": 1, "en": 0}  # in this file: one Han character has another shape in each language
FIGURE_FONTS = (str(fontpkg.path("Noto Serif", style="italic")), str(fontpkg.path("Source Code Pro")))
MARK = Path(__file__).parents[2] / "docs" / "assets" / "favicon.svg"
NUMBERED = re.compile(r"(\D*\d+[^\s:]*):?\s+(.+)")


class Layout(NamedTuple):
    """Where a figure begins, and beside or above it the title: its width, sizes and how many lines of each."""

    corner: tuple[int, int]
    room: int
    sizes: tuple[tuple[int, int], ...]


BESIDE = Layout((660, 100), 540, ((66, 2), (58, 3), (50, 4), (42, 5)))
BELOW = Layout((500, 322), RIGHT - LEFT, ((68, 1), (60, 1), (54, 1), (48, 2)))


@dataclass(frozen=True)
class Card:
    """What a picture shows. With a step (of so many steps) the title begins with its name; figure is SVG."""

    lang: str
    site: str
    title: str
    stage: str = ""
    step: int = 0
    steps: int = 0
    figure: str = ""


def png(card: Card) -> bytes:
    """The picture of a page. Raises ValueError for a title that has no room."""
    picture = _sheet(card.lang, card.site)
    drawn, layout = figure(card.figure or _mark(180))
    picture.paste(drawn, (RIGHT - drawn.width, (layout.corner[1] + BOTTOM - drawn.height) // 2))
    _title(picture, card, layout)
    if card.stage:
        _stage(picture, card)
    return _encoded(picture)


def landing_png(name: str, said: dict[str, str]) -> bytes:
    """The picture of the page that leads to all languages: the site's name, and a line in each."""
    picture = _sheet("en", "")
    drawn, layout = figure(_mark(180))
    picture.paste(drawn, (RIGHT - drawn.width, layout.corner[1]))
    _write(picture, (LEFT, 290), name, _font("en", 110, 700), "ink")
    for i, (lang, line) in enumerate(said.items()):
        _write(picture, (LEFT, 420 + 64 * i), line, _font(lang, 30, 400), "text-soft")
    return _encoded(picture)


@cache
def figure(svg: str) -> tuple[Image.Image, Layout]:
    """A figure as large as it gets, and where it stands: a wide one below the title."""
    width, height = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', svg)[:2])
    layout = BELOW if width > 1.7 * height else BESIDE
    left, top = layout.corner
    return _raster(svg, min((RIGHT - left) / width, (BOTTOM - top) / height, 1.4)), layout


def _sheet(lang: str, site: str) -> Image.Image:
    picture = Image.new("P", (WIDTH, HEIGHT))
    picture.putpalette(_palette())
    if site:
        picture.paste(_raster(_mark(52)), (LEFT - 4, 48))
        _write(picture, (LEFT + 64, 86), site, _font(lang, 32, 500), "text-soft")
    return picture


def _encoded(picture: Image.Image) -> bytes:
    data = BytesIO()
    picture.save(data, "PNG", compress_level=3)  # a third larger than the default, in half the time
    return data.getvalue()


def _title(picture: Image.Image, card: Card, layout: Layout) -> None:
    """Write the title as large as it fits, the step's name above it."""
    y, title = 136, card.title
    if card.step and (parts := NUMBERED.fullmatch(title)):
        y, title = 188, parts[2]
        _write(picture, (LEFT, y), parts[1], _font(card.lang, 38, 700), "forward")
    for size, most in layout.sizes:
        font = _font(card.lang, size, 700)
        rows = wrap(title, card.lang, font, layout.room)
        if rows and len(rows) <= most:
            for i, row in enumerate(rows):
                _write(picture, (LEFT, y + round(size * (1.35 + 1.25 * i))), row, font, "ink")
            return
    raise ValueError(f"{card.title}: too long for the picture of the page; website/sharing/cards.py has the sizes")


def _stage(picture: Image.Image, card: Card) -> None:
    """The stage at the foot; of a step also how far it is: a mark for each of the course, coloured up to this one."""
    font = _font(card.lang, 27, 400)
    numbered = NUMBERED.fullmatch(card.stage)
    rows = []
    for part in numbered.groups() if numbered else (card.stage,):
        rows += wrap(part, card.lang, font, 400) or [part]
    for i, row in enumerate(reversed(rows)):
        _write(picture, (LEFT, 536 - 38 * i), row, font, "text-soft")
    pen = ImageDraw.Draw(picture)
    for i in range(card.steps if card.step else 0):
        left = LEFT + round(i * 6.5)
        pen.rectangle((left, 562, left + 3, 574), _colour("forward") if i < card.step else _colour("soft", 0.3))


def _write(picture: Image.Image, at: tuple[int, int], text: str, font: ImageFont.FreeTypeFont, tone: str) -> None:
    """Write a line on this base; its ink begins here, so that a full-width bracket does not look indented."""
    left, top, right, bottom = map(round, font.getbbox(text, anchor="ls"))
    letters = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(letters).text((-left, -top), text, 255, font, anchor="ls")
    first, *_ = letters.getbbox() or (0,)
    picture.paste(letters.crop((first, 0, *letters.size)).point(_shades(tone)), (at[0], at[1] + top))


@cache
def _font(lang: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(CJK, size, index=FACES[lang])
    font.set_variation_by_axes([weight])
    return font


@cache
def _mark(size: int) -> str:
    return MARK.read_text("utf-8").replace("<svg ", f'<svg width="{size}" height="{size}" ')


@cache
def _raster(svg: str, zoom: float = 1) -> Image.Image:
    """A drawing in the picture's colours."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=re.sub(r"var\(--[\w-]+, (#\w+)\)", r"\1", svg),
        zoom=zoom,
        background=COLOURS["paper"],
        skip_system_fonts=True,
        font_files=[CJK, *FIGURE_FONTS],
        serif_family="Noto Serif",
        monospace_family="Source Code Pro",
    )
    colours = Image.new("P", (1, 1))
    colours.putpalette(_palette())
    return Image.open(BytesIO(drawn)).convert("RGB").quantize(palette=colours, dither=Image.Dither.NONE)


def _colour(tone: str, strength: float = 1) -> int:
    """The number of a tone's shade in the palette."""
    return TONES.index(tone) * SHADES + round(strength * (SHADES - 1))


@cache
def _shades(tone: str) -> list[int]:
    """The tone's shade for each value of a mask."""
    return [_colour(tone, value / 255) for value in range(256)]


@cache
def _palette() -> list[int]:
    paper = getrgb(COLOURS["paper"])
    colours = [
        round(below + (above - below) * shade / (SHADES - 1))
        for tone in TONES
        for shade in range(SHADES)
        for below, above in zip(paper, getrgb(COLOURS[tone]), strict=True)
    ]
    return colours + [part for tone in FILLS for part in getrgb(COLOURS[tone])]
