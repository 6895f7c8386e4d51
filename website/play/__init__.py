"""Run in the page: what the browser loads, and the Python that runs there."""
