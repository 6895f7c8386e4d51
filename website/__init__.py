"""The site's own machinery: hooks for MkDocs, theme overrides, labels and the drawing of figures."""
