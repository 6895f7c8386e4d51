"""A notebook, read as the Markdown that it stands for."""
