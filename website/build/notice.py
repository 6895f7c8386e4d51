"""Silences the theme's notice about its end of life, which it would print wherever it is loaded, on every command.

mkdocs.yml names SILENCED as a value, so that MkDocs imports this module while it reads that file: before it loads the
theme, and whoever calls it. No hook and no plugin comes early enough.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
SILENCED = True
