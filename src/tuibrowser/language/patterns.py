"""Patterns: regular expressions that are compiled when they are first used, so that no start pays for all of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled at its first use; a mistake in it is raised then, not when its module is imported."""
    return cast("re.Pattern[str]", _Late(source, flags))


class _Late:
    """Has the methods of the compiled pattern, each of which it keeps once it was asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copies and pickles asks for these before there is a source
            raise AttributeError(name)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
