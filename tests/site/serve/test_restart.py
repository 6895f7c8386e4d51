"""How the server starts itself anew after an edit of its own programs."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from website.serve import restart


def test_where_no_process_can_be_replaced_the_port_is_freed_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []

    class Server:
        def shutdown(self) -> None:
            done.append("shutdown")

    def call(command: list[str]) -> int:
        done.append(command)
        return 3

    monkeypatch.setattr(restart, "REPLACES", False)
    monkeypatch.setattr(restart, "_servers", [Server()])
    monkeypatch.setattr(subprocess, "call", call)
    with pytest.raises(SystemExit) as ended:
        restart._start_anew()
    assert done == ["shutdown", [sys.executable, *sys.orig_argv[1:]]]
    assert ended.value.code == 3
