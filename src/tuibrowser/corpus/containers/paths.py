"""Names in archives: safe to show, told apart, and never a path out of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import ItemsView

_SYSTEM = frozenset({"__MACOSX"})
"""Folders that systems put into archives beside what is packed."""


def is_hidden(path: str) -> bool:
    """Whether a part of a path begins with a dot, as the names of hidden files do, or belongs to a system."""
    return any((part.startswith(".") and part.strip(".")) or part in _SYSTEM for part in path.split("/"))


def leads_out(path: str) -> bool:
    """Whether a path in an archive is absolute or climbs out of it."""
    return path.startswith(("/", "\\")) or path[1:2] == ":" or ".." in path.replace("\\", "/").split("/")


class Names:
    """The files of an archive by their names; the first of two with the same name counts."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def add(self, path: str, value: object) -> str | None:
        """Take in a file; return why it is left out, if it is."""
        if leads_out(path):
            return plain("its name leads out of the archive")
        name = "/".join(part for part in path.split("/") if part not in ("", "."))
        if not name:
            return plain("no name")
        if name in self._known:
            return plain("a file of the same name is in the archive")
        self._known[name] = value
        return None

    def __getitem__(self, name: str) -> Any:
        try:
            return self._known[name]
        except KeyError:
            raise FileNotFoundError(plain("not in its archive any more")) from None

    def items(self) -> ItemsView[str, Any]:
        """The names and the values."""
        return self._known.items()
