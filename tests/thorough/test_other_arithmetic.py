"""The pages hold on other machines: `pytest docs` once more with code paths of NumPy and OpenBLAS switched off."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__  # type: ignore[import-not-found]

from doccheck.run.environment import exact_digits

ROOT = Path(__file__).resolve().parents[2]
OTHERS = {
    "without AVX2 and AVX512": {
        "NPY_DISABLE_CPU_FEATURES": " ".join(f for f in __cpu_dispatch__ if __cpu_features__[f])
    },
    "with another BLAS kernel": {"OPENBLAS_CORETYPE": "Prescott"},
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_pages_hold_on_other_arithmetic(name: str) -> None:
    """The result must differ in the fingerprint, or this test would prove nothing; the pages pass all the same."""
    if not exact_digits():
        pytest.skip(
            "this machine's arithmetic is not the reference to begin with; `pytest docs` has tried the pages on it"
        )
    environment = {**os.environ, **OTHERS[name]}
    code = (
        "import numpy; from doccheck.run.environment import exact_digits;"
        "assert not exact_digits(), 'this machine calculates the same with and without'"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "pytest", "docs", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
