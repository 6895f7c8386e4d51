"""Training in several processes at once: each has a part of the data, and all keep the same parameters.

mpiexec -n 2 python train.py starts two of them, which MPI calls ranks. This module needs mpi4py:
pip install "dezero-lite[mpi]" brings it, and an mpiexec with it.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.layers import Layer, Parameter
from dezero_lite.stage4.optimizers import Optimizer


class Ranks:
    """The processes that train together; in a with block, the failure of one ends them all.

    comm: an MPI communicator, all the processes that mpiexec has started unless told otherwise. rank: the
    number of this process, from 0. size: how many there are; 1 for a program started without mpiexec.
    Every rank has to call each method in turn with the others, but for print: MPI would wait for one that does not
    for ever, so they tell one another first what they are about to do.
    Raises ImportError where there is no mpi4py.

    >>> class SecondOfTwo:  # in the place of what mpiexec brings
    ...     def Get_rank(self):
    ...         return 1
    ...     def Get_size(self):
    ...         return 2
    >>> ranks = Ranks(SecondOfTwo())
    >>> ranks.is_first, list(ranks.part("abcdef"))
    (False, ['b', 'd', 'f'])
    """

    def __init__(self, comm: Any = None) -> None:
        self.comm = all_processes() if comm is None else comm
        self.rank: int = self.comm.Get_rank()
        self.size: int = self.comm.Get_size()

    @property
    def is_first(self) -> bool:
        """Whether this is the one rank that prints, and saves what all of them have learned."""
        return self.rank == 0

    def __enter__(self) -> Ranks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.agree("is at the end of its program")
        elif self.size > 1:
            traceback.print_exception(error)
            what = f"rank {self.rank} of {self.size} has ended with {type(error).__name__}"
            print(f"{what}; so the others are stopped", file=sys.stderr, flush=True)
            self.comm.Abort(1)

    def agree(self, deed: str) -> None:
        """Go on once every rank is about to do the same.

        deed: what this rank is about to do. Raises RuntimeError where another one is about to do something else.
        """
        deeds = self.comm.allgather(deed)
        for rank, other in enumerate(deeds):
            if other != deeds[0]:
                advice = "every rank needs as many batches, and gradients for the same parameters"
                raise RuntimeError(f"rank 0 {deeds[0]}, but rank {rank} {other}; {advice}")

    def part(self, dataset: Any) -> Part:
        """Return this rank's part of a data set: every size-th sample, from number rank on.

        All parts have the same length; up to size - 1 samples at the end are in none. Raises ValueError where
        there are fewer samples than ranks.
        """
        return Part(dataset, self.rank, self.size)

    def same_start(self, model: Layer) -> None:
        """Give the model of every rank the parameters that it has on rank 0.

        Raises ValueError where a parameter has no data yet.
        """
        named = model.named_params()
        for name, param in named.items():
            if param.data is None:
                raise ValueError(f"{name} has no data before the first call; call the model once before")
        shapes = [(name, param.shape, str(param.dtype)) for name, param in named.items()]
        self.agree(f"wants a start for the parameters {shapes}")
        for param in named.values():
            data = np.ascontiguousarray(param.data)  # a copy where it has no axes
            self.comm.Bcast(data, root=0)
            param.data = data.reshape(param.shape)

    def average(self, optimizer: Optimizer) -> Optimizer:
        """Let an optimizer use the mean of all ranks' gradients, and return it.

        Hooks that are added later, such as ClipGrad, see the mean as well.
        """
        return optimizer.add_hook(self.average_gradients)

    def average_gradients(self, params: list[Parameter]) -> None:
        """Put the mean of all ranks' gradients in the place of each rank's own.

        All gradients of one dtype travel as one array: a message costs time by itself, however short it is.
        """
        kinds: dict[np.dtype, list[Parameter]] = {}
        for param in params:
            if param.grad is not None:
                kinds.setdefault(param.grad.dtype, []).append(param)
        sizes = {str(dtype): [param.shape for param in of_kind] for dtype, of_kind in kinds.items()}
        self.agree(f"averages the gradients {sizes}")
        for of_kind in kinds.values():
            grads = [param.grad.data for param in of_kind if param.grad is not None]
            own = np.concatenate([grad.reshape(-1) for grad in grads])
            mean = np.empty_like(own)
            self.comm.Allreduce(own, mean)
            mean /= self.size
            start = 0
            for param in of_kind:
                part = mean[start : start + param.size]
                param.grad = Variable(part.reshape(param.shape))
                start += param.size

    def mean(self, number: Any) -> float:
        """Return the mean of all ranks' numbers, such as their losses."""
        data = number.data if isinstance(number, Variable) else number
        self.agree("asks for a mean")
        return float(np.mean(self.comm.allgather(float(data))))

    def print(self, *words: Any) -> None:
        """Print on rank 0 alone."""
        if self.is_first:
            print(*words, flush=True)


class Part:
    """A rank's part of a data set: its samples rank, rank + size, rank + 2 * size, ...

    >>> part = Part("abcdefg", rank=1, size=2)
    >>> len(part), list(part)
    (3, ['b', 'd', 'f'])
    """

    def __init__(self, dataset: Any, rank: int, size: int) -> None:
        if len(dataset) < size:
            raise ValueError(f"{size} ranks need at least as many samples, got {len(dataset)}")
        self.dataset = dataset
        self.rank = rank
        self.size = size

    def __len__(self) -> int:
        return len(self.dataset) // self.size

    def __getitem__(self, i: int) -> Any:
        if not 0 <= i < len(self):
            raise IndexError(f"this part has samples 0 to {len(self) - 1}, and none for {i}")
        return self.dataset[self.rank + self.size * i]


def all_processes() -> Any:
    """Return MPI's communicator of all the processes that mpiexec has started.

    Raises ImportError where there is no mpi4py.

    >>> try:
    ...     size = all_processes().Get_size()
    ... except ImportError:
    ...     size = 1  # no mpi4py here
    >>> size
    1
    """
    try:
        from mpi4py import MPI
    except ImportError as error:
        advice = 'pip install "dezero-lite[mpi]" brings it, and mpiexec'
        raise ImportError(f"several processes need mpi4py, which cannot be imported; {advice}") from error
    return MPI.COMM_WORLD
