"""Formulas as the answers of the search show them: in one line, and still the same formula."""

import pytest

from website.pages.mathml_text import mathml_text
from website.pages.maths import mathml


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (r"p = \frac{1}{1 + e^{-z}}", "p= 1/(1+e^(−z))"),
        (r"\frac{dy}{dx} = \frac{dy}{du}\frac{du}{dx}", "dy/dx = dy/du du/dx"),
        (r"\frac{(x + \varepsilon)^3}{2\varepsilon}", "((x+ε)³)/(2ε)"),
        (r"-\frac{x_0}{x_1^2}", "− x₀/x₁²"),
        (r"2x^{-10}", "2x⁻¹⁰"),
        (r"e^{2x^2}", "e^(2x²)"),
        (r"\frac{1}{\sqrt{2\pi}}", "1/(√(2π))"),
        (r"f''(x)", "f″(x)"),
        (r"\sum_{n=1}^{N} t_n", "∑_(n=1)^N t_n"),
        (r"\lim_{h \to 0} a_{10}", "lim_(h→0) a₁₀"),
        (r"p > \frac{1}{2}", "p> 1/2"),
    ],
)
def test_a_formula_in_mathml_text(formula: str, text: str) -> None:
    assert mathml_text(mathml(formula, display=True)) == text
