"""Puts what the site is made of onto the site: the library as a wheel, and the sources of everything as a zip.

Both are the same in every build of the same files: no time of day, no user, no order of a file system is in them.
"""

import subprocess
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hatchling.builders.wheel import WheelBuilder
from mkdocs.config.defaults import MkDocsConfig

from doccheck import SITE
from website.context import context_of

FOLDER = "download"
WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
# What stands beside the sources in a folder that git does not know, such as the unpacked zip.
MADE_HERE = {".cache", ".git", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "dist", "site"}

_kept: dict[str, bytes] = {}  # while serving: what the first build has made


def on_post_build(config: MkDocsConfig) -> None:
    """Write both beside the landing page; nothing for a project that is no package."""
    root = Path(config.config_file_path).parent
    if not context_of(config).is_landing or wheel_name(root) is None:
        return
    files = _kept if SITE.serving else {}
    if not files:
        files |= {str(wheel_name(root)): wheel(root), sources_name(root): sources(root)}
    folder = Path(config.site_dir, FOLDER)
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def wheel_name(root: Path) -> str | None:
    """Return the name of the library's wheel; None where pyproject.toml describes no package."""
    if (name := _project(root)) is None:
        return None
    return f"{name.replace('-', '_')}-{WheelBuilder(str(root)).metadata.version}-py3-none-any.whl"


def sources_name(root: Path) -> str:
    """Return the name of the zip."""
    return f"{_project(root)}.zip"


def wheel(root: Path) -> bytes:
    """Return the library's wheel."""
    with TemporaryDirectory() as folder:
        (path,) = WheelBuilder(str(root)).build(directory=folder, versions=["standard"])
        return Path(path).read_bytes()


def sources(root: Path) -> bytes:
    """Return a zip with all sources, in one folder."""
    data = BytesIO()
    top = _project(root)
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in source_files(root):
            pack(archive, f"{top}/{path.relative_to(root).as_posix()}", path.read_bytes())
    return data.getvalue()


def pack(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file into a zip, so that the same content makes the same zip; a script can be run."""
    info = zipfile.ZipInfo(name, WHEN)
    info.create_system = 3  # or its rights would not count
    info.external_attr = (0o100755 if content.startswith(b"#!") else 0o100644) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def source_files(root: Path) -> list[Path]:
    """Return the files that git knows; where there is no git, all but those that are made here."""
    command = ["git", "ls-files", "-z", "--cached"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)
        names = done.stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = []
    found = [root / name for name in names if name]
    if not found:
        found = [path for path in root.rglob("*") if not _is_made_here(path.relative_to(root))]
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _is_made_here(path: Path) -> bool:
    """Say whether a path is of an environment, of the site or of a memory, and not of the sources."""
    top = path.parts[0]
    return top in MADE_HERE or top.startswith(".venv") or "__pycache__" in path.parts


def _project(root: Path) -> str | None:
    name: str | None = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {}).get("name")
    return name
