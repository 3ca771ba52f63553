"""Errors: the exceptions that a corpus raises when it cannot do what a person asked of it."""

from __future__ import annotations


class CorpusError(ValueError):
    """A path, document or encoding that a person named cannot be used; the message is one line of plain language."""


class NotTextError(CorpusError):
    """Bytes that are no text; the message says what they seem to be."""
