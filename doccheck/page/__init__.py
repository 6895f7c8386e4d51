"""A page, read: its fences, values, headings and listings."""
