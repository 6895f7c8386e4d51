"""MkDocs hooks, one concern a file; mkdocs.yml lists them in the order in which they run."""
