"""What sixty steps would cost: `python -m tests.thorough.sixty_steps FOLDER`.

Copies this project into a folder that is thrown away, and copies its stages there until it has sixty steps in each
language. Each copy has a package of its own and a line that no other page has, so no program is run for two pages.
Then `pytest docs` and a strict build run here and there; processor time and pages are printed. What grows faster than
the pages do is shown by a last column over 1.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.site_facts import LANGUAGES, ROOT
from website.course import read_course

STEPS = 60
COMMANDS = {"pytest docs": ["pytest", "docs", "-q"], "a strict build": ["mkdocs", "build", "--strict", "--quiet"]}


def make_project(folder: Path) -> None:
    """Copy the project into a folder, and its stages until there are sixty steps."""
    shutil.copytree(ROOT, folder, ignore=_made)
    shutil.rmtree(folder / "docs" / "record", ignore_errors=True)  # nobody has read the copies
    parts = [part for part in read_course(ROOT).parts if part.steps]
    written = [part.folder for part in parts if (ROOT / "docs" / "en" / part.folder).is_dir()]
    names = [name for name in written if (ROOT / "dezero_lite" / name / "__init__.py").exists()]
    number, course, reference = 6, "", ""
    while len(list((folder / "docs" / "en").glob("stage*/step*.md"))) < STEPS:
        name, new = names[number % len(names)], f"stage{number}"
        files = _copy_stage(folder, name, new)
        course += _part(new, files)
        _link(folder, new, files)
        reference += f'  {{ file = "{new}.md" }},\n'
        number += 1
    table = (folder / "course.toml").read_text("utf-8")
    start = table.index("[[part]]", table.index('folder = "stage5"'))
    table = table[:start] + course + table[start:]
    anchor = '  { file = "testing.md" },\n'
    assert anchor in table
    (folder / "course.toml").write_text(table.replace(anchor, reference + anchor), "utf-8")


def _made(folder: str, names: list[str]) -> set[str]:
    """What was made in a checkout and does not belong to it."""
    made = {"site"} if Path(folder) == ROOT else {"results"}
    return {name for name in names if name in made or name.startswith((".", "__pycache__"))}


def _copy_stage(folder: Path, name: str, new: str) -> list[str]:
    """Copy a stage's package and its pages; return the names of the pages."""
    _renamed(folder / "dezero_lite" / name, name, new, lambda text, _: text)
    for lang in LANGUAGES:
        _renamed(folder / "docs" / lang / name, name, new, _with_a_line_of_its_own)
    return sorted(path.name for path in (folder / "docs" / "en" / new).iterdir())


def _renamed(source: Path, name: str, new: str, change: Callable[[str, str], str]) -> None:
    target = source.with_name(new)
    target.mkdir()
    for path in source.iterdir():
        if path.is_file():
            text = path.read_text("utf-8").replace(name, new).replace(f"figures/{new}", f"figures/{name}")
            (target / path.name).write_text(change(text, f"{new}/{path.stem}"), "utf-8")


def _with_a_line_of_its_own(text: str, mark: str) -> str:
    return re.sub(r"(?m)^# .*$", lambda title: f'{title[0]}\n\n```python\ncopied = "{mark}"\n```', text, count=1)


def _link(folder: Path, new: str, files: list[str]) -> None:
    """Let the home pages lead to the copies, as a build demands."""
    for lang in LANGUAGES:
        with (folder / "docs" / lang / "index.md").open("a", encoding="utf-8") as page:
            page.writelines(f"\n[{name}]({new}/{name})\n" for name in files)


def _part(folder: str, files: list[str]) -> str:
    titles = ", ".join(f'{lang} = "{folder}"' for lang in LANGUAGES)
    pages = "".join(f'  {{ file = "{name}" }},\n' for name in files)
    return f'[[part]]\nfolder = "{folder}"\ntitle = {{ {titles} }}\npages = [\n{pages}]\n\n'


def seconds(command: list[str], folder: Path) -> float:
    """The processor time of a command of this environment, with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a row for each command."""
    folder = Path(sys.argv[1])
    make_project(folder)
    here, there = (len(list((root / "docs").glob("*/**/*.md"))) for root in (ROOT, folder))
    print(f"{'':16} {here:4} pages {there:4} pages   s a page: then / now")
    for name, command in COMMANDS.items():
        now, then = seconds(command, ROOT), seconds(command, folder)
        print(f"{name:16} {now:8.1f} s {then:8.1f} s {then / there / (now / here):20.2f}")


if __name__ == "__main__":
    main()
