"""Spares each build of the site the theme's slow parts: compiling its templates, and walking its thousands of icons.

What a build writes is the same without this hook.
"""

import os
from functools import partial
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.theme import Theme


@event_priority(100)  # the search plugin wants a template in its own on_config
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the theme make its environment as it does, then add what is kept."""
    kept = Path(config.config_file_path).parent / ".cache" / "templates"
    kept.mkdir(parents=True, exist_ok=True)
    vars(config.theme)["get_env"] = partial(_environment, config.theme, kept)
    return config


def _environment(theme: Theme, kept: Path) -> jinja2.Environment:
    env = Theme.get_env(theme)
    # A template compiled before is read back as long as its source is the same.
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(kept), f"{jinja2.__version__}-%s")
    env.loader = _Loader(theme.dirs)
    return env


class _Loader(jinja2.FileSystemLoader):
    """Lists no file of a hidden folder: MkDocs asks for the list and drops each of them, by twenty patterns."""

    def list_templates(self) -> list[str]:
        found = set()
        for place in self.searchpath:
            for folder, inside, names in os.walk(place):
                inside[:] = [name for name in inside if not name.startswith(".")]
                found |= {Path(folder, name).relative_to(place).as_posix() for name in names}
        return sorted(found)
