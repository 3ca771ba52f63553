"""A container with the containers in it, as one list of members: books.zip holds 詩.jsonl/17."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final

from tuibrowser.corpus.containers import container_for
from tuibrowser.corpus.containers.base import Member, Omitted
from tuibrowser.corpus.containers.compressed import unpack
from tuibrowser.corpus.containers.json_lines import Records
from tuibrowser.corpus.containers.told import archive_in
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.names import inner_name, is_compressed, suffix
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.containers.base import Opened
    from tuibrowser.corpus.formats.base import Contents

_DEEPEST: Final = 2
"""Archives within each other that are opened."""


class Flat:
    """An open container and, when they are asked for, those in it."""

    def __init__(self, opened: Opened, encoding: str | None, depth: int) -> None:
        self._opened = opened
        self._encoding = encoding
        self._depth = depth
        self._inner: tuple[str, Flat | None] = ("", None)

    def list(self) -> tuple[list[Member], list[Omitted]]:
        """All members, in order, and what is left out. Records of one file are one member."""
        members: list[Member] = []
        omitted = list(self._opened.omitted)
        for member in self._opened.members:
            if member.sizes is not None:
                members.append(member)
                continue
            if container_for(inner_name(member.name)) is None:
                if reason := _unfit(member):
                    omitted.append(Omitted(member.name, reason))
                else:
                    members.append(member)
                continue
            try:
                inner = self._open(member.name)
            except (OSError, CorpusError) as error:
                omitted.append(Omitted(member.name, said(error)))
                continue
            if inner is None:
                members.append(member)
                continue
            below, left_out = inner.list()
            members += [replace(each, name=f"{member.name}/{each.name}".rstrip("/")) for each in below]
            omitted += [Omitted(f"{member.name}/{each.name}", each.reason) for each in left_out]
        return members, omitted

    def contents(self, name: str) -> Contents:
        """The contents of a member. Raises OSError and NotTextError."""
        opened, name = self._holder(name)
        return opened.contents(name)

    def records(self, name: str, count: int) -> Sequence[Contents] | None:
        """The contents of a record and of those after it; None where a member is no record.

        Raises OSError and NotTextError.
        """
        opened, name = self._holder(name)
        return opened.several(int(name), count) if isinstance(opened, Records) else None

    def _holder(self, name: str) -> tuple[Opened, str]:
        """The innermost container that a member is in, and its name there. Raises OSError and NotTextError."""
        at = name.find("/")
        while at >= 0:
            outer = name[:at]
            if container_for(inner_name(outer)) is not None and (inner := self._open(outer)) is not None:
                return inner._holder(name[at + 1 :])
            at = name.find("/", at + 1)
        return self._opened, name

    def _open(self, name: str) -> Flat | None:
        """The container that a member is; the one opened last is kept."""
        if self._inner[0] != name:
            contents = self._opened.contents(name)
            self._inner = name, open_flat(BytesIO(contents.data), name, self._encoding, self._depth + 1)
        return self._inner[1]


def open_flat(file: IO[bytes], name: str, encoding: str | None = None, depth: int = 1) -> Flat | None:
    """Open a container, known by its name or its bytes; None where the file is one document.

    `encoding` is the one that a person named for the texts in it. Raises OSError and NotTextError.
    """
    if is_compressed(name) and container_for(name) is None:
        file, name = BytesIO(unpack(file, suffix(name))), inner_name(name)
    kind = container_for(name) or (archive_in(file) if depth == 1 else None)
    if kind is None:
        return None
    if depth > _DEEPEST and not kind.holds_records:
        raise NotTextError(plain("an archive within archives"))
    opened = kind.open(file, name, encoding)
    return Flat(opened, encoding, depth) if opened is not None else None


def _unfit(member: Member) -> str | None:
    """Why a file in an archive is left out."""
    if member.size == 0:
        return plain("empty file")
    ending = suffix(inner_name(member.name))
    if ending and format_for(inner_name(member.name)) is None:
        return plain("format not supported yet: {ending}", ending=ending)
    return None
