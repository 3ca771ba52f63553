"""Reasons why files cannot be read, and the problem of those that are read only so far."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.language.i18n import Message, plain

DAMAGED: Final = plain("it is damaged and cannot be opened")
ENCRYPTED: Final = plain("it is encrypted: a password is needed")
TOO_LARGE: Final = plain("it unpacks to far more than a document holds")
NO_DOCUMENT: Final = plain("it is no document of a word processor")

BREAKS_OFF: Final = DocumentProblem("left-out", plain("the file breaks off; what comes after is lost"))

SIDECAR_DATE: Final = "sidecar-date"
"""The kind of problem of a document whose sidecar gives a date that cannot be read."""

DECLARED_DATE: Final = "declared-date"
"""The kind of problem of a document that declares a date that cannot be read."""


def no_date(kind: str, value: str) -> DocumentProblem:
    """The problem of a document whose declared date cannot be read."""
    return DocumentProblem(kind, plain("not a date: {value}", value=value))


def unread_date(problem: DocumentProblem) -> str | None:
    """The declared date that could not be read; None for another problem."""
    if problem.kind not in (SIDECAR_DATE, DECLARED_DATE) or not isinstance(problem.detail, Message):
        return None
    return str(problem.detail.values["value"])
