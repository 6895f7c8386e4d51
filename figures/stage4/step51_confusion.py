"""Step 51: which digits are taken for which."""

from figures.learning import draw_confusion
from figures.pencil import Drawing
from figures.stage4._digits import PAGE as PAGE
from figures.stage4._digits import digits

CLASSES = 10


def draw() -> Drawing:
    """A row for each label, a column for each answer; mistakes lie beside the diagonal."""
    _, _, labels, answers = digits()
    return draw_confusion(labels, answers, ("t", "y"), CLASSES)
