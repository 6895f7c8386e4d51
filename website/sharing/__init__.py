"""What links, search engines and language models learn of a page."""
