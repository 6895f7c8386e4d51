"""Running a page: what runs, in which processes, and what is remembered of it."""
