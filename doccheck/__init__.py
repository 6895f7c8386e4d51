"""Makes pages true: runs every example of a Markdown page and compares every number the page shows.

It knows nothing of what the pages are about. ``[tool.doccheck]`` in pyproject.toml says where they are. This is all
that others import. It is imported when it is asked for, since the process that runs a page needs little of
doccheck and must start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doccheck.base.decimals import read_tolerance
    from doccheck.base.settings import Settings, SettingsError, find_settings, read_table
    from doccheck.base.text import SUGGESTION
    from doccheck.check.tolerance import same_text
    from doccheck.checker import Book, Verdict, check_text
    from doccheck.faces.pytest_plugin import add_mine, pytest_addoption, pytest_configure
    from doccheck.faces.site_state import SITE
    from doccheck.page.exercises import Exercise, find_exercises
    from doccheck.page.fences import Fence
    from doccheck.page.listings import Definition, Piece, listings, pieces
    from doccheck.page.model import NOTEBOOK, Page, pages_below
    from doccheck.page.notebook.model import NotebookPage
    from doccheck.page.programs import growing, script
    from doccheck.page.values import Value
    from doccheck.run.child.harmless import MayChangeSomethingError, evaluate_here
    from doccheck.takeaway.cells import cells
    from doccheck.takeaway.exercise import exercise_script
    from doccheck.takeaway.notebook import notebook

__all__ = [
    "NOTEBOOK",
    "SITE",
    "SUGGESTION",
    "Book",
    "Definition",
    "Exercise",
    "Fence",
    "MayChangeSomethingError",
    "NotebookPage",
    "Page",
    "Piece",
    "Settings",
    "SettingsError",
    "Value",
    "Verdict",
    "add_mine",
    "cells",
    "check_text",
    "evaluate_here",
    "exercise_script",
    "find_exercises",
    "find_settings",
    "growing",
    "listings",
    "notebook",
    "pages_below",
    "pieces",
    "pytest_addoption",
    "pytest_configure",
    "read_table",
    "read_tolerance",
    "same_text",
    "script",
]
HOMES = {
    "doccheck.base.decimals": ("read_tolerance",),
    "doccheck.base.text": ("SUGGESTION",),
    "doccheck.check.tolerance": ("same_text",),
    "doccheck.run.child.harmless": ("MayChangeSomethingError", "evaluate_here"),
    "doccheck.takeaway.cells": ("cells",),
    "doccheck.checker": ("Book", "Verdict", "check_text"),
    "doccheck.page.exercises": ("Exercise", "find_exercises"),
    "doccheck.page.fences": ("Fence",),
    "doccheck.page.listings": ("Definition", "Piece", "listings", "pieces"),
    "doccheck.page.notebook.model": ("NotebookPage",),
    "doccheck.takeaway.exercise": ("exercise_script",),
    "doccheck.takeaway.notebook": ("notebook",),
    "doccheck.page.model": ("NOTEBOOK", "Page", "pages_below"),
    "doccheck.faces.pytest_plugin": ("add_mine", "pytest_addoption", "pytest_configure"),
    "doccheck.page.values": ("Value",),
    "doccheck.page.programs": ("growing", "script"),
    "doccheck.base.settings": ("Settings", "SettingsError", "find_settings", "read_table"),
    "doccheck.faces.site_state": ("SITE",),
}


if not TYPE_CHECKING:  # a type checker knows the names from above, and that there are no others

    def __getattr__(name: str) -> Any:
        for module, names in HOMES.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
