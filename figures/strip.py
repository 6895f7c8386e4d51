"""Rows of things with arrows between them: the steps of a chain, the turns of a loop, a network unrolled in time."""

from collections.abc import Sequence

from figures.palette import width
from figures.pencil import RADIUS, Drawing, Point, function_width

GAP = 4  # between a thing and the arrow beside it


class Strip:
    """Things in a row, joined by arrows from one to the next; backward: from right to left.

    start: the middle of the first. step: from middle to middle, or where each middle is. An arrow to a soft thing, one
    whose turn has not come, is soft, too.
    """

    def __init__(
        self,
        drawing: Drawing,
        start: Point = (0, 0),
        step: float | Sequence[float] = 100,
        *,
        tone: str = "ink",
        backward: bool = False,
    ) -> None:
        self.drawing = drawing
        self._start, self._step = start, step
        self._tone, self._backward = tone, backward
        self._last: tuple[Point, float, str] | None = None
        self._count = 0

    def next(self, half: float, *, arrow: str | None = "", tone: str = "") -> Point:
        """The middle of the next thing, which is twice half wide, with an arrow to it from the one before.

        arrow: what is written above it; None for none. tone: the thing's.
        """
        at = self._next_place()
        y = at[1]
        if self._last is not None and arrow is not None:
            (left, _), reach, before = self._last
            ends = ((left + reach + GAP, y), (at[0] - half - GAP, y))
            colour = "soft" if (before if self._backward else tone) == "soft" else self._tone
            middle = self.drawing.arrow(*(ends[::-1] if self._backward else ends), colour)
            if arrow:
                self.drawing.text((middle[0], y - 18), arrow, 18, colour, code=True)
        self._last = (at, half, tone)
        self._count += 1
        return at

    def _next_place(self) -> Point:
        x, y = self._start
        if isinstance(self._step, float | int):
            return (x + self._count * self._step, y)
        return (self._step[self._count], y)

    def variable(self, name: str, tone: str | None = None, arrow: str | None = "") -> Point:
        """A variable."""
        at = self.next(RADIUS, arrow=arrow, tone=tone or self._tone)
        self.drawing.variable(at, name, tone=tone or self._tone)
        return at

    def function(self, name: str, tone: str = "forward", arrow: str | None = "") -> Point:
        """A function."""
        at = self.next(function_width(name) / 2, arrow=arrow, tone=tone)
        self.drawing.function(at, name, tone)
        return at

    def fraction(self, over: str, under: str, size: float = 21, tone: str | None = None) -> Point:
        """A fraction."""
        at = self.next(max(len(over), len(under)) * size * 0.24 + 3, tone=tone or self._tone)
        self.drawing.fraction(at, over, under, size, tone or self._tone)
        return at

    def text(self, words: str, tone: str | None = None, *, code: bool = False, arrow: str | None = "") -> Point:
        """A number or a symbol, with nothing around it."""
        at = self.next(width(words, 23, code=code) / 2 + 14, arrow=arrow, tone=tone or self._tone)
        self.drawing.text(at, words, 23, tone or self._tone, code=code)
        return at


def pile(drawing: Drawing, bottom: Point, names: Sequence[str], size: Point, tones: Sequence[str] = ()) -> list[Point]:
    """Boxes on top of one another, the first at the bottom; returns their middles."""
    x, y = bottom
    places = []
    for i, name in enumerate(names):
        tone = tones[i] if tones else "soft"
        at = (x, y - i * (size[1] + 16))
        drawing.box(at, size, tone, "back-fill" if tone == "back" else "fill", corner=7)
        drawing.text(at, name, 20, "text-soft" if tone == "soft" else tone, code=True)
        places.append(at)
    return places


def unrolled(
    drawing: Drawing,
    cell: str,
    inputs: Sequence[str],
    states: Sequence[str],
    outputs: Sequence[str] = (),
    *,
    step: float = 110,
) -> None:
    """One cell at several times: inputs from below, outputs above, and its state to the right.

    states has one more than inputs: the state before the first time.
    """
    if len(states) != len(inputs) + 1 or (outputs and len(outputs) != len(inputs)):
        counts = f"{len(inputs)} inputs, {len(states)} states, {len(outputs)} outputs"
        raise ValueError(f"for each input a state after it, and one before the first; got {counts}")
    half = function_width(cell) / 2
    drawing.text((-step + half + 14, 0), states[0], 21)
    for i, (name, state) in enumerate(zip(inputs, states[1:], strict=True)):
        x = i * step
        drawing.arrow((x - step + half + (28 if i == 0 else GAP), 0), (x - half - GAP, 0), "forward")
        drawing.arrow((x, 84 - RADIUS - GAP), (x, 23 + GAP))
        drawing.variable((x, 84), name)
        drawing.function((x, 0), cell)
        if outputs:
            drawing.arrow((x, -23 - GAP), (x, -84 + RADIUS + GAP))
            drawing.variable((x, -84), outputs[i])
        drawing.text((x + step / 2, -16), state, 19, "forward")
    last = (len(inputs) - 1) * step
    drawing.arrow((last + half + GAP, 0), (last + step - half - GAP, 0), "forward")
