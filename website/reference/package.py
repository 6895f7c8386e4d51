"""The public names of the package, read from its files without running them: what the API reference is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from griffe import Alias, Attribute, Class, Function, Module, Object

PACKAGE = "dezero_lite"


@dataclass(frozen=True)
class Entry:
    """A class, a function, or a method with a docstring: its address in the package, and what people call it."""

    address: str
    name: str
    bases: tuple[str, ...] = ()
    is_property: bool = False
    has_example: bool = False

    @property
    def is_member(self) -> bool:
        """Whether it belongs to a class."""
        return "." in self.name


def modules(top: Module) -> Iterator[Module]:
    """Yield a module and all public modules below it, in alphabetical order."""
    yield top
    for name in sorted(top.modules):
        module = top.modules[name]
        if isinstance(module, Module) and not name.startswith("_"):
            yield from modules(module)


def entries(module: Module) -> Iterator[Entry]:
    """Yield what a module itself defines for others, in the order of its lines, each class before its methods."""
    for found in _by_line(module):
        if isinstance(found, Class):
            bases = tuple(base.path for base in found.resolved_bases)
            yield Entry(found.path, found.name, bases, has_example=_has_example(found))
            for member in _by_line(found):
                if isinstance(member, Function | Attribute) and member.docstring:
                    is_property = isinstance(member, Attribute)
                    name = f"{found.name}.{member.name}"
                    yield Entry(member.path, name, is_property=is_property, has_example=_has_example(member))
        elif isinstance(found, Function):
            yield Entry(found.path, found.name, has_example=_has_example(found))


def imported(module: Module) -> dict[str, str]:
    """Return the names that a module passes on, and where in the package each is defined."""
    found = {str(name): module.members.get(str(name)) for name in module.exports or []}
    # not resolved: while serving, the file that it comes from may be half written, and then doccheck says so
    return {name: _defined(name, it) for name, it in found.items() if isinstance(it, Alias) and it.resolved}


def _defined(name: str, passed_on: Alias) -> str:
    """Where a name is defined. A package that has a file of this name, too, passes on what the file defines."""
    of = passed_on.final_target
    return of.members[name].canonical_path if isinstance(of, Module) and name in of.members else of.canonical_path


def summary(module: Module) -> str:
    """Return the first paragraph of a module's docstring."""
    return module.docstring.value.split("\n\n")[0] if module.docstring else ""


def _has_example(found: Object) -> bool:
    return found.docstring is not None and ">>> " in found.docstring.value


def _by_line(scope: Module | Class) -> list[Object]:
    own = [member for member in scope.members.values() if isinstance(member, Object) and member.is_public]
    return sorted(own, key=lambda member: member.lineno or 0)
