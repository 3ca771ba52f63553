"""Messages on office documents that cannot be read, or not as a whole."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

DAMAGED: Final = plain("it is damaged and cannot be opened")
BROKEN_OFF: Final = plain("the file breaks off; what comes after is lost")
ENCRYPTED: Final = plain("it is encrypted: a password is needed")
TOO_LARGE: Final = plain("it unpacks to far more than a document holds")
NO_DOCUMENT: Final = plain("it is no document of a word processor")
