"""A console fence may install the project: its checkout lies in the throw-away folder, and pip needs no network.

Such a fence runs as on a fresh machine that has everything the project needs, but not the project: commands see
the packages installed beside doccheck through PYTHONPATH, so in a new environment too. An editable installation
is not among them, nor is the folder of the project, so an example that leaves out the installation fails.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

PIP = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip takes the value for that of "build isolation": this switches it off
    "PIP_NO_INDEX": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}


def named_in(commands: Iterable[str], checkout: str | None) -> bool:
    """Say whether shell commands speak of the checkout."""
    return checkout is not None and any(checkout in line for line in commands)


def lay_out(root: Path, checkout: str) -> dict[str, str]:
    """Put the project's checkout into the current folder, and return the environment for commands there.

    Both the checkout and the packages are new folders of links: what an installation writes beside the sources
    is thrown away.
    """
    _link((path for path in root.iterdir() if not path.name.startswith(".")), Path(checkout))
    packages = Path.cwd().parent / "packages"
    _link(_installed(root), packages)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {**kept, **PIP, "PYTHONPATH": str(packages)}


def _link(paths: Iterable[Path], folder: Path) -> None:
    if folder.exists():  # for a fence above
        return
    folder.mkdir()
    for path in paths:
        _link_one(path, folder / path.name)


def _link_one(source: Path, target: Path) -> None:
    """Make a link; where a system lets not everybody do so, one that it does, and else a copy."""
    with contextlib.suppress(OSError, NotImplementedError):
        target.symlink_to(source)
        return
    if not source.is_dir():
        shutil.copy2(source, target)
        return
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(source), str(target))
    else:
        shutil.copytree(source, target)


def _installed(root: Path) -> Iterator[Path]:
    """Yield what is installed beside doccheck, without the project itself."""
    own = _own_entries(root)
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        # Python reads .pth files in no folder of PYTHONPATH, so editable installations stay outside
        yield from (path for path in Path(folder).iterdir() if path.name not in own and path.suffix != ".pth")


def _own_entries(root: Path) -> set[str]:
    """Return the top-level names of what an installation of the project has put beside the other packages."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {})
    try:
        files = metadata.files(project.get("name", "?")) or []
    except metadata.PackageNotFoundError:
        return set()
    return {file.parts[0] for file in files} - {"..", "__pycache__"}
