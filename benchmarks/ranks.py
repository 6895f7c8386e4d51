"""What more processes bring: mpiexec -n 2 python -m benchmarks.ranks [--batch N] [--hidden N] [--rounds N].

One round of training a network, by one process and by all of them together, each with its share of the same batch.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import numpy as np

import dezero_lite.functions as F
from dezero_lite.models import MLP
from dezero_lite.optimizers import SGD
from dezero_lite.parallel import Ranks


def trainer(ranks: Ranks | None, batch: int, hidden: int) -> Callable[[], object]:
    """Return a round of training: this rank's share of a batch, or all of it where there are no ranks."""
    random = np.random.default_rng(0)
    x, t = random.standard_normal((batch, 784)).astype(np.float32), random.integers(10, size=batch)
    model = MLP((hidden, hidden, 10), rng=np.random.default_rng(0))
    model(x[:1])
    optimizer = SGD(0.01).setup(model)
    if ranks is not None:
        ranks.average(optimizer)
        x, t = x[ranks.rank :: ranks.size], t[ranks.rank :: ranks.size]

    def round_of() -> None:
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()

    return round_of


def clock(run: Callable[[], object], ranks: Ranks, rounds: int) -> float:
    """Return the median time of a round, in seconds that pass: ranks wait for one another."""
    run()
    samples = []
    for _ in range(rounds):
        ranks.agree("is to begin a round")
        start = time.perf_counter()
        run()
        samples.append(time.perf_counter() - start)
    return ranks.mean(np.median(samples))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and let the first rank say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--batch", type=int, default=512, help="samples, all ranks together")
    parser.add_argument("--hidden", type=int, default=512, help="width of the two hidden layers")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args(arguments)
    with Ranks() as ranks:
        alone = trainer(None, given.batch, given.hidden)
        # the others do nothing meanwhile: they would take cores and memory from the one that is measured
        one = clock(alone if ranks.is_first else (lambda: None), ranks, given.rounds) * ranks.size
        together = clock(trainer(ranks, given.batch, given.hidden), ranks, given.rounds)
        ranks.print(f"network 784-{given.hidden}-{given.hidden}-10, batch {given.batch}")
        ranks.print(f"1 process: {1e3 * one:.1f} ms a round")
        ranks.print(f"{ranks.size} ranks: {1e3 * together:.1f} ms a round, {one / together:.2f} times as fast")


if __name__ == "__main__":
    main()
