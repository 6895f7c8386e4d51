"""What people and tools meet: pytest, MkDocs."""
