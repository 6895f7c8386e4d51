"""The finished pages of a language's stages, noted while it is built."""

from dataclasses import dataclass, field

import jinja2


@dataclass
class Articles:
    """What a language's booklets are made of. finished: by file, a page's title and article, both HTML; checked: how
    many outputs and values of it were compared."""

    finished: dict[str, tuple[str, str]] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)
    template: jinja2.Template | None = None
