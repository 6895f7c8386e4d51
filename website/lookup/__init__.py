"""The pages for looking things up: the glossary, and the pitfalls by what one sees."""
