"""Makes pages true: runs every example of a Markdown page and compares every number the page shows.

It knows nothing of what the pages are about. ``[tool.doccheck]`` in pyproject.toml says where they are.
"""

__all__ = ["check_text"]


def check_text(text: str, name: str = "page.md") -> list[str]:
    """Run a page that is given as text, and return a message for each wrong place; none where all is true."""
    # imported late: the process that runs a page needs little of doccheck and must start fast
    from doccheck.check import check_text

    return check_text(text, name)
