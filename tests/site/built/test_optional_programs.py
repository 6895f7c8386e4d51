"""A page with programs that need an optional library: the site shows them, and leaves them out of what it gives away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.site_facts import LANGUAGES
from tests.support.small_site import COURSE, build_small_site, make_small_site, write_pages

PAGE = """---
description: One program for everybody, and one for some.
---

# Step LANG {#step}

```python
x = 2.0
print(x)
```

```text { .output }
2.0
```

```python { .optional needs="peer" }
import peer

print(peer.double(x))
```

```text { .optional .output }
4.0
```

```python { .optional needs="json" }
import json

print(json.loads("3"))
```

```text { .optional .output }
3
```

```console { .optional needs="peer" }
$ python a.py
2.0
4.0
```
"""


@pytest.mark.thorough
def test_a_site_shows_optional_programs_and_gives_the_others_away(tmp_path: Path) -> None:
    course = COURSE.replace('{ file = "index.md" }', '{ file = "index.md" }, { file = "a.md" }')
    make_small_site(tmp_path, course)
    settings = tmp_path / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + 'optional = ["json", "peer"]\n', "utf-8")
    write_pages(tmp_path, {"a.md": PAGE.replace("Step LANG", "A page")})
    done = build_small_site(tmp_path, "--strict", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    for lang in LANGUAGES:
        folder = tmp_path / "site" / lang / "a"
        page = (folder / "index.html").read_text("utf-8")
        assert "peer" in page
        assert page.count("data-upto") == page.count("data-upto", 0, page.index("peer"))
        given = (folder / "a.py").read_text("utf-8")
        assert "peer" not in given
        assert "json" not in given  # which can be imported here
