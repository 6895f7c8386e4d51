"""What the browser needs that is not ours, as it lies in .cache/runtime: Pyodide's package from npm, and wheels.

The one anchor of trust is PYODIDE's digest. The lock file in that package names the digest of each wheel, so a wheel
may come from anywhere; whoever reads the folder looks at all digests again. A few wheels are not in the lock: ALSO.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

VERSION = "0.27.7"
TARBALL = f"pyodide-{VERSION}.tgz"
PYODIDE = "89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343"
LOCK = "pyodide-lock.json"
CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
# what pages import; what these need comes along
PACKAGES = ("numpy", "matplotlib", "scikit-learn", "tqdm")
# Pyodide builds this one anew, and no registry has its build; PyPI's own is the same files
ALSO: dict[str, dict[str, Any]] = {
    "tqdm": {
        "version": "4.66.2",
        "file_name": "tqdm-4.66.2-py3-none-any.whl",
        "sha256": "1ee4f8a893eb9bef51c6e35730cebf234d5d0b6bd112b0271e10ed7c24a02bd9",
    }
}
FOLDER = Path(".cache") / "runtime"


class StoreError(Exception):
    """A file is missing or is not the one that it should be; says which, and what to do."""


@dataclass(frozen=True)
class Store:
    """The folder. Nothing in it is trusted before its digest was seen to be right."""

    folder: Path

    @cached_property
    def tarball(self) -> Path:
        """Pyodide's package. Raises StoreError for another file."""
        path = self.folder / TARBALL
        check(path, PYODIDE)
        return path

    @cached_property
    def lock(self) -> dict[str, Any]:
        """The lock file of Pyodide with what pages need and nothing else."""
        found: dict[str, Any] = json.loads(self.member(LOCK))
        for name, entry in ALSO.items():
            found["packages"][name] |= entry
        wanted = set(_needed(found["packages"], PACKAGES))
        found["packages"] = {name: entry for name, entry in found["packages"].items() if name in wanted}
        return found

    def member(self, name: str) -> bytes:
        """Return a file of Pyodide's package."""
        with tarfile.open(self.tarball) as members:
            file = members.extractfile(f"package/{name}")
            assert file is not None  # the digest is that of a package which has it
            return file.read()

    def wheels(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the digest of each file that the lock asks for."""
        for entry in self.lock["packages"].values():
            yield entry["file_name"], entry["sha256"]

    def files(self) -> dict[str, bytes]:
        """Return all files but the lock, by name. Raises StoreError where one is missing or another."""
        found = {name: self.member(name) for name in CORE}
        for name, digest in self.wheels():
            check(self.folder / name, digest)
            found[name] = (self.folder / name).read_bytes()
        return found


def _needed(packages: dict[str, Any], names: Sequence[str]) -> list[str]:
    """Return packages with all that they need, directly or not."""
    found: list[str] = []
    left = list(names)
    while left:
        name = left.pop(0)
        if name not in found:
            found.append(name)
            left += packages[name]["depends"]
    return found


def needed_files(lock: dict[str, Any], name: str) -> list[str]:
    """Return the files that a package needs, its own among them."""
    packages = lock["packages"]
    return [packages[one]["file_name"] for one in _needed(packages, [name])]


def check(path: Path, digest: str) -> None:
    """Raise StoreError unless a file is there and has this SHA-256."""
    if not path.is_file():
        raise StoreError(f"{path} is missing; make runtime gets it")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        raise StoreError(
            f"{path.name} is refused: its SHA-256 should be {digest}, and is {found}; delete {path}, then make runtime"
        )


def on_the_way(name: str, data: bytes) -> int:
    """Return how many bytes of a file are sent: hosts compress what is not compressed already."""
    return len(data) if name.endswith((".whl", ".zip")) else len(gzip.compress(data, 6, mtime=0))
