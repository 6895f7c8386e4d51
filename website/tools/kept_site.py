"""The site as it was last built to be tried, kept so that the next who wants to try it needs no build of its own.

A strict build takes minutes, and `make test`, Lighthouse and `make thorough` follow one another. The kept site stands
for a build only as long as nothing has changed of which a build is made, which includes the day: pages name it.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from website.build.editor import EDITOR
from website.build.maths_font import WHOLE
from website.build.packages import MADE_HERE, source_files
from website.play.store import FOLDER as RUNTIME
from website.serve.address import is_free
from website.tools.server import build, free_address

KEPT = Path(".cache", "tried-site")
NOTE = KEPT / "of.json"
SITE = KEPT / "site"
VARIABLES = ("OFFLINE", "PDF", "REPO_URL", "REQUIRE_RUNTIME", "SOURCE_DATE_EPOCH")


def address_to_try(project: Path) -> str:
    """Return the address of the kept site, if it is of these files and nothing else is there now; or a free one."""
    address = _kept_address(project)
    return address if address and is_free(urlsplit(address).port or 80) else free_address()


def put_site(project: Path, folder: Path, address: str) -> str:
    """Put the site for an address into a folder, the kept one or one that is built and kept; return what is wrong."""
    if _kept_address(project) == address:
        shutil.copytree(project / SITE, folder)
        return ""
    made_of = state(project)
    done = build(project, folder, address)
    if done.returncode:
        return done.stderr or f"mkdocs ended with code {done.returncode}"
    shutil.rmtree(project / KEPT, ignore_errors=True)
    shutil.copytree(folder, project / SITE)
    (project / NOTE).write_text(json.dumps({"state": made_of, "address": address}), "utf-8")
    return ""


def state(project: Path) -> str:
    """Return a digest of all that a site is made of: files, tools, settings and the day."""
    digest = hashlib.sha256()
    for path in sorted({*_files(project)}):
        name = path.relative_to(project).as_posix()
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    known = [path.relative_to(project).as_posix() for path in source_files(project)]  # these are on the site as a zip
    tools = sorted(f"{one.name} {one.version}" for one in metadata.distributions())
    settings = [f"{name}={os.environ.get(name)}" for name in VARIABLES]
    day = datetime.now(UTC).date().isoformat()
    digest.update("\n".join([*known, sys.version, *tools, *settings, day]).encode())
    return digest.hexdigest()


def _files(project: Path) -> Iterator[Path]:
    """Yield the files of a project, and what was got for it from elsewhere; not what is made of them."""
    for folder, folders, names in os.walk(project):
        if Path(folder) == project:
            folders[:] = [name for name in folders if name not in MADE_HERE and not name.startswith(".venv")]
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from filter(Path.is_file, (Path(folder, name) for name in names))
    fetched = [*(project / RUNTIME).rglob("*"), project / EDITOR, *(project / WHOLE).parent.glob("*")]
    yield from filter(Path.is_file, fetched)


def _kept_address(project: Path) -> str | None:
    try:
        note = json.loads((project / NOTE).read_text("utf-8"))
    except (OSError, ValueError):  # none, or half of one
        return None
    return str(note["address"]) if note["state"] == state(project) else None
