"""While serving: the port is free, and an edited program of the site or the package takes effect.

Python keeps a module as it was when it was loaded. So the server starts itself anew; open pages reload when it is back.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from doccheck import SITE
from website.context import context_of
from website.serve.address import check_address

HOUSE = Path(__file__).parents[2]
PROGRAMS = ("dezero_lite", "doccheck", "figures", "website")
REPLACES = os.name == "posix"  # on Windows, exec lets go of the console, and the new server could not be stopped there

log = logging.getLogger("mkdocs.website.restart")

_loaded: dict[Path, bytes] = {}
_servers: list[LiveReloadServer] = []


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Before a build, start the server anew if a program that it has loaded is another by now."""
    if SITE.serving and context_of(config).is_landing:
        check_address(*config.dev_addr)
        edited = [path for path, source in _programs().items() if _loaded.setdefault(path, source) != source]
        if edited and _all_compile(edited):
            log.info("Starting anew, since %s was edited", edited[0].relative_to(HOUSE))
            shutil.rmtree(config.site_dir, ignore_errors=True)  # a folder of this process alone
            _start_anew()
    return config


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
    """Note what is loaded: by now, all programs are."""
    _loaded.update(_programs() | _loaded)
    _servers.append(server)
    return server


def _start_anew() -> NoReturn:
    """Put the same command in the place of this process; where that cannot be, run it and end with it."""
    command = [sys.executable, *sys.orig_argv[1:]]
    if REPLACES:
        os.execv(sys.executable, command)
    for server in _servers:
        server.shutdown()  # and with it, its port is free
    sys.exit(subprocess.call(command))


def _programs() -> dict[Path, bytes]:
    """The files of this project that are loaded, and what they hold now."""
    files = {Path(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}
    inside = [path for path in files if path.is_relative_to(HOUSE) and path.relative_to(HOUSE).parts[0] in PROGRAMS]
    return {path: path.read_bytes() for path in inside if path.is_file()}


def _all_compile(paths: list[Path]) -> bool:
    """Say whether a server that loads these files would start; if not, this one goes on, and the edit can be mended."""
    for path in paths:
        try:
            compile(path.read_bytes(), path, "exec")
        except (SyntaxError, ValueError) as error:
            log.error("%s: %s", path.relative_to(HOUSE), error)
            return False
    return True
