"""Networks that learn: their figures, on small programs in the place of the pages, and what these are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dezero_lite.stage3 import Variable
from figures import programs, registry
from figures.axes import Axes
from figures.learning import array_of, draw_confusion, draw_image, draw_images, draw_losses
from figures.pencil import Drawing
from figures.regions import draw_classes
from figures.stage4 import _digits

# each with the names that the figures of its page ask for
PROGRAMS = {
    "stage4/step43": """
import numpy as np

x = np.linspace(0, 1, 20).reshape(-1, 1)
y = np.sin(6 * x)
height = 0.0


def predict(x):
    return np.full((len(x), 1), height)


for i in range(1200):
    loss = ((y - predict(x)) ** 2).mean()
    height += 0.01 * (y.mean() - height)
""",
    "stage4/step48": """
import numpy as np

angle = np.arange(9) * 2 * np.pi / 9
x = np.stack([np.cos(angle), np.sin(angle)], axis=1)
t = np.repeat([0, 1, 2], 3)
arms = np.zeros((2, 3))


def model(x):
    return x @ arms


losses = []
for epoch in range(60):
    arms = arms + 0.1 * (x.T @ np.eye(3)[t])
    losses.append(10.0 / (epoch + 1))
""",
    "stage4/step51": """
import numpy as np
from types import SimpleNamespace

rng = np.random.default_rng(0)
test_set = [(rng.uniform(size=64), i % 10) for i in range(50)]


class Model:
    l0 = SimpleNamespace(W=rng.normal(size=(64, 30)))

    def __call__(self, x):
        answers = np.eye(10)[np.arange(50) % 10]
        answers[3] = answers[7]
        return answers


model = Model()
""",
}


@pytest.fixture
def _pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "pyproject.toml").write_text('[tool.doccheck]\nlanguages = ["en"]\n')
    for name, program in PROGRAMS.items():
        path = tmp_path / "docs" / "en" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Page {{#page}}\n\n```python\n{program.strip()}\n```\n")
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    monkeypatch.setattr(programs, "PAGES", tmp_path / "docs" / "en")
    _digits.digits.cache_clear()
    yield
    _digits.digits.cache_clear()


@pytest.mark.usefixtures("_pages")
@pytest.mark.parametrize(
    ("name", "count"),
    [("step43_fit", 3), ("step48_regions", 2), ("step51_weights", 1), ("step51_wrong", 1), ("step51_confusion", 1)],
)
def test_a_figure_shows_what_the_program_of_its_page_computes(name: str, count: int) -> None:
    drawings = registry.drawn(name)
    assert len(drawings) == count
    svgs = [drawing.svg() for drawing in drawings]
    assert svgs == [drawing.svg() for drawing in registry.drawn(name)]
    assert all("NaN" not in svg and "nan" not in svg for svg in svgs)
    assert len(set(svgs)) == count


@pytest.mark.usefixtures("_pages")
def test_the_wrong_digits_are_those_that_the_network_takes_for_others() -> None:
    (drawing,) = registry.drawn("step51_wrong")
    assert re.findall(r">(\d → \d)<", drawing.svg()) == ["3 → 7"]


@pytest.mark.usefixtures("_pages")
def test_the_confusion_matrix_counts() -> None:
    (drawing,) = registry.drawn("step51_confusion")
    counts = re.findall(
        r'font-size="[\d.]+" text-anchor="middle" fill="var\(--figure-(ink|back)[^>]*>(\d+)<', drawing.svg()
    )
    assert counts == [*[("ink", "5")] * 3, ("ink", "4"), ("back", "1"), *[("ink", "5")] * 6]


def test_the_data_of_a_variable_and_an_array_are_arrays() -> None:
    values = np.array([1.0, 2.0])
    assert array_of(values) is values
    assert array_of(Variable(values)).tolist() == [1.0, 2.0]
    assert array_of(np.float64(3.0)).item() == 3


@pytest.mark.parametrize(
    ("count", "ticks"), [(201, ["0", "100", "200"]), (10000, ["0", "5000", "10000"]), (60, ["0", "30", "60"])]
)
def test_the_loss_curve_ends_at_its_round(count: int, ticks: list[str]) -> None:
    drawing = Drawing()
    draw_losses(drawing, list(np.linspace(2.5, 0.5, count)), count - 1, "i", (0, 0), (100, 50))
    texts = re.findall(r">([^<>]+)</text>", drawing.svg())
    assert texts == ["0", "2", *ticks, "i", "loss"]
    (x, y) = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawing.svg())[0]
    assert float(x) == pytest.approx(100, rel=0.02)
    assert float(y) == pytest.approx(40)


def test_an_image_has_a_shade_for_each_strength_and_a_colour_for_each_sign() -> None:
    drawing = Drawing()
    draw_image(drawing, np.array([[0.0, 1.0, 1.0], [-0.5, 0.0, 0.5]]), (0, 0), 10)
    found = re.findall(r'<path d="([^"]*)" fill="var\(--figure-(\w+)[^"]*" fill-opacity="([\d.]+)"', drawing.svg())
    assert [(tone, strength) for _, tone, strength in found] == [("back", "0.5"), ("forward", "0.5"), ("forward", "1")]
    assert found[2][0] == "M10 0L30 0L30 10L10 10Z"  # two squares of one shade are one


def test_images_of_one_figure_have_one_scale() -> None:
    drawing = draw_images([np.array([[1.0]]), np.array([[2.0]])], ["a", "b"], columns=2, cell=10)
    assert re.findall(r'fill-opacity="([\d.]+)"', drawing.svg()) == ["0.5", "1"]


def test_a_confusion_matrix_has_a_row_for_each_label() -> None:
    svg = draw_confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), ("t", "y"), 2).svg()
    counts = re.findall(r'<text x="(\d+)" y="([\d.]+)"[^>]*fill="var\(--figure-(ink|back)[^>]*>(\d)<', svg)
    assert [(x, tone, count) for x, _, tone, count in counts] == [
        ("17", "ink", "1"),
        ("51", "back", "1"),
        ("51", "ink", "1"),
    ]


def test_each_class_has_the_places_where_its_score_is_the_highest() -> None:
    drawing = Drawing()
    places = np.linspace(0, 1, 3)
    axes = Axes(drawing, (0, 1), (0, 1), size=(100, 100))
    left = np.tile(1 - places, (3, 1))
    draw_classes(axes, places, places, np.stack([left, 1 - left]))
    areas = re.findall(r'<path d="([^"]*)" fill="var\(--figure-(\w+)', drawing.svg())
    assert [tone for _, tone in areas] == ["forward", "back"]
    for (outline, _), (low, high) in zip(areas, [(0, 50), (50, 100)], strict=True):
        xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", outline)]
        assert (min(xs), max(xs)) == (low, high)
