"""Training in two processes that mpiexec starts: the same as one, and no rank waits for another that has failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.site_facts import ROOT

MPIEXEC = Path(sys.executable).parent / "mpiexec"
BEGINNING = """
import sys, os, signal
import numpy as np
import dezero_lite.functions as F
from dezero_lite import datasets, optimizers
from dezero_lite.dataloaders import DataLoader
from dezero_lite.models import MLP
from dezero_lite.parallel import Ranks
"""


def run(program: str, ranks: int = 2) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [str(MPIEXEC), "-n", str(ranks), sys.executable, "-c", BEGINNING + program]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)


TRAIN = """
def train(ranks):
    model = MLP((16, 10), activation=F.relu, rng=np.random.default_rng(0 if ranks is None else ranks.rank))
    model(np.zeros((1, 64), np.float32))
    optimizer = optimizers.Adam(0.01).setup(model)
    data, batch = datasets.Digits(), 64
    if ranks is not None:
        ranks.same_start(model)
        ranks.average(optimizer)
        data, batch = ranks.part(data), batch // ranks.size
    losses = []
    for i, (x, t) in enumerate(DataLoader(data, batch, shuffle=False)):
        if i == 12:
            break
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(float(loss.data) if ranks is None else ranks.mean(loss))
    states = [part for state in optimizer.states.values() for part in state]
    return model, losses, states

with Ranks() as ranks:
    model, losses, states = train(ranks)
    numbers = [p.data.tobytes() for p in model.params()] + [np.asarray(s).tobytes() for s in states]
    everywhere = ranks.comm.allgather(numbers)
    ranks.print(ranks.size, "the same everywhere", all(other == numbers for other in everywhere))
    alone, expected, _ = train(None)
    ranks.print("as one", np.allclose(losses, expected, rtol=1e-4), [len(numbers), len(losses)])
    close = [np.allclose(p.data, q.data, atol=1e-4) for p, q in zip(model.params(), alone.params())]
    ranks.print("parameters", close)
"""


@pytest.mark.parametrize("ranks", [1, 2, 3])
def test_ranks_learn_the_same_as_one_process(ranks: int) -> None:
    program = TRAIN if ranks < 3 else TRAIN.replace("batch = datasets.Digits(), 64", "batch = datasets.Digits(), 63")
    done = run(program, ranks)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f"{ranks} the same everywhere True\nas one True [16, 12]\nparameters [True, True, True, True]\n"
    )


FAILS = {
    "an error": ("raise ValueError('a bad sample')", "ValueError: a bad sample"),
    "the end": ("sys.exit(0)", "SystemExit: 0"),
}


@pytest.mark.parametrize("name", FAILS)
def test_a_rank_that_fails_ends_the_others_with_a_message(name: str) -> None:
    deed, message = FAILS[name]
    done = run(
        f"with Ranks() as ranks:\n    if ranks.rank == 1:\n        {deed}\n    ranks.mean(1)\n    print('late')\n"
    )
    assert done.returncode != 0
    assert "late" not in done.stdout
    assert message in done.stderr
    assert f"rank 1 of 2 has ended with {message.split(':')[0]}; so the others are stopped" in done.stderr


def test_a_rank_that_is_killed_ends_the_others() -> None:
    done = run(
        "with Ranks() as ranks:\n    if ranks.rank == 1:\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    ranks.mean(1)\n    print('late')\n"
    )
    assert done.returncode != 0
    assert "late" not in done.stdout
    assert "Killed (signal 9)" in done.stdout + done.stderr


def test_a_rank_with_fewer_batches_is_named_and_nobody_waits_for_it() -> None:
    done = run("with Ranks() as ranks:\n    for i in range(2 - ranks.rank):\n        ranks.mean(i)\n")
    assert done.returncode != 0
    said = "rank 0 asks for a mean, but rank 1 is at the end of its program; every rank needs as many batches"
    assert said in done.stderr
