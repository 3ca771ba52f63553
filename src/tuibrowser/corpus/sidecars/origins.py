"""Origins: what a sidecar says of a document put over what its file says, and where each value comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.problems import SIDECAR_DATE, no_date, unread_date
from tuibrowser.corpus.model import MARKUP, NAME, SIDECAR, TEXT, Metadata
from tuibrowser.corpus.sidecars.sidecar import COLUMNS, date_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.model import DocumentProblem, Source
    from tuibrowser.corpus.structure import Structured


def declared_of(source: Source, own: Metadata) -> Metadata:
    """The metadata that a file declares, overridden by those of a sidecar."""
    if not source.declared:
        return own
    said = dict(source.declared)
    found: dict[str, str | None] = {name: said[name] for name in COLUMNS if name != "date" and name in said}
    return replace(own, **found) if found else own


def dated(source: Source, metadata: Metadata) -> Metadata:
    """The metadata with the date of a sidecar over one that the text says."""
    date = date_said(dict(source.declared).get("date", "")) if source.declared else None
    if date is None or (metadata.date == date.iso and metadata.dated == date.words):
        return metadata
    return replace(metadata, delivered=None, published=date.iso, dated=date.words)


def fields_of(source: Source, own: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """The fields of a document: those that its file declares, and those of a sidecar over them."""
    return tuple({**(own or {}), **{name: value for name, value in source.declared if name not in COLUMNS}}.items())


def problems_of(source: Source, own: tuple[DocumentProblem, ...]) -> tuple[DocumentProblem, ...]:
    """The problems of a document with those in the values of a sidecar; a date that both declare is one."""
    value = dict(source.declared).get("date") if source.declared else None
    if value is None:
        return own
    if date_said(value):  # what the file declares does not count any more
        return tuple(problem for problem in own if unread_date(problem) is None)
    if any(" ".join((unread_date(problem) or "").split()) == value for problem in own):
        return own
    return (*own, no_date(SIDECAR_DATE, value))


def origins_of(source: Source, own: Metadata, made: Structured) -> tuple[tuple[str, str], ...]:
    """Where the title, the author, the date and the like of a document come from, as far as they are known."""
    said = {name for name, value in source.declared if name != "date" or date_said(value)}
    shown = made.metadata
    origins: dict[str, str] = {}
    for name in COLUMNS:
        if name in said:
            origins[name] = SIDECAR
        elif getattr(own, name):
            origins[name] = MARKUP
        elif name in made.by_name:
            origins[name] = NAME
        elif getattr(shown, name):
            origins[name] = TEXT
    if not shown.title:
        origins["title"] = NAME
    if "work" not in origins and source.belonging is not None:
        origins["work"] = NAME
    return tuple(origins.items())
