"""`mkdocs serve` takes a port that is free, and says so before it builds; nothing prints the theme's notice."""

import errno
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from mkdocs.exceptions import PluginError

from tests.support.small_site import build_small_site, make_small_site
from website.serve import address


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    make_small_site(root)
    return root


@contextmanager
def in_use(port: int) -> Iterator[int]:
    """A server of somebody else; at any free port for 0. What is in use already, is."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind((address.HOST, port))
            other.listen()
        except OSError:
            assert port
        yield port or other.getsockname()[1]


def _serve(root: Path, **environment: str) -> "subprocess.Popen[str]":
    env = {name: value for name, value in os.environ.items() if name not in ("PORT", "NO_MKDOCS_2_WARNING")}
    command = [sys.executable, "-m", "mkdocs", "serve"]
    return subprocess.Popen(command, cwd=root, env=env | environment, stderr=subprocess.PIPE, text=True)


@pytest.mark.thorough
def test_a_port_in_use_is_passed_over_and_that_is_said_first(small: Path) -> None:
    with in_use(address.FIRST), _serve(small) as server:
        try:
            assert server.stderr
            said = ""
            while "Serving on" not in said:
                line = server.stderr.readline()
                assert line, said
                said += line
            (place,) = re.findall(r"Port 8000 is in use, so this site will be at (http://127\.0\.0\.1:80\d\d/)", said)
            assert said.index("is in use") < said.index("Building ja")
            assert f"Serving on {place}" in said
            page = urlopen(f"{place}ja/").read().decode()
            assert f'<link rel="canonical" href="{place}ja/">' in page
        finally:
            server.terminate()


def test_a_port_that_was_asked_for_and_is_in_use_ends_it_before_a_build(small: Path) -> None:
    with in_use(0) as port, _serve(small, PORT=str(port)) as server:
        _, said = server.communicate(timeout=60)
    assert server.returncode == 1
    assert f"127.0.0.1:{port} is in use; name another port, as in `make serve PORT={port + 1}`" in said
    assert "Building ja" not in said
    assert "Traceback" not in said


def test_what_is_no_port_or_not_ours_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setenv("PORT", "")
    with pytest.raises(PluginError, match="70000 is no port; name one from 1 to 65535, as in `make serve PORT=8000`"):
        address.check_address(address.HOST, 70000)
    monkeypatch.setattr("socket.socket.bind", refuse)
    with pytest.raises(PluginError, match=r"127\.0\.0\.1:80 cannot be used \(Permission denied\); name another port"):
        address.check_address(address.HOST, 80)


def test_nobody_sees_the_themes_notice(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_MKDOCS_2_WARNING", raising=False)
    build = build_small_site(small)
    assert build.returncode == 0, build.stderr
    assert "end of life" not in build.stderr
