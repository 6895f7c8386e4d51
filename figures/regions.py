"""What a network says about each point of a plane: two answers by how sure they are, or several classes."""

import itertools
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator

from figures.axes import Axes

LEVELS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)  # between which answers look alike
STRENGTH = 0.6  # of the surest
TONES = ("forward", "back", "ink")  # of three classes


def draw_regions(axes: Axes, x: np.ndarray, y: np.ndarray, answers: np.ndarray) -> None:
    """Answers from 0 to 1, by rows of y: below a half in one colour, above it in the other."""
    lines: Any = contour_generator(x, y, answers, fill_type=FillType.OuterOffset)
    for low, high in itertools.pairwise(LEVELS):
        middle = (low + high) / 2
        outlines, offsets = lines.filled(low - 1e-9, high)
        for points, ends in zip(outlines, offsets, strict=True):
            rings = [points[start:end] for start, end in itertools.pairwise(ends)]
            tone = "forward" if middle > 0.5 else "back"
            axes.area(rings, tone, STRENGTH * abs(2 * middle - 1))


def draw_classes(axes: Axes, x: np.ndarray, y: np.ndarray, scores: np.ndarray) -> None:
    """Which of some classes has the highest score at each point: scores by class, then by rows of y."""
    for k, tone in enumerate(TONES[: len(scores)]):
        others = np.delete(scores, k, axis=0).max(axis=0)
        lines: Any = contour_generator(x, y, scores[k] - others, fill_type=FillType.OuterOffset)
        for points, ends in zip(*lines.filled(0.0, np.inf), strict=True):
            rings = [points[start:end] for start, end in itertools.pairwise(ends)]
            axes.area(rings, tone, STRENGTH / 2)
