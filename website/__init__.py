"""The site's own machinery: hooks for MkDocs, theme overrides and labels."""
