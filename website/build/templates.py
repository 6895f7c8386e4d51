"""Keeps the theme's templates as they were compiled: a build has four environments, and compiles them in each."""

from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Read back a template that was compiled before, as long as its source is the same."""
    kept = Path(config.config_file_path).parent / ".cache" / "templates"
    kept.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(kept), f"{jinja2.__version__}-%s")
    return env
