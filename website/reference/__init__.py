"""The API reference: read from the package, written as pages, linked from the lessons."""
