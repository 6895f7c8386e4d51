"""Writes a formula in one line of plain text, as the answers of the search show it."""

import re
from xml.etree import ElementTree

RAISED = str.maketrans("0123456789−n⊤′″‴", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿᵀ′″‴")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
WHOLE = re.compile(r"\d+|[∂d]?[^\W\d][₀-₉¹²³⁰-⁹]*")  # what can stand above or below the line as it is


def mathml_text(formula: str) -> str:
    """Return MathML as text: 1/(1+e^(−x)) for the fraction, which reads 11+e−x where only the tags are taken away."""
    return " ".join(_text(ElementTree.fromstring(formula)).split())


def _text(element: ElementTree.Element) -> str:
    parts = [_text(child) for child in element]
    match element.tag.rpartition("}")[2]:
        case "mfrac":
            return f" {_grouped(parts[0])}/{_grouped(parts[1])} "  # the spaces part it from the next factor
        case "msqrt":
            return f"√{_grouped(''.join(parts))}"
        case "msup":
            return parts[0] + _raised(parts[1])
        case "msub":
            return parts[0] + _lowered(parts[1])
        case "munder":
            return parts[0] + _lowered(parts[1]) + " "
        case "msubsup" | "munderover":
            return parts[0] + _lowered(parts[1]) + _raised(parts[2]) + " "
        case "mspace":
            return " "
    return (element.text or "") + "".join(parts)


def _grouped(text: str) -> str:
    return text.strip() if WHOLE.fullmatch(text.strip()) else f"({text.strip()})"


def _raised(text: str) -> str:
    if all(ord(char) in RAISED for char in text):
        return text.translate(RAISED)
    return f"^{text}" if len(text) == 1 else f"^({text})"


def _lowered(text: str) -> str:
    if text.isdecimal():
        return text.translate(LOWERED)
    return f"_{text}" if len(text) == 1 else f"_({text})"
