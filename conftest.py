"""Offers --mine wherever pytest begins: it takes the folder behind it for one with tests, and reads this file."""

import pytest

from doccheck import add_mine


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --mine; the folders of pages and of tests answer to it."""
    add_mine(parser)
