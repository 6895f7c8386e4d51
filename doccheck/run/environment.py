"""The environment in which pages run: the same whoever runs them, and wherever.

What somebody likes to see (colours, a locale, the width of a terminal, options for Python, pytest and IPython,
another activated environment, files of settings) is no part of a page. So a page gets the few variables that a
system needs, and those below; its home is an empty folder.
"""

from __future__ import annotations

import os
import site
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from doccheck.run.arithmetic import is_reference, pinned

# what systems need to start a program, and what decides about arithmetic: a test sets that
KEPT = (
    "COMSPEC",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "NPY_DISABLE_CPU_FEATURES",
    "NUMBER_OF_PROCESSORS",
    "OPENBLAS_CORETYPE",
    "PATHEXT",
    "PROCESSOR_ARCHITECTURE",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "WINDIR",
)
FIXED = {
    "COLUMNS": "80",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LINES": "24",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "NO_COLOR": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
    "PYTHON_COLORS": "0",
    "TERM": "dumb",
    "TZ": "UTC",
    "UCX_TLS": "self,sysv,tcp",  # MPI would share memory by way of a file, a larger one than a page may write
}
SEED = "0"  # of the hashes of strings: the order of a set is the same in every run
MARK = "DOCCHECK_PAGE"  # in the environment of all that a page starts: the folder of its process


def page_environment(root: Path, around: Path, seed: str = SEED) -> dict[str, str]:
    """Return the variables for a page's process; root is the project, around the process's own folder."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = str(around / "home")
    own = {
        MARK: str(around),
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home,
        "LOCALAPPDATA": home,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join([str(root.resolve()), str(Path(__file__).resolve().parents[2])]),
    }
    return {**kept, **FIXED, **pinned(kept), **_user_packages(), **_fonts(), **own}


def _user_packages() -> dict[str, str]:
    """Packages that were installed for one user are found although a page has another home."""
    return {"PYTHONUSERBASE": site.getuserbase()} if site.ENABLE_USER_SITE else {"PYTHONNOUSERSITE": "1"}


@cache
def _fonts() -> dict[str, str]:
    """matplotlib takes seconds to find a machine's fonts, and keeps them; not in the folder of somebody's settings."""
    with suppress(OSError, RuntimeError):  # no home, or one that nobody may write to
        folder = Path.home() / ".cache" / "doccheck" / "matplotlib"
        folder.mkdir(parents=True, exist_ok=True)
        return {"MPLCONFIGDIR": str(folder)}
    return {}


@cache
def exact_digits() -> bool:
    """Say whether pages run on the reference arithmetic here, so that every digit must agree."""
    environment = page_environment(Path.cwd(), Path.cwd())
    return is_reference(sys.executable, tuple(environment.items()))
