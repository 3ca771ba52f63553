"""Reasons why files cannot be read, and the problem of those that are read only so far."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.language.i18n import plain

DAMAGED: Final = plain("it is damaged and cannot be opened")
ENCRYPTED: Final = plain("it is encrypted: a password is needed")
TOO_LARGE: Final = plain("it unpacks to far more than a document holds")
NO_DOCUMENT: Final = plain("it is no document of a word processor")

BREAKS_OFF: Final = DocumentProblem("left-out", plain("the file breaks off; what comes after is lost"))
