"""Makes pages true: runs every example of a Markdown page and compares every number the page shows.

It knows nothing of what the pages are about. ``[tool.doccheck]`` in pyproject.toml says where they are.
"""

from doccheck.check import check_text

__all__ = ["check_text"]
