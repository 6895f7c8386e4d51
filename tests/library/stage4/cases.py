"""One row for each function of stage 4: the same in autograd.numpy, and random inputs of random shapes for both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
from hypothesis import strategies as st

from dezero_lite import stage4 as ours

Shape = tuple[int, ...]
Draw = Callable[[st.SearchStrategy], Any]


class Case(NamedTuple):
    """A function of stage 4, the same in autograd.numpy, and the inputs of both."""

    ours: Callable[..., Any]
    theirs: Callable[..., Any]
    xs: list[np.ndarray]


SHAPES = st.lists(st.integers(1, 4), max_size=4).map(tuple)
LONG = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple)


def array(draw: Draw, shape: Shape) -> np.ndarray:
    """Numbers that are all different, far from 0 and from one another: no kink and no tie is near."""
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    size = int(np.prod(shape))
    numbers = (rng.permutation(size) + rng.uniform(0.3, 0.7, size)) / max(size, 1)
    return (numbers * rng.choice([-1.0, 1.0], size) * 2).reshape(shape)


def axes_of(draw: Draw, shape: Shape) -> Any:
    """None, one axis, or several of them, counted from either end."""
    if not shape:
        return None
    one = st.integers(-len(shape), len(shape) - 1)
    several = st.lists(st.integers(0, len(shape) - 1), unique=True).map(tuple)
    return draw(st.none() | one | several)


def stretched(draw: Draw, longer: Shape) -> Shape:
    """A shape that NumPy stretches to the longer one."""
    kept = longer[draw(st.integers(0, len(longer))) :]
    return tuple(1 if draw(st.booleans()) else length for length in kept)


def reshape(draw: Draw) -> Case:
    shape = draw(SHAPES)
    size = int(np.prod(shape))
    other = draw(st.sampled_from([(size,), (1, size), (size, 1, 1), (-1,), shape[::-1]]))
    by = draw(st.sampled_from([lambda x: ours.reshape(x, other), lambda x: x.reshape(*other)]))
    return Case(by, lambda x: anp.reshape(x, other), [array(draw, shape)])


def transpose(draw: Draw) -> Case:
    shape = draw(SHAPES)
    axes = draw(st.permutations(range(len(shape))))
    axes = [axis - len(shape) if draw(st.booleans()) else axis for axis in axes]
    if draw(st.booleans()):
        return Case(lambda x: x.T, anp.transpose, [array(draw, shape)])
    by = draw(st.sampled_from([lambda x: ours.transpose(x, axes), lambda x: x.transpose(*axes)]))
    return Case(by, lambda x: anp.transpose(x, [axis % len(shape) for axis in axes]), [array(draw, shape)])


def reduction(name: str, draw: Draw) -> Case:
    shape, kept = draw(SHAPES), draw(st.booleans())
    axis = axes_of(draw, shape)
    their_axis = axis
    if name in ("max", "min") and axis == ():
        axis = their_axis = None  # autograd takes no maximum along no axis
    options = {"axis": axis, "keepdims": kept}
    return Case(
        lambda x: getattr(ours, name)(x, **options),
        lambda x: getattr(anp, name)(x, axis=their_axis, keepdims=kept),
        [array(draw, shape)],
    )


def broadcast_to(draw: Draw) -> Case:
    longer = draw(SHAPES)
    x = array(draw, stretched(draw, longer))
    return Case(lambda x: ours.broadcast_to(x, longer), lambda x: x + anp.zeros(longer), [x])


def sum_to(draw: Draw) -> Case:
    longer = draw(SHAPES)
    shape = stretched(draw, longer)
    front = len(longer) - len(shape)
    axes = (*range(front), *[front + i for i, length in enumerate(shape) if length == 1])
    return Case(
        lambda x: ours.sum_to(x, shape),
        lambda x: anp.reshape(anp.sum(x, axes), shape),
        [array(draw, longer)],
    )


def operators(draw: Draw) -> Case:
    """Two operands that NumPy stretches to one another."""
    longer = draw(SHAPES)
    x0, x1 = array(draw, stretched(draw, longer)), array(draw, stretched(draw, longer))
    f = draw(st.sampled_from([lambda a, b: a * b + a, lambda a, b: a / b - b, lambda a, b: (a - b) ** 3]))
    return Case(f, f, [x0, x1])


def matmul(draw: Draw) -> Case:
    n, d, h = (draw(st.integers(1, 4)) for _ in range(3))
    front = draw(st.lists(st.integers(1, 3), max_size=2).map(tuple))
    left = draw(st.sampled_from([(d,), (n, d), (*stretched(draw, front), n, d)]))
    right = draw(st.sampled_from([(d,), (d, h), (*stretched(draw, front), d, h)]))
    f = draw(st.sampled_from([ours.matmul, lambda x, W: x @ W]))
    return Case(f, anp.matmul, [array(draw, left), array(draw, right)])


def linear(draw: Draw) -> Case:
    d, h = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    front = draw(st.lists(st.integers(1, 3), max_size=3).map(tuple))
    xs = [array(draw, (*front, d)), array(draw, (d, h)), array(draw, (h,))][: draw(st.integers(2, 3))]
    return Case(ours.linear, lambda x, W, *b: anp.matmul(x, W) + (b[0] if b else 0.0), xs)


def each(f: Callable, theirs: Callable, draw: Draw) -> Case:
    """A function of one input, element by element."""
    return Case(f, theirs, [array(draw, draw(SHAPES))])


def their_softmax(x: Any, axis: int) -> Any:
    e = anp.exp(x)
    return e / anp.sum(e, axis, keepdims=True)


def softmax(name: str, draw: Draw) -> Case:
    shape = draw(LONG)
    axis = draw(st.integers(-len(shape), len(shape) - 1))
    given = {} if axis == -1 and draw(st.booleans()) else {"axis": axis}
    change = anp.log if name == "log_softmax" else (lambda y: y)
    return Case(
        lambda x: getattr(ours, name)(x, **given), lambda x: change(their_softmax(x, axis)), [array(draw, shape)]
    )


def softmax_cross_entropy(draw: Draw) -> Case:
    shape = draw(LONG)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    t = rng.integers(shape[-1], size=shape[:-1])
    ignore = draw(st.sampled_from([None, -100, 0]))
    counts = np.ones(t.shape, bool)
    if ignore is not None:
        t = np.where(rng.random(t.shape) < 0.3, ignore, t)
        t.reshape(-1)[:1] = shape[-1] - 1
        counts = t != ignore
    if not counts.any():
        ignore, counts = None, np.ones(t.shape, bool)
    onehot = (t[..., None] == np.arange(shape[-1])) * counts[..., None]
    labels: Any = draw(st.sampled_from([t, t.astype(np.int8), ours.Variable(t), t.tolist()]))

    def theirs(x: Any) -> Any:
        return -anp.sum(onehot * anp.log(their_softmax(x, -1))) / counts.sum()

    return Case(lambda x: ours.softmax_cross_entropy(x, labels, ignore=ignore), theirs, [array(draw, shape)])


def mean_squared_error(draw: Draw) -> Case:
    shape = draw(LONG)
    xs = [array(draw, shape), array(draw, shape)]
    return Case(ours.mean_squared_error, lambda a, b: anp.sum((a - b) ** 2) / len(a), xs)


def get_item(draw: Draw) -> Case:
    x = array(draw, draw(LONG))
    n = len(x)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    places = [
        0,
        -1,
        slice(None),
        slice(1, None),
        slice(None, None, -1),
        slice(None, None, 2),
        ...,
        None,
        (None, 0),
        (..., 0),
        rng.integers(-n, n, 3),
        rng.integers(n, size=(2, 2)),
        [0, 0],
        np.array([], int),
        x > 0,
        np.arange(n) > 0,
        (rng.integers(n, size=3), ...),
        (..., [0, 0, -1]),
        ours.Variable(rng.integers(n, size=4)),
    ]
    place: Any = draw(st.sampled_from(places))
    theirs = place.data if isinstance(place, ours.Variable) else place
    f = draw(st.sampled_from([lambda v: ours.get_item(v, place), lambda v: v[place]]))
    return Case(f, lambda v: v[theirs], [x])


def concatenate(draw: Draw) -> Case:
    shape = draw(LONG)
    axis = draw(st.integers(-len(shape), len(shape) - 1))
    lengths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    at = axis % len(shape)
    xs = [array(draw, (*shape[:at], length, *shape[at + 1 :])) for length in lengths]
    return Case(lambda *xs: ours.concatenate(xs, axis), lambda *xs: anp.concatenate(xs, axis), xs)


def stack(draw: Draw) -> Case:
    shape = draw(SHAPES)
    axis = draw(st.integers(-len(shape) - 1, len(shape)))
    xs = [array(draw, shape) for _ in range(draw(st.integers(1, 3)))]
    return Case(lambda *xs: ours.stack(xs, axis), lambda *xs: anp.stack(xs, axis), xs)


def where(draw: Draw) -> Case:
    longer = draw(SHAPES)
    condition = np.asarray(array(draw, stretched(draw, longer)) > 0)
    xs = [array(draw, stretched(draw, longer)) for _ in range(2)]
    given: Any = draw(st.sampled_from([condition, ours.Variable(condition), condition.tolist()]))
    # autograd's where does not sum what was stretched
    return Case(lambda a, b: ours.where(given, a, b), lambda a, b: condition * a + (1 - condition) * b, xs)


def their_sigmoid(x: Any) -> Any:
    return 1 / (1 + anp.exp(-x))


# A new function without a row fails (see test_functions). With each, the step that teaches it.
TABLE: dict[str, tuple[int, Callable[[Draw], Case]]] = {
    "reshape": (38, reshape),
    "transpose": (38, transpose),
    "sum": (39, partial(reduction, "sum")),
    "mean": (39, partial(reduction, "mean")),
    "max": (39, partial(reduction, "max")),
    "min": (39, partial(reduction, "min")),
    "broadcast_to": (40, broadcast_to),
    "sum_to": (40, sum_to),
    "operators": (40, operators),
    "matmul": (41, matmul),
    "mean_squared_error": (42, mean_squared_error),
    "linear": (43, linear),
    "sigmoid": (43, partial(each, ours.sigmoid, their_sigmoid)),
    "get_item": (47, get_item),
    "softmax": (47, partial(softmax, "softmax")),
    "log_softmax": (47, partial(softmax, "log_softmax")),
    "softmax_cross_entropy": (47, softmax_cross_entropy),
    "relu": (51, partial(each, ours.relu, lambda x: anp.where(x > 0, x, 0.0))),
    "leaky_relu": (51, partial(each, ours.leaky_relu, lambda x: anp.where(x > 0, x, 0.2 * x))),
    "concatenate": (51, concatenate),
    "stack": (51, stack),
    "where": (51, where),
    "clip": (51, partial(each, lambda x: ours.clip(x, -0.5, 1.01), lambda x: anp.clip(x, -0.5, 1.01))),
}
