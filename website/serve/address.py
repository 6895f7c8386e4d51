"""Where `mkdocs serve` serves: at the port PORT, or else at the first free one from 8000 on.

MkDocs would find out that a port is in use only when it has built the site, and then end with a traceback.
"""

import errno
import logging
import os
import socket
from functools import cache

from mkdocs.exceptions import PluginError

HOST = "127.0.0.1"
FIRST = 8000
LAST = 8099
LARGEST = 65535

log = logging.getLogger("mkdocs.website.address")


@cache
def development_address() -> str:
    """Return host and port for mkdocs.yml, which calls this whenever it is read."""
    port = os.environ.get("PORT") or next(filter(is_free, range(FIRST, LAST + 1)), FIRST)
    return f"{HOST}:{port}"


@cache
def check_address(host: str, port: int) -> None:
    """Say, before anything is built, if this is not the usual port. Raises PluginError if it is in use.

    Only once in a process: later the port is in use because the site is served there.
    """
    if not 0 < port <= LARGEST:
        raise PluginError(f"{port} is no port; name one from 1 to {LARGEST}, as in `make serve PORT={FIRST}`")
    refusal = _refusal(host, port)
    if refusal is not None:
        why = "is in use" if refusal.errno == errno.EADDRINUSE else f"cannot be used ({refusal.strerror})"
        other = FIRST if port == LARGEST else port + 1
        raise PluginError(f"{host}:{port} {why}; name another port, as in `make serve PORT={other}`")
    if "PORT" not in os.environ and port != FIRST and f"{host}:{port}" == development_address():
        log.info("Port %d is in use, so this site will be at http://%s:%d/", FIRST, host, port)
    os.environ["PORT"] = str(port)  # a server that starts itself anew keeps it


def is_free(port: int, host: str = HOST) -> bool:
    """Say whether a server could listen at a port."""
    return _refusal(host, port) is None


def _refusal(host: str, port: int) -> OSError | None:
    """Return why a server cannot listen there; None where it can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # as servers do there; on Windows it would find every port free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None
