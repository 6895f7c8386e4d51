"""Builds a site and serves it on this machine the way hosts of static pages do: compressed, kept for ten minutes, and
with 404.html for what is missing. For the tests in a browser and for Lighthouse; `mkdocs serve` is for whoever writes.
"""

import gzip
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

PLAIN = ("text/", "image/svg", "application/json", "application/xml", "application/javascript")


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        with suppress(ConnectionError):  # the browser has gone on to another page
            super().handle()

    def do_GET(self) -> None:
        asked = Path(self.translate_path(self.path))
        if asked.is_dir() and not urlsplit(self.path).path.endswith("/"):
            super().do_GET()  # leads on to the address with the slash
            return
        file = asked / "index.html" if asked.is_dir() else asked
        found = file.is_file()
        self._send(200 if found else 404, file if found else Path(self.directory, "404.html"))

    def _send(self, status: int, file: Path) -> None:
        body, kind = file.read_bytes(), self.guess_type(file)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if kind.startswith(PLAIN) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _compressed(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@lru_cache(maxsize=256)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


def free_address() -> str:
    """An address on this machine at which nothing is served. Whoever builds a site has to know it before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def build(project: Path, folder: Path, address: str) -> "subprocess.CompletedProcess[str]":
    """Build a project's site into a folder, strictly, for the address at which it will be served."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    env = os.environ | {"SITE_URL": address}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)


@contextmanager
def serving(folder: Path, address: str) -> Iterator[None]:
    """Serve the folder at such an address while the block runs."""
    place = ("127.0.0.1", urlsplit(address).port or 80)
    server = ThreadingHTTPServer(place, partial(_Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
