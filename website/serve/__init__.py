"""What `mkdocs serve` does besides building."""
