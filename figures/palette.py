"""Colours, letters and dashes of the figures, by name.

A colour is a name ("ink", "back" …) that the page's style sheet fills in, so one drawing serves light and dark; the
fallback beside each is for the SVG file when it is opened alone.
"""

COLOURS = {
    "ink": "#20262b",
    "soft": "#7d8489",
    "text-soft": "#51595f",
    "paper": "#fdfcf9",
    "fill": "#f5f2eb",
    "forward": "#17615a",
    "forward-fill": "#e8eeea",
    "back": "#ad4327",
    "back-fill": "#f7ebe4",
}
MATHS = "'STIX Two Text', 'STIX Two Math', Cambria, 'Latin Modern Roman', 'Times New Roman', 'DejaVu Serif', serif"
CODE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
CODE_SIZE = 0.86  # code letters look larger than those of formulas
DASHES = {"": "", "dashed": "7 5", "loose": "5 6", "dotted": "2 5", "fine": "1 5"}

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NARROW = frozenset(" .,:;|!′'()[]⁻⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ˣ")


def colour(name: str) -> str:
    """A colour of the figures as CSS; "none" stays."""
    return name if name == "none" else f"var(--figure-{name}, {COLOURS[name]})"


def width(words: str, size: float, *, code: bool = False) -> float:
    """About how wide words are; for formulas an estimate, since readers' fonts differ."""
    if code:
        return 0.61 * CODE_SIZE * size * len(words)
    narrow = sum(letter in _NARROW for letter in words)
    capitals = sum(letter.isupper() for letter in words)
    return size * (0.43 * narrow + 0.6 * (len(words) - narrow) + 0.2 * capitals)


def number(value: float) -> str:
    """A number as a figure shows it: four digits, or all of a count's, and a minus sign that is one."""
    digits = 5 if value == round(value) else 4
    return f"{value:.{digits}g}".replace("-", "−")


def power_of_ten(exponent: int) -> str:
    """The power of ten with this exponent."""
    return "1" if exponent == 0 else "10" + superscript(str(exponent))


def superscript(words: str) -> str:
    """Digits as an exponent."""
    return words.replace("−", "-").translate(_SUPERSCRIPTS)


def indexed(letter: str, index: int) -> str:
    """A letter with an index below it."""
    return letter + str(index).translate(_SUBSCRIPTS)
