"""Whether this machine calculates as the reference does, so that pages must agree to the last digit."""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
from functools import cache

# What fingerprint() gives in the environment of pinned(): x86-64 with AVX2, NumPy 2.4 with OpenBLAS.
REFERENCE = "6ad15095075248d0"


def pinned(environment: dict[str, str]) -> dict[str, str]:
    """Return the variables that make most x86-64 machines calculate alike; what the caller set is kept."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return {}
    wide = [name for name in _dispatched() if name.startswith(("AVX512", "X86_V4"))]
    disabled = environment.get("NPY_DISABLE_CPU_FEATURES", "").replace(",", " ").split()
    return {
        "NPY_DISABLE_CPU_FEATURES": " ".join(dict.fromkeys([*disabled, *wide])),
        "OPENBLAS_CORETYPE": environment.get("OPENBLAS_CORETYPE", "Haswell"),
    }


def _dispatched() -> list[str]:
    """Return the CPU features that this NumPy has code of its own for."""
    import numpy  # noqa: F401  (late, here and below: a page that does not use it need not wait for it)

    return list(sys.modules["numpy._core._multiarray_umath"].__cpu_dispatch__)


def fingerprint() -> str:
    """Return a digest of the bits that functions known to vary give on a fixed sample."""
    import numpy as np

    x = np.linspace(-3.0, 3.0, 301)
    digest = hashlib.sha256()
    for name in ("exp", "tanh", "sin", "cos", "expm1", "arctan", "exp2"):
        digest.update(getattr(np, name)(x).tobytes())
    for name in ("log", "log1p", "sqrt"):
        digest.update(getattr(np, name)(np.abs(x) + 0.1).tobytes())
    matrix = np.outer(x, x)[:64, :64] + x[:64]
    digest.update((matrix @ matrix.T).tobytes() + (matrix @ x[:64]).tobytes() + np.array(x.sum()).tobytes())
    for number in x:  # numbers by themselves take other paths than arrays, and NumPy's scalars others again
        for scalar in (np.array(number), np.float64(number)):
            for y in (scalar**2, scalar**3, np.exp(scalar), np.tanh(scalar)):
                digest.update(np.asarray(y).tobytes())
    return digest.hexdigest()[:16]


@cache
def is_reference(python: str, environment: tuple[tuple[str, str], ...]) -> bool:
    """Say whether pages that run under this Python and environment must agree to the last digit."""
    command = [python, "-c", "from doccheck.run.arithmetic import fingerprint; print(fingerprint())"]
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=True)
    return done.stdout.strip() == REFERENCE
