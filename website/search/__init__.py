"""What the search knows of the pages."""
