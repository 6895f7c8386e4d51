"""Data-parallel training among threads that stand for processes; with real ones, see tests/optional/test_mpi.py."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite import parallel
from dezero_lite.datasets import Dataset, Digits
from dezero_lite.layers import BatchNorm
from dezero_lite.models import MLP
from dezero_lite.optimizers import SGD, ClipGrad
from dezero_lite.parallel import Part, Ranks
from dezero_lite.stage4 import Linear, Parameter, Variable


class Together:
    """As much of MPI's communicator as Ranks uses, for threads."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.barrier = threading.Barrier(size, timeout=20)
        self.given: list[Any] = [None] * size
        self.messages = 0
        self.aborted: list[int] = []

    def of(self, rank: int) -> One:
        return One(self, rank)


class One:
    """The communicator as one thread sees it."""

    def __init__(self, all_of: Together, rank: int) -> None:
        self.all_of, self.rank = all_of, rank

    def Get_rank(self) -> int:  # noqa: N802
        return self.rank

    def Get_size(self) -> int:  # noqa: N802
        return self.all_of.size

    def allgather(self, x: Any) -> list[Any]:
        self.all_of.given[self.rank] = x
        self.all_of.barrier.wait()
        found = list(self.all_of.given)
        self.all_of.barrier.wait()
        return found

    def Allreduce(self, x: np.ndarray, y: np.ndarray) -> None:  # noqa: N802
        assert x.flags.c_contiguous
        assert (x.dtype, x.shape) == (y.dtype, y.shape)
        self.all_of.messages += self.rank == 0
        y[...] = np.sum(self.allgather(x.copy()), axis=0, dtype=x.dtype)

    def Bcast(self, x: np.ndarray, root: int) -> None:  # noqa: N802
        x[...] = self.allgather(x.copy())[root]

    def Abort(self, code: int) -> None:  # noqa: N802
        self.all_of.aborted.append(code)
        self.all_of.barrier.abort()


def together(size: int, program: Callable[[Ranks], Any]) -> tuple[list[Any], list[BaseException | None], Together]:
    """What a program gives on each rank, and what it raises there."""
    world = Together(size)
    results: list[Any] = [None] * size
    errors: list[BaseException | None] = [None] * size

    def run(rank: int) -> None:
        try:
            with Ranks(world.of(rank)) as ranks:
                results[rank] = program(ranks)
        except BaseException as error:
            errors[rank] = error

    threads = [threading.Thread(target=run, args=(rank,)) for rank in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, errors, world


def net(seed: int) -> MLP:
    model = MLP((8, 10), rng=np.random.default_rng(seed))
    model(np.zeros((1, 64), np.float32))
    return model


@pytest.mark.parametrize("size", [1, 2, 4])
def test_the_gradient_of_the_parts_is_that_of_the_whole(size: int) -> None:
    data = Digits()
    model = net(0)
    loss = F.softmax_cross_entropy(model(data.data[:40]), data.label[:40])
    loss.backward()
    expected = [p.grad.data for p in model.params() if p.grad is not None]

    def program(ranks: Ranks) -> list[np.ndarray]:
        own, part = net(0), ranks.part(data)
        x, t = zip(*[part[i] for i in range(40 // size)], strict=True)
        F.softmax_cross_entropy(own(np.array(x)), np.array(t)).backward()
        ranks.average_gradients(list(own.params()))
        return [p.grad.data for p in own.params() if p.grad is not None]

    results, errors, world = together(size, program)
    assert errors == [None] * size
    assert world.messages == 1  # for all four parameters
    for grads in results:
        for grad, one, whole in zip(grads, results[0], expected, strict=True):
            np.testing.assert_array_equal(grad, one)
            np.testing.assert_allclose(grad, whole, atol=1e-7)
            assert grad.dtype == np.float32
            assert grad.shape == whole.shape


def test_every_rank_starts_with_what_the_first_one_has() -> None:
    def program(ranks: Ranks) -> list[np.ndarray]:
        model = net(ranks.rank)
        model.named_params()["l1/b"].data = np.full(10, float(ranks.rank), np.float32)
        ranks.same_start(model)
        return [p.data for p in model.params()]

    results, errors, _ = together(3, program)
    assert errors == [None] * 3
    expected = [*[p.data for p in net(0).params()][:3], np.zeros(10)]
    for found in results:
        for ours, theirs in zip(found, expected, strict=True):
            np.testing.assert_array_equal(ours, theirs)
    assert all(a is not b for a, b in zip(results[0], results[1], strict=True))


def test_the_running_means_of_a_batch_norm_start_alike_too() -> None:
    def program(ranks: Ranks) -> list[np.ndarray]:
        layer = BatchNorm()
        layer(np.random.default_rng(ranks.rank).standard_normal((4, 2)))
        ranks.same_start(layer)
        return [p.data for p in layer.params()]

    results, errors, _ = together(2, program)
    assert (errors, len(results[0])) == ([None, None], 4)
    np.testing.assert_array_equal(results[0], results[1])


def test_a_start_without_axes_keeps_its_form() -> None:
    class One(Linear):
        def __init__(self, value: float) -> None:
            self.p = Parameter(np.array(value))

    def program(ranks: Ranks) -> Any:
        layer = One(ranks.rank + 5.0)
        ranks.same_start(layer)
        return layer.p.data

    results, errors, _ = together(2, program)
    assert (errors, results) == ([None, None], [5.0, 5.0])
    assert results[1].shape == ()


def test_a_model_without_data_has_no_start() -> None:
    _, errors, _ = together(1, lambda ranks: ranks.same_start(MLP((2,))))
    assert "l0/W has no data before the first call; call the model once before" in str(errors[0])


def test_an_optimizer_uses_the_mean_and_hooks_behind_it_see_it() -> None:
    seen = []

    def look(params: list[Parameter]) -> None:
        seen.append([p.grad.data.copy() for p in params if p.grad is not None])

    def program(ranks: Ranks) -> Any:
        layer = Linear(1, nobias=True, in_size=2)
        ranks.same_start(layer)
        before = layer.W.data.copy()
        optimizer = ranks.average(SGD(0.5).setup(layer))
        optimizer.add_hook(look)
        optimizer.add_hook(ClipGrad(1.0))
        layer.W.grad = Variable(np.full((2, 1), 30.0 + 20 * ranks.rank, np.float32))
        optimizer.update()
        return before - layer.W.data

    results, errors, _ = together(2, program)
    assert errors == [None, None]
    np.testing.assert_array_equal(seen, np.full((2, 1, 2, 1), 40))
    np.testing.assert_allclose(results, np.full((2, 2, 1), 0.5 / np.sqrt(2)), rtol=1e-6)


def test_gradients_of_several_types_keep_them() -> None:
    def program(ranks: Ranks) -> list[Any]:
        params = [Parameter(np.zeros(2, dtype)) for dtype in (np.float32, np.float64, np.float32)]
        for i, p in enumerate(params):
            p.grad = Variable(np.full(2, i + ranks.rank, p.dtype))
        params.append(Parameter(np.zeros(2)))
        ranks.average_gradients(params)
        return [None if p.grad is None else p.grad.data for p in params]

    results, errors, world = together(2, program)
    assert errors == [None, None]
    assert world.messages == 2
    for found in results:
        assert found[3] is None
        for i, dtype in enumerate((np.float32, np.float64, np.float32)):
            np.testing.assert_array_equal(found[i], np.full(2, i + 0.5, dtype), strict=True)


def test_the_mean_of_numbers_and_of_losses() -> None:
    results, errors, _ = together(3, lambda ranks: (ranks.mean(ranks.rank), ranks.mean(Variable(np.array(2.0)))))
    assert errors == [None] * 3
    assert results == [(1.0, 2.0)] * 3


@pytest.mark.parametrize(("count", "size"), [(10, 3), (9, 3), (4, 4), (5, 1)])
def test_parts_have_one_length_and_share_no_sample(count: int, size: int) -> None:
    data = Dataset(np.arange(count), np.arange(count) + 100)
    parts = [Part(data, rank, size) for rank in range(size)]
    assert {len(part) for part in parts} == {count // size}
    found = [part[i] for part in parts for i in range(len(part))]
    assert sorted(found) == [(i, i + 100) for i in range(count // size * size)]
    with pytest.raises(
        IndexError, match=f"^this part has samples 0 to {count // size - 1}, and none for {count // size}$"
    ):
        parts[0][count // size]


def test_fewer_samples_than_ranks_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^3 ranks need at least as many samples, got 2$"):
        Part(Dataset([1, 2], [1, 2]), 0, 3)


def test_the_first_rank_alone_prints(capfd: pytest.CaptureFixture[str]) -> None:
    _, errors, _ = together(3, lambda ranks: ranks.print("rank", ranks.rank, ranks.is_first))
    assert errors == [None] * 3
    assert capfd.readouterr().out == "rank 0 True\n"


def test_ranks_that_do_different_things_are_told_so_and_do_not_wait(capfd: pytest.CaptureFixture[str]) -> None:
    def program(ranks: Ranks) -> None:
        if ranks.rank == 0:
            ranks.mean(1)

    _, errors, world = together(2, program)
    for error in errors:
        assert isinstance(error, RuntimeError | threading.BrokenBarrierError)
    assert any("rank 0 asks for a mean, but rank 1 is at the end of its program" in str(error) for error in errors)
    assert world.aborted == [1]
    assert "rank 0 of 2 has ended with RuntimeError; so the others are stopped" in capfd.readouterr().err


def test_gradients_for_different_parameters_are_refused() -> None:
    def program(ranks: Ranks) -> None:
        params = [Parameter(np.zeros(2)), Parameter(np.zeros(3))]
        params[ranks.rank].grad = Variable(np.zeros(2 + ranks.rank))
        ranks.average_gradients(params)

    _, errors, _ = together(2, program)
    said = "rank 0 averages the gradients {'float64': [(2,)]}, but rank 1 averages the gradients {'float64': [(3,)]}"
    assert any(said in str(error) for error in errors)


def test_a_failure_of_one_ends_all(capfd: pytest.CaptureFixture[str]) -> None:
    def program(ranks: Ranks) -> None:
        if ranks.rank == 1:
            raise ValueError("a bad sample")
        ranks.mean(1)

    _, errors, world = together(2, program)
    assert isinstance(errors[1], ValueError)
    assert 1 in world.aborted
    assert "rank 1 of 2 has ended with ValueError; so the others are stopped" in capfd.readouterr().err


def test_alone_an_error_is_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    def program(ranks: Ranks) -> None:
        raise ValueError("a bad sample")

    _, errors, world = together(1, program)
    assert isinstance(errors[0], ValueError)
    assert (world.aborted, capfd.readouterr().err) == ([], "")


def test_without_mpi4py_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "mpi4py", None)
    with pytest.raises(
        ImportError, match=r'cannot be imported; pip install "dezero-lite\[mpi\]" brings it, and mpiexec$'
    ):
        parallel.all_processes()


def test_a_copy_of_the_data_is_nobody_else_s() -> None:
    """The mean is cut into the parameters' gradients; each is an array that an update may change."""

    def program(ranks: Ranks) -> Any:
        params = [Parameter(np.zeros(2)), Parameter(np.zeros(2))]
        for p in params:
            p.grad = Variable(np.ones(2))
        kept = copy.copy(params[0].grad)
        ranks.average_gradients(params)
        assert params[0].grad is not None
        params[0].grad.data[...] = 9
        assert kept is not None
        return params[1].grad.data.tolist(), kept.data.tolist()  # type: ignore[union-attr]

    results, errors, _ = together(1, program)
    assert (errors, results) == ([None], [([1.0, 1.0], [1.0, 1.0])])
