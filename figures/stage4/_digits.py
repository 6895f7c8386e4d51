"""The digits of step 51: the page's network and what it says of the digits that it has not learned from."""

from functools import cache
from typing import Any

import numpy as np

from figures.learning import array_of
from figures.programs import Run

PAGE = "stage4/step51"  # its program has model, a network with a first layer l0, and test_set, a data set


@cache
def digits() -> tuple[Any, np.ndarray, np.ndarray, np.ndarray]:
    """The network, the images of the test set as rows, their labels and the network's answers."""
    names = Run(PAGE).names
    pairs = [names["test_set"][i] for i in range(len(names["test_set"]))]
    images = np.array([array_of(image) for image, _ in pairs])
    labels = np.array([int(label) for _, label in pairs])
    return names["model"], images, labels, array_of(names["model"](images)).argmax(axis=1)
