"""The record as its users meet it: pytest, `--read` with answers from the standard input, and a site's build."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from mkdocs.config.defaults import MkDocsConfig

import doccheck.faces.mkdocs_hook as hook
from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.faces.pytest_read import Sitting, StopReadingError, find_targets
from doccheck.faces.site_state import SITE
from doccheck.record.files import write_record
from doccheck.record.records import Records
from tests.support.sample_project import Project

PAGE = """# T {#t}

The first words.

```python
x = 2.0
print(x)
```

```text { .output }
2.0
```

## U {#u}

It is `2.0`{ data-expr="x" } in LANG.

![a box](figures/box.svg)
"""
CODE = '''"""A file.

>>> 1 + 1
2
"""


def f():
    """Do this."""
'''


LANGUAGES = ("aa", "bb", "cc")


@pytest.fixture
def recorded(project: Project) -> Project:
    """A project in git whose folders were read."""
    settings = project.root / "pyproject.toml"
    more = 'records = "record"\npictures = "figures"\ndocstrings = ["code"]\ncode = ["code"]\n'
    settings.write_text(settings.read_text() + more)
    for name, text in {"code/m.py": CODE, "figures/s/box.py": "draw('+')\n"}.items():
        (project.root / name).parent.mkdir(parents=True)
        (project.root / name).write_text(text)
    (project.root / "code" / "__init__.py").write_text("")
    for language in LANGUAGES:
        project.write("s/figures/box.svg", "<svg/>", language)
        project.write("s/a.md", PAGE.replace("LANG", language), language)
    records = Records(find_settings(project.root), Book(find_settings(project.root)).page)
    for path in ("pages/aa/s/a.md", "code/m.py"):
        target = records.target(project.root / path)
        assert target is not None
        lines = {entry.key: entry.digests for entry in records.entries(target)}
        write_record(records.path(records.folder(target)), lines)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "as read"]):
        subprocess.run([*git, *command], cwd=project.root, check=True)
    return project


def run(project: Project, *args: str, answers: str = "", **env: str) -> tuple[int, str]:
    """As on the command line."""
    hidden = ("PYTEST_ADDOPTS", "CI")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | env
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *args]
    done = subprocess.run(
        command, cwd=project.root, env=environment, input=answers, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def unread(project: Project) -> list[str]:
    """What no person has read as it is."""
    records = Book(find_settings(project.root)).records
    found = [problem for path in records.all_paths() if path.suffix == ".md" for problem in records.unread_on(path)]
    return [str(problem) for problem in [*found, *records.of_files()]]


def read(project: Project, *names: str, answers: str = "y\n" * 50) -> tuple[bool, str]:
    """What a person sees who answers so, and whether nothing is left."""
    book = Book(find_settings(project.root))
    targets = [target for name in names for target in find_targets(book.settings, book.records, project.root / name)]
    left, said = answers.splitlines(), [""]

    def ask(question: str) -> str:
        said.append(question)
        if not left:
            raise StopReadingError
        return left.pop(0)

    done = Sitting(book, ask, said.append).go_through(targets)
    return done, "\n".join(said)


def change(project: Project, name: str, old: str, new: str) -> None:
    """Write something else; LANG in a name stands for each language."""
    for language in LANGUAGES if "LANG" in name else ("",):
        path = project.root / name.replace("LANG", language)
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))


def test_a_record_has_a_short_line_a_section_in_alphabetical_order(recorded: Project) -> None:
    first, *rows = (recorded.root / "record" / "s.txt").read_text().splitlines()
    assert first.startswith("# `pytest docs --read` writes this")
    assert [row.split()[0] for row in rows] == ["a.md#t", "a.md#u"]
    assert [column.split("=")[0] for column in rows[1].split()[1:]] == ["aa", "bb", "cc", "pictures"]
    assert all(len(row) < 120 for row in rows)
    assert [row.split()[0] for row in (recorded.root / "record" / "code.txt").read_text().splitlines()[1:]] == [
        "m.py",
        "m.py#f",
    ]


def test_what_was_read_passes_and_is_counted(recorded: Project) -> None:
    assert unread(recorded) == []
    code, text = run(recorded, "pages")
    assert code == 0, text
    assert "4 sections as somebody has read them\n" in text
    assert "nobody" not in text


def test_a_change_is_a_failure_of_its_own_kind_with_its_own_count(recorded: Project) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    recorded.write("new/b.md", "# B {#b}\n\nWords.\n")
    code, text = run(recorded, "pages")
    assert code == 1, text
    assert (
        "pages/bb/s/a.md:1: this section has changed since it was read beside pages/aa/s/a.md:1 and pages/cc/s/a.md:1; "
        "read all three, then `pytest pages --read pages/bb/s/a.md`" in text
    )
    assert "3 sections as somebody has read them; 1 changed since, or new: `pytest pages --read …`" in text
    assert "nobody has recorded reading 1 folder: new" in text
    assert text.count("this section has changed") == 1
    assert "FAILED pages/bb/s/a.md::read by somebody" in text
    assert "1 failed" in text


def test_a_change_in_all_languages_is_seen_too(recorded: Project) -> None:
    change(recorded, "pages/LANG/s/a.md", "first words", "last words")
    assert [said.split(" since")[0] for said in unread(recorded)] == [
        f"pages/{language}/s/a.md:1: this section has changed" for language in LANGUAGES
    ]


def test_a_picture_is_read_with_its_section(recorded: Project) -> None:
    change(recorded, "figures/s/box.py", "+", "-")
    assert len(unread(recorded)) == 3
    says = "pages/cc/s/a.md:14: picture box has changed since this section was read beside pages/aa/s/a.md:14 and"
    assert unread(recorded)[2].startswith(says)
    done, text = read(recorded, "pages/cc/s/a.md")
    assert done
    assert "draw('[-+-]{+-+}')" in text
    assert unread(recorded) == []


def test_docstrings_are_read_too(recorded: Project) -> None:
    change(recorded, "code/m.py", "Do this", "Do that")
    says = "code/m.py:9: this docstring has changed since it was read; read it, then `pytest pages --read code/m.py`"
    assert unread(recorded) == [says]
    done, text = read(recorded, "code")
    assert done
    assert "Do [-this-]{+that+}." in text
    assert unread(recorded) == []


GLOSSARY = """[[term]]
aa = "box"
bb = "Kasten"
bb_not = ["Kiste"]
bb_is = "Er hat ein Fach."
cc = "boîte"

[[term]]
aa = "gradient"
bb = "Gradient"
cc = "gradient"
"""


def test_terms_of_the_glossary_are_read_too(recorded: Project) -> None:
    settings = recorded.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'glossary = "pages/terms.toml"\n')
    (recorded.root / "pages" / "terms.toml").write_text(GLOSSARY)
    assert unread(recorded) == []
    done, text = read(recorded, "pages/terms.toml")
    assert done
    assert "2 sections recorded" in text
    for name in ("add", "commit"):
        more = ["-A"] if name == "add" else ["-qm", "terms"]
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", name, *more]
        subprocess.run(git, cwd=recorded.root, check=True)
    change(recorded, "pages/terms.toml", '["Kiste"]', '["Kiste", "Karton"]')
    assert unread(recorded) == []
    change(recorded, "pages/terms.toml", "ein Fach", "zwei Fächer")
    says = "pages/terms.toml:1: this term has changed since it was read; read it, then `pytest pages --read pages/terms.toml`"
    assert unread(recorded) == [says]
    done, text = read(recorded, "pages")
    assert done
    assert "is: Er hat [-ein-]{+zwei+} [-Fach-]{+Fächer+}." in text
    change(recorded, "pages/terms.toml", '[[term]]\naa = "gradient"', '[[term]]\naa = "slope"')
    assert [said.split(": ")[1].split(";")[0] for said in unread(recorded)] == [
        "nobody has read this term yet",
        "the record has terms.toml#gradient, which is no longer there",
    ]


@pytest.mark.parametrize(
    ("file", "line", "text"),
    [
        (
            "seen.toml",
            2,
            '\n[[seen]]\nid = "nan"\naa = "It is nan"\nbb = "x"\ncc = "y"\naa_first = "Too large"\npitfalls = ["a#b"]\n',
        ),
        ("words.yml", 3, '# The site\'s\n\nnan:\n  aa: It is nan. Too large\n  bb: x\n  cc: "see a#b"\n'),
    ],
)
def test_other_tables_of_texts_are_read_too(recorded: Project, file: str, line: int, text: str) -> None:
    settings = recorded.root / "pyproject.toml"
    settings.write_text(settings.read_text() + f'tables = ["pages/{file}"]\n')
    (recorded.root / "pages" / file).write_text(text)
    done, _ = read(recorded, f"pages/{file}")
    assert done
    assert unread(recorded) == []
    for before, after in [("Too large", "Too small"), ("a#b", "a#c")]:  # of one language, of all or of another one
        change(recorded, f"pages/{file}", before, after)
        says = f"pages/{file}:{line}: this text has changed since it was read"
        assert {said.split(";")[0] for said in unread(recorded)} == {says}
        change(recorded, f"pages/{file}", after, before)
    assert unread(recorded) == []


def test_what_fix_writes_leaves_nothing_unread(recorded: Project) -> None:
    change(recorded, "pages/LANG/s/a.md", "\n2.0\n", "\n7\n")
    change(recorded, "pages/LANG/s/a.md", "`2.0`", "`8`")
    change(recorded, "pages/LANG/s/a.md", "first words", "first\nwords")
    assert len(recorded.problems()) == 6
    assert recorded.problems(fix=True) == []
    assert unread(recorded) == []


def test_reading_shows_what_changed_beside_the_other_languages(recorded: Project) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    code, text = run(recorded, "pages", "--read", "pages/cc/s/a.md", answers="what?\nyes\n")  # in any language
    assert code == 0, text
    assert "pages/aa/s/a.md:1 (a.md#t), 1 of 1 on this page" in text
    assert "The [-first-]{+last+} words." in text
    assert text.index("--- aa: pages/aa/s/a.md:1") < text.index("--- cc: pages/cc/s/a.md:1")
    assert text.count("Is all of it right?") == 2
    assert "1 section recorded, 0 left" in text
    assert unread(recorded) == []


def test_each_section_is_asked_for_and_the_record_keeps_what_was_answered(recorded: Project) -> None:
    for old in ("first words", "It is"):
        change(recorded, "pages/bb/s/a.md", old, f"{old} now")
    code, text = run(recorded, "pages", "--read", "pages/bb/s/a.md", answers="n\ny\n")
    assert code == 1, text
    assert "1 section recorded, 1 left" in text
    assert [said.split(":")[1] for said in unread(recorded)] == ["1"]


@pytest.mark.parametrize("answers", ["", "q\n", "quit\n"])
def test_no_answer_records_nothing(recorded: Project, answers: str) -> None:
    for old in ("first words", "It is"):
        change(recorded, "pages/bb/s/a.md", old, f"{old} now")
    before = (recorded.root / "record" / "s.txt").read_bytes()
    done, text = read(recorded, "pages/bb/s/a.md", answers=answers)
    assert not done
    assert "0 sections recorded, 2 left" in text
    assert (recorded.root / "record" / "s.txt").read_bytes() == before


def test_a_page_with_other_problems_is_not_recorded(recorded: Project) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    change(recorded, "pages/aa/s/a.md", "`2.0`", "`3.0`")
    before = (recorded.root / "record" / "s.txt").read_bytes()
    done, text = read(recorded, "pages/bb/s/a.md")
    assert not done
    assert "pages/aa/s/a.md: not recorded, for something else is wrong; `pytest pages/aa/s/a.md` says what" in text
    assert "0 sections recorded, 1 left" in text
    assert (recorded.root / "record" / "s.txt").read_bytes() == before


def test_a_page_that_one_language_lacks_is_not_recorded(recorded: Project) -> None:
    recorded.write("s/b.md", "# B {#b}\n\nWords.\n", "aa", "bb")
    done, text = read(recorded, "pages/aa/s/b.md")
    assert not done
    assert "not recorded" in text


def test_a_file_with_a_wrong_docstring_is_not_recorded(recorded: Project) -> None:
    change(recorded, "code/m.py", "\n2\n", "\n3\n")
    change(recorded, "code/m.py", "Do this", "Do that")
    done, text = read(recorded, "code/m.py")
    assert not done
    assert "code/m.py: not recorded, for something else is wrong; `pytest code/m.py` says what" in text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["CI"], "--read is for people who have read a page; in CI nobody has"),
        (["--fix"], "--read records pages that are right; leave --fix and --mine out"),
        (
            ["--read", "pages/bb/s/b.md"],
            "--read pages/bb/s/b.md: no page, and no docstrings that readers see, is there",
        ),
    ],
)
def test_what_cannot_be_is_refused(recorded: Project, more: list[str], says: str) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    before = (recorded.root / "record" / "s.txt").read_bytes()
    env = {name: "true" for name in more if name == "CI"}
    args = [arg for arg in more if arg not in env]
    code, text = run(recorded, "pages", "--read", "pages/bb/s/a.md", *args, answers="y\n", **env)
    assert code == 4, text
    assert says in text
    assert (recorded.root / "record" / "s.txt").read_bytes() == before


def test_a_folder_is_checked_once_somebody_has_read_it(recorded: Project) -> None:
    recorded.write("new/b.md", "# B {#b}\n\nWords.\n")
    assert unread(recorded) == []
    assert read(recorded, "pages")[0]
    recorded.write("new/c.md", "# C {#c}\n\nWords.\n")
    assert [said.split(" beside")[0] for said in unread(recorded)] == [
        f"pages/{language}/new/c.md:1: nobody has read this section yet" for language in LANGUAGES
    ]


def test_what_is_gone_leaves_the_record(recorded: Project) -> None:
    change(recorded, "pages/LANG/s/a.md", "{#u}", "{#v}")
    says = "the record has a.md#u, which is no longer there; `pytest pages --read pages/aa/s/a.md` drops it"
    assert f"pages/aa/s/a.md:1: {says}" in unread(recorded)
    done, text = read(recorded, "pages/aa/s/a.md")
    assert done
    assert "no longer there, and dropped from the record: a.md#u" in text
    assert unread(recorded) == []
    for language in LANGUAGES:
        recorded.path(f"{language}/s/a.md").rename(recorded.path(f"{language}/s/b.md"))
    assert "record/s.txt:1: the record has a.md, and there is no such file; delete its lines" in unread(recorded)


def test_a_heading_that_one_language_has_lost_is_missed_there(recorded: Project) -> None:
    change(recorded, "pages/bb/s/a.md", "## U {#u}\n", "")
    says = "the record has a.md#u, which is no longer there; `pytest pages --read pages/bb/s/a.md` drops it"
    assert f"pages/bb/s/a.md:1: {says}" in unread(recorded)


def test_a_broken_record_says_which_line(recorded: Project) -> None:
    path = recorded.root / "record" / "s.txt"
    path.write_text(path.read_text() + "a.md#t aa=1\n")
    [said] = unread(recorded)
    assert said.endswith("s.txt:4: a.md#t stands there twice; delete the line and read that section again")


def test_without_git_all_of_a_changed_section_is_to_be_read(recorded: Project) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    (recorded.root / ".git").rename(recorded.root / "gone")
    done, text = read(recorded, "pages/bb/s/a.md")
    assert done
    assert "(changed since it was read; git does not have that text, so read all of it)" in text


CONFIG = f"""
site_name: foreign
docs_dir: pages
theme: {{name: mkdocs}}
use_directory_urls: false
markdown_extensions: [attr_list, md_in_html, pymdownx.superfences]
hooks: [{hook.__file__}]
"""


@pytest.mark.thorough
def test_a_strict_build_fails_where_a_page_was_not_read(recorded: Project) -> None:
    (recorded.root / "mkdocs.yml").write_text(CONFIG)

    def build(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "mkdocs", "build", *options]
        done = subprocess.run(command, cwd=recorded.root, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    assert build("--strict", "--quiet")[0] == 0
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    code, text = build("--strict", "--quiet")
    assert code == 1, text
    assert "Not as somebody has read it:\npages/bb/s/a.md:1: this section has changed since it was read" in text
    code, text = build()
    assert code == 0, text
    assert "Not as somebody has read it" in text


def test_serving_says_so_in_a_quiet_line(recorded: Project, caplog: pytest.LogCaptureFixture) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    SITE.check(find_settings(recorded.root))
    SITE.serving = True
    try:
        with caplog.at_level("INFO"):
            hook._say_what_is_unread(MkDocsConfig())
    finally:
        SITE.serving = False
    assert [(r.levelname, r.message) for r in caplog.records] == [
        ("INFO", "1 section changed since it was read, or new; `pytest` names them")
    ]


def test_a_project_without_a_record_has_nothing_to_read(project: Project) -> None:
    project.write("a.md", PAGE)
    path = project.path("aa/a.md")
    assert Book(find_settings(project.root)).records.unread_on(path) == []
    code, text = run(project, "pages", "--read", "pages/aa/a.md")
    assert code == 4
    assert 'pyproject.toml names no folder for the record: records = "…"' in text


def test_what_changes_while_it_is_read_is_not_recorded(recorded: Project) -> None:
    change(recorded, "pages/bb/s/a.md", "first words", "last words")
    book = Book(find_settings(recorded.root))
    targets = find_targets(book.settings, book.records, recorded.path("bb/s/a.md"))

    def answer(question: str) -> str:
        change(recorded, "pages/bb/s/a.md", "last words", "other words")
        return "y"

    with pytest.raises(pytest.UsageError, match="changed while it was being read; run again"):
        Sitting(book, answer, lambda line: None).go_through(targets)
