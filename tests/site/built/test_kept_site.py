"""The site that is kept for whoever tries it next: it stands for a build as long as it would be the same."""

import socket
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from website.build.editor import EDITOR
from website.tools import kept_site
from website.tools.kept_site import address_to_try, put_site


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "a.md").write_text("# A\n")
    return root


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The address of each build."""
    found: list[str] = []

    def build(project: Path, folder: Path, address: str) -> "CompletedProcess[str]":
        found.append(address)
        folder.mkdir()
        (folder / "a.html").write_text((project / "docs" / "a.md").read_text())
        return CompletedProcess([], "wrong" in (project / "docs" / "a.md").read_text(), "", "it is wrong")

    monkeypatch.setattr(kept_site, "build", build)
    return found


def test_what_nothing_has_changed_of_is_built_once(project: Path, builds: list[str]) -> None:
    for name in ("one", "another"):
        address = address_to_try(project)
        assert put_site(project, project.parent / name, address) == ""
        assert (project.parent / name / "a.html").read_text() == "# A\n"
    assert builds == [address]


class Tomorrow:
    @classmethod
    def now(cls, zone: Any) -> Any:
        return Tomorrow()

    def date(self) -> Any:
        return self

    def isoformat(self) -> str:
        return "2999-01-01"


@pytest.mark.parametrize(
    "change",
    ["a page", "another page", "a page less", "what was fetched", "a setting", "the day", "a tool", "the note"],
)
def test_whatever_a_build_is_made_of_asks_for_another(
    project: Path, builds: list[str], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "docs" / "b.md").write_text("# B\n")
    assert put_site(project, project.parent / "one", address_to_try(project)) == ""
    if change == "a page":
        (project / "docs" / "a.md").write_text("# A.\n")
    elif change == "another page":
        (project / "docs" / "c.md").write_text("# C\n")
    elif change == "a page less":
        (project / "docs" / "b.md").unlink()
    elif change == "what was fetched":
        (project / EDITOR).parent.mkdir(parents=True)
        (project / EDITOR).write_text("edit()\n")
    elif change == "a setting":
        monkeypatch.setenv("OFFLINE", "1")
    elif change == "the day":
        monkeypatch.setattr(kept_site, "datetime", Tomorrow)
    elif change == "a tool":
        monkeypatch.setattr("importlib.metadata.distributions", list)
    else:
        (project / kept_site.NOTE).write_text('{"state"')
    assert put_site(project, project.parent / "another", address_to_try(project)) == ""
    assert len(builds) == 2


@pytest.mark.parametrize("made", ["__pycache__/a.pyc", ".cache/figures/a.svg", ".venv/a.py", "docs/__pycache__/a.pyc"])
def test_what_is_made_of_the_files_does_not(project: Path, builds: list[str], made: str) -> None:
    assert put_site(project, project.parent / "one", address_to_try(project)) == ""
    (project / made).parent.mkdir(parents=True, exist_ok=True)
    (project / made).write_text("made\n")
    assert put_site(project, project.parent / "another", address_to_try(project)) == ""
    assert len(builds) == 1


def test_a_build_that_fails_is_told_and_not_kept(project: Path, builds: list[str]) -> None:
    (project / "docs" / "a.md").write_text("wrong\n")
    for name in ("one", "another"):
        assert put_site(project, project.parent / name, address_to_try(project)) == "it is wrong"
    assert len(builds) == 2


def test_an_address_in_use_is_given_to_nobody(project: Path, builds: list[str]) -> None:
    address = address_to_try(project)
    assert put_site(project, project.parent / "one", address) == ""
    assert address_to_try(project) == address
    with socket.create_server(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]))):
        other = address_to_try(project)
    assert other != address
    assert put_site(project, project.parent / "another", other) == ""
    assert builds == [address, other]
