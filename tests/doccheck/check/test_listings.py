"""Listings fold into the code so far, and the last of each name is the package's own definition."""

from __future__ import annotations

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from tests.support.sample_project import Project

FIRST = """# One {#one}

```python title="box/core.py"
import math


class Base:
    def value(self):
        return 1
```

```python title="box/core.py"
class Derived(Base):
    def double(self):
        return 2 * self.value()
```
"""
SECOND = """# Two {#two}

```python title="box/core.py"
class Base:
    def value(self):
        return math.floor(3.5)
```

<!-- code so far -->

```python
print(Derived().double())
```

```text { .output }
6
```
"""
PACKAGE = '''"""Boxes."""

import math


class Base:
    """Holds a value."""

    def value(self) -> int:
        """Return it."""
        return math.floor(3.5)


class Derived(Base):
    def double(self) -> int:
        count: int = 2
        return 2 * self.value()
'''.replace("        count: int = 2\n", "")


@pytest.fixture
def book(project: Project) -> Project:
    project.write("s/page1.md", FIRST)
    project.write("s/page2.md", SECOND)
    (project.root / "box").mkdir()
    (project.root / "box" / "core.py").write_text(PACKAGE)
    return project


def test_the_code_so_far_runs_with_later_definitions(book: Project) -> None:
    assert book.problems() == []


def test_a_class_that_keeps_its_old_base_is_reported(book: Project) -> None:
    marker = "<!-- code so far -->\n\n"
    page = SECOND.replace(marker, "").replace("# Two {#two}\n\n", "# Two {#two}\n\n" + marker)
    book.write("s/page2.md", page)
    found = book.problems("aa/s/page2.md")
    assert found[0] == (
        "pages/aa/s/page2.md:11: Derived still derives from the old Base; put the marker for the code so far "
        "after the listing of Base, or list Derived again above this example"
    )


def test_a_second_marker_gives_classes_their_new_base(book: Project) -> None:
    book.write("s/page2.md", SECOND.replace("# Two {#two}\n", "# Two {#two}\n\n<!-- code so far -->\n"))
    assert book.problems() == []


THIRD = """# Three {#three}

```python title="box/core.py"
def doubled(cls):
    return cls


class Root:
    def value(self):
        return 5


@doubled
class Base(Root):
    pass
```
"""
FOURTH = """# Four {#four}

<!-- code so far -->

```python
print(Derived().double())
```

```text { .output }
10
```
"""


def test_a_class_that_got_a_base_later_comes_behind_it(book: Project) -> None:
    """Base has its place in the code so far since page 1; Root and the decorator were listed on page 3."""
    book.write("s/page3.md", THIRD)
    book.write("s/page4.md", FOURTH)
    third = THIRD.split("```python")[1].split("\n", 1)[1].split("```")[0]
    derived = "\n\nclass Derived(Base):\n    def double(self):\n        return 2 * self.value()\n"
    (book.root / "box" / "core.py").write_text(f'"""Boxes."""\n\n{third}{derived}')
    assert book.problems("aa/s/page4.md") == []


def test_a_page_without_the_marker_does_not_know_earlier_code(book: Project) -> None:
    book.write("s/page2.md", SECOND.replace("<!-- code so far -->\n\n", ""))
    assert (
        "pages/aa/s/page2.md:9: the example raises NameError: name 'Derived' is not defined"
        in (book.problems("aa/s/page2.md")[0])
    )


def test_the_last_listing_is_the_package(book: Project) -> None:
    (book.root / "box" / "core.py").write_text(PACKAGE.replace("3.5", "4.5"))
    assert book.problems("aa/s/page1.md", "aa/s/page2.md") == [
        "pages/aa/s/page2.md:4: this last listing of Base differs from box/core.py:6; the page says "
        "'return math.floor(3.5)', the package 'return math.floor(4.5)'; `pytest docs --fix` writes it, if the package is right"
    ]


def test_types_of_class_variables_are_the_packages_alone(book: Project) -> None:
    typed = PACKAGE.replace(
        '    """Holds a value."""\n', '    """Holds a value."""\n\n    # set later\n    kind: ClassVar[str]\n'
    )
    (book.root / "box" / "core.py").write_text(
        typed.replace("import math\n", "import math\nfrom typing import ClassVar\n")
    )
    assert book.problems() == []


def test_a_field_without_a_value_is_no_mere_type(book: Project) -> None:
    typed = PACKAGE.replace('    """Holds a value."""\n', '    """Holds a value."""\n\n    kind: str\n')
    (book.root / "box" / "core.py").write_text(typed)
    assert "this last listing of Base differs" in book.problems("aa/s/page1.md", "aa/s/page2.md")[0]


def test_a_listing_that_the_package_lacks(book: Project) -> None:
    (book.root / "box" / "core.py").write_text(PACKAGE.split("\n\n\nclass Derived")[0])
    assert book.problems("aa/s/page1.md", "aa/s/page2.md") == [
        "pages/aa/s/page1.md:13: box/core.py has no Derived; correct the listing's title or the package"
    ]


def test_a_definition_that_no_page_lists(book: Project) -> None:
    (book.root / "box" / "core.py").write_text(PACKAGE + "\n\ndef extra():\n    pass\n\n\ndef _private():\n    pass\n")
    assert book.problems("aa/s/page1.md", "aa/s/page2.md") == [
        "pages/aa/s/page2.md:1: no page of this folder lists extra of box/core.py:19; list it, or name it _extra"
    ]


def test_tracebacks_point_at_the_page_that_listed_the_code(book: Project) -> None:
    book.write("s/page1.md", FIRST.replace("return 2 * self.value()", "return 2 * self.missing"))
    path = book.path("bb/s/page2.md")
    verdict = Book(find_settings(book.root)).check([path])[path]
    detail = "\n".join(problem.detail for problem in verdict.problems)
    assert 'File "pages/bb/s/page2.md", line 12' in detail
    assert 'File "pages/bb/s/page1.md", line 15, in double' in detail


def test_the_last_page_runs_once_more_on_the_imported_package(book: Project) -> None:
    """The definitions are equal, but what the package has beside them changes what they do."""
    (book.root / "box" / "core.py").write_text(PACKAGE + '\n\nmath = type("Math", (), {"floor": lambda x: 8})\n')
    assert book.problems("aa/s/page1.md", "aa/s/page2.md") == [
        "pages/aa/s/page2.md:16: with the package in place of the listings, the page says 6, the code prints 16; "
        "make the package do what the pages do"
    ]


def test_a_page_without_listings_behind_them_leaves_the_last_run_to_the_page_before(book: Project) -> None:
    book.write("s/page3.md", "# Three {#three}\n\nThe end.\n")
    (book.root / "box" / "core.py").write_text(PACKAGE + '\n\nmath = type("Math", (), {"floor": lambda x: 8})\n')
    assert len(book.problems("aa/s/page1.md", "aa/s/page2.md", "aa/s/page3.md")) == 1
