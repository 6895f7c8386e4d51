"""Hands this folder to doccheck: every Markdown page below is a test."""

from doccheck import pytest_addoption, pytest_configure
