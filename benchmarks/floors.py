"""The floor: the same values and gradients in NumPy alone, each derivative worked out by hand.

Matrices are multiplied with np.dot, which takes less time than @.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.adapters import Result


def composite(x: Any) -> Result:
    """Of square(exp(square(x)))."""
    return composite_backward(x, *composite_forward(x))


def composite_forward(x: Any) -> tuple[Any, Any]:
    """Return the output and the one value in between that the way back needs."""
    v = np.exp(x**2)
    return v**2, v


def composite_backward(x: Any, y: Any, v: Any) -> Result:
    """Return the output and the gradient."""
    gv = 2 * v * ones(y)
    return y, [2 * x * gv * v]


def goldstein_price(x: Any, y: Any) -> Result:
    """Of (1 + a² p) (30 + b² q)."""
    a, p = x + y + 1, 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    b, q = 2 * x - 3 * y, 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    u, v = 1 + a**2 * p, 30 + b**2 * q
    ga, gp = 2 * a * p * v, a**2 * v
    gb, gq = 2 * b * q * u, b**2 * u
    g = ga + gp * (-14 + 6 * x + 6 * y)
    gx = g + 2 * gb + gq * (-32 + 24 * x - 36 * y)
    gy = g - 3 * gb + gq * (48 - 36 * x + 54 * y)
    return u * v, [gx, gy]


def rosenbrock(x0: Any, x1: Any, steps: int, rate: float) -> Result:
    """Of a descent; returns the last value and the place reached."""
    for _ in range(steps):
        a, b = x1 - x0**2, x0 - 1
        y = 100 * a**2 + b**2
        ga = 200 * a
        g0, g1 = 2 * b - 2 * x0 * ga, ga
        x0, x1 = x0 - rate * g0, x1 - rate * g1
    return y, [x0, x1]


def diamond(x: Any, doublings: int) -> Result:
    """Of y = y + y, again and again."""
    y, g = x, np.float64(1)
    for _ in range(doublings):
        y = y + y
    for _ in range(doublings):
        g = g + g
    return y, [g]


def chain(x: Any, nodes: int) -> Result:
    """Of y = y * 1.0001 + 0.5, again and again."""
    y, g = x, np.float64(1)
    for _ in range(nodes // 2):
        y = y * 1.0001 + 0.5
    for _ in range(nodes // 2):
        g = g * 1.0001
    return y, [g]


def ladder(x: Any, nodes: int) -> Result:
    """Of a sum of x * x; each x gets its own share."""
    s, g, gs = x * x, np.float64(0), np.float64(1)
    for _ in range(nodes // 2):
        s = s + x * x
    for _ in range(nodes // 2 + 1):
        g = g + gs * x + gs * x
    return s, [g]


def tree(x: Any, nodes: int) -> Result:
    """Of products of pairs, level by level, and back."""
    levels = [[x] * nodes]
    while len(xs := levels[-1]) > 1:
        levels.append([a * b for a, b in zip(xs[::2], xs[1::2], strict=False)] + xs[len(xs) & ~1 :])
    gs = [np.float64(1)]
    for xs in reversed(levels[:-1]):
        pairs = zip(gs, xs[::2], xs[1::2], strict=False)
        gs = [part for g, a, b in pairs for part in (g * b, g * a)] + gs[len(xs) // 2 :]
    g = np.float64(0)
    for part in gs:
        g = g + part
    return levels[-1][0], [g]


def arithmetic(x: Any, w: Any) -> Result:
    """Of u w + w² / (1 + u) - x with u = exp(-x² / 2)."""
    u = np.exp(-x * x / 2)
    d = 1 + u
    q = w**2 / d
    y = u * w + q - x
    gy = ones(y)
    gu = gy * w - gy * q / d
    return y, [-gu * u * x - gy, gy * u + 2 * w * (gy / d)]


def newton(x: Any, steps: int) -> Result:
    """Of Newton's method on x⁴ - 2x²; returns the last value and the place reached."""
    for _ in range(steps):
        y = x**4 - 2 * x**2
        x = x - (4 * x**3 - 4 * x) / (12 * x**2 - 4)
    return y, [x]


def tanh(x: Any) -> Result:
    """Of tanh x and its fifth derivative."""
    y = np.tanh(x)
    y2 = y * y
    return y, [(1 - y2) * (16 - 120 * y2 + 120 * y2 * y2)]


def network(*parameters: Any, x: Any, t: Any, rate: float) -> Result:
    """Of one round of gradient descent; returns the loss and the new parameters."""
    w1, b1, w2, b2 = parameters
    a = np.tanh((np.dot(x, w1) + b1) * 0.5) * 0.5 + 0.5
    y, [g] = loss(np.dot(a, w2) + b2, t)
    gh = np.dot(g, w2.T) * a * (1 - a)
    gradients = [np.dot(x.T, gh), gh.sum(axis=0), np.dot(a.T, g), g.sum(axis=0)]
    return y, [p - rate * g for p, g in zip(parameters, gradients, strict=True)]


def loss(x: Any, t: Any) -> Result:
    """Of softmax and cross-entropy."""
    rows = np.arange(len(t))
    z = x - x.max(axis=1, keepdims=True)
    e = np.exp(z)
    sums = e.sum(axis=1, keepdims=True)
    y = (np.log(sums[:, 0]) - z[rows, t]).sum() / len(t)
    e /= sums
    e[rows, t] -= 1
    e /= len(t)
    return y, [e]


def slices(x: Any) -> Result:
    """Of x[1:] * x[:-1]."""
    g = np.zeros_like(x)
    g[1:] += x[:-1]
    g[:-1] += x[1:]
    return x[1:] * x[:-1], [g]


def chosen(x: Any, places: Any) -> Result:
    """Of x[places]."""
    g = np.zeros_like(x)
    np.add.at(g, places, np.ones_like(x[places]))
    return x[places], [g]


def rnn(w: Any, b: Any, u: Any, xs: Any) -> Result:
    """Of the last state of a recurrent network: back through time."""
    hs = [np.tanh(np.dot(xs[0], w) + b)]
    for x in xs[1:]:
        hs.append(np.tanh(np.dot(x, w) + b + np.dot(hs[-1], u)))
    gh, gw, gb, gu = np.ones_like(hs[-1]), np.zeros_like(w), np.zeros_like(b), np.zeros_like(u)
    for t in reversed(range(len(xs))):
        g = gh * (1 - hs[t] * hs[t])
        gw += np.dot(xs[t].T, g)
        gb += g.sum(axis=0)
        if t:
            gu += np.dot(hs[t - 1].T, g)
            gh = np.dot(g, u.T)
    return hs[-1], [gw, gb, gu]


def lstm(*parameters: Any, xs: Any) -> Result:
    """Of the last state of a long short-term memory: back through time, all gates in one product."""
    w, b, u = (np.concatenate(parts, axis=-1) for parts in (parameters[:4], parameters[4:8], parameters[8:]))
    n = u.shape[0]
    h = c = np.zeros((len(xs[0]), n), xs.dtype)
    kept = []
    for x in xs:
        sums = np.dot(x, w) + b + np.dot(h, u)
        gates, before = np.tanh(sums[:, : 3 * n] * 0.5) * 0.5 + 0.5, (h, c)
        f, i, o = gates[:, :n], gates[:, n : 2 * n], gates[:, 2 * n :]
        g = np.tanh(sums[:, 3 * n :])
        c = f * c + i * g
        shown = np.tanh(c)
        h = o * shown
        kept.append((*before, f, i, o, g, shown))
    gh, gc = np.ones_like(h), np.zeros_like(c)
    gw, gb, gu = np.zeros_like(w), np.zeros_like(b), np.zeros_like(u)
    for x, (before, c_before, f, i, o, g, shown) in zip(xs[::-1], reversed(kept), strict=True):
        gc = gc + gh * o * (1 - shown * shown)
        sums = np.concatenate(
            [gc * c_before * f * (1 - f), gc * g * i * (1 - i), gh * shown * o * (1 - o), gc * i * (1 - g * g)], axis=1
        )
        gw += np.dot(x.T, sums)
        gb += sums.sum(axis=0)
        gu += np.dot(before.T, sums)
        gh, gc = np.dot(sums, u.T), gc * f
    return h, [part for whole in (gw, gb, gu) for part in np.split(whole, 4, axis=-1)]


def ones(y: Any) -> Any:
    """Return the gradient to start from; for a single number ones_like would take longer than all the rest."""
    return np.ones_like(y) if y.ndim else y.dtype.type(1)
