"""The record of what people have read: once it is begun, no folder of the course is left out of it."""

from __future__ import annotations

from pathlib import Path

from doccheck.base.settings import find_settings
from doccheck.checker import Book

ROOT = Path(__file__).resolve().parents[2]


def test_every_folder_of_pages_and_docstrings_has_a_record_or_none_has() -> None:
    records = Book(find_settings(ROOT)).records
    folders = records.folders(records.all_paths())
    assert {"index", "stage1", "stage4", "labs", "tracks", "dezero_lite/stage1"} <= set(folders)
    left_out = [name for name, recorded in folders.items() if not recorded]
    assert left_out in ([], list(folders)), "read them, then `pytest docs --read …` with each"
