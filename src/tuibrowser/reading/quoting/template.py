"""Templates: a line of text with fields, and groups that vanish when a field in them is empty.

`{author}` stands for a field, `[{author}：]` for a group: where the author is not known the colon goes with it. Groups
may hold groups; one that holds nothing but groups vanishes with all of them. A backslash before any character means
that character.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

_DEEPEST: Final = 20


class TemplateError(ValueError):
    """A template that cannot be read; the text says where and why, in one line."""


@frozen
class _Field:
    name: str


@frozen
class _Group:
    parts: tuple[str | _Field | _Group, ...]


def fill(template: str, fields: Mapping[str, str]) -> str:
    """The template with its fields filled in. Raise TemplateError where it cannot be read or names no field."""
    parsed = _parsed(template)
    check(template, fields.keys())
    return _filled(parsed, fields)


def check(template: str, names: AbstractSet[str]) -> None:
    """Raise TemplateError unless a template can be read and all its fields have one of the names."""
    for name in _names(_parsed(template)):
        if name not in names:
            raise TemplateError(
                plain("no field {field}; there are {names}", field=f"{{{name}}}", names=listed(sorted(names)))
            )


@lru_cache(64)
def _parsed(template: str) -> _Group:
    """The template as a tree."""
    open_groups: list[list[str | _Field | _Group]] = [[]]
    at = 0
    while at < len(template):
        mark = template[at]
        if mark == "{":
            end = template.find("}", at)
            if end < 0:
                raise TemplateError(plain("the {mark} at {place} is not closed", mark=mark, place=at + 1))
            open_groups[-1].append(_Field(template[at + 1 : end].strip()))
            at = end
        elif mark == "[":
            if len(open_groups) > _DEEPEST:
                raise TemplateError(plain("too many groups inside one another at {place}", place=at + 1))
            open_groups.append([])
        elif mark == "]":
            if len(open_groups) == 1:
                raise TemplateError(plain("the ] at {place} closes nothing", place=at + 1))
            group = _Group(tuple(open_groups.pop()))
            open_groups[-1].append(group)
        else:
            at += mark == "\\" and at + 1 < len(template)
            open_groups[-1].append(template[at])
        at += 1
    if len(open_groups) > 1:
        raise TemplateError(plain("a [ is not closed"))
    return _Group(tuple(open_groups[0]))


def _filled(group: _Group, fields: Mapping[str, str]) -> str:
    """A group that is there."""
    return "".join(
        part if isinstance(part, str) else fields[part.name] if isinstance(part, _Field) else _if_there(part, fields)
        for part in group.parts
    )


def _if_there(group: _Group, fields: Mapping[str, str]) -> str:
    """A group, or nothing where it vanishes."""
    own = [fields[part.name] for part in group.parts if isinstance(part, _Field)]
    inner = [_if_there(part, fields) for part in group.parts if isinstance(part, _Group)]
    there = all(own) if own else any(inner) or not inner
    return _filled(group, fields) if there else ""


def _names(group: _Group) -> list[str]:
    names: list[str] = []
    for part in group.parts:
        if isinstance(part, _Field):
            names.append(part.name)
        elif isinstance(part, _Group):
            names += _names(part)
    return names
