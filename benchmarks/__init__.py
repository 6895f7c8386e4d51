"""The stages beside other libraries on the same tasks, as ratios; `python -m benchmarks` runs it."""

import os

# before NumPy is imported, or it is too late
for _library in ("OMP", "OPENBLAS", "MKL", "VECLIB"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
