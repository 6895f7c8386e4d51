"""How the site is put together: languages, files that are joined, what is said on the way."""
