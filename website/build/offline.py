"""Packs the finished site into a zip, to be unpacked and opened without a server, where OFFLINE=1 asks for it.

What serves only a site with an address stays out: what the browser runs Python with, which it does not do from a
folder; what search engines and language models read; pictures of shared links; and PDFs, which are large. The same
files make the same zip.
"""

import os
import re
import zipfile
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from doccheck import SITE
from website.build.packages import FOLDER, pack
from website.context import context_of

NAME = "dezero_lite-offline.zip"
TOP = "dezero_lite"  # the folder into which it unpacks
ONLINE = (
    "runtime/*",
    "*/social/*",
    "social/*",
    "*/cells.json",
    "*/search/search_index.json",  # from a folder, only the script is loaded
    "search/*",
    "*sitemap.xml*",
    "robots.txt",
    "*llms.txt",
    "*.md",
    "*.pdf",
    f"{FOLDER}/{NAME}",
)
# What leads to a file that is not in it.
FOR_ONLINE = re.compile(rb'<p class="for-online">.*?</p>', re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Note whether there will be a zip, before any page leads to it."""
    site = context_of(config)
    if site.is_landing:
        site.offline = os.environ.get("OFFLINE") == "1" and not SITE.serving
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Put the zip beside the other downloads, when all languages are built."""
    site = context_of(config)
    if site.is_landing and site.offline:
        folder = Path(config.site_dir, FOLDER)
        folder.mkdir(exist_ok=True)
        (folder / NAME).write_bytes(packed(Path(config.site_dir)))


def packed(folder: Path) -> bytes:
    """Return the zip of a site."""
    data = BytesIO()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            if any(fnmatchcase(name, pattern) for pattern in ONLINE):
                continue
            content = path.read_bytes()
            pack(archive, f"{TOP}/{name}", FOR_ONLINE.sub(b"", content) if path.suffix == ".html" else content)
    return data.getvalue()
