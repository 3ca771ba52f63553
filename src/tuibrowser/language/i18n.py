"""Messages: written in English where they arise, and shown in the reader's language.

A message is an English string that remembers its template and its values, so that it can be raised, stored and printed
for programs as it is, and be shown in another language where a person reads it. The translations are in `catalogues/`,
keyed by the English template. Source of the scheme: GNU gettext's, with the lookup moved to where a message is shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH, SIMPLIFIED, TRADITIONAL = "en", "zh-Hans", "zh-Hant"
LANGUAGES: Final = (ENGLISH, SIMPLIFIED, TRADITIONAL)
_TRADITIONAL_PLACES: Final = ("hant", "tw", "hk", "mo")
_HISSING: Final = ("s", "x", "ch", "sh")
"""Ends of nouns that take -es."""


class Message(str):
    """A message, as a string in English; `template` and `values` say it in other languages."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, Any]

    def __new__(cls, english: str, template: str, values: dict[str, Any]) -> Self:
        """Keep how the message is said in other languages beside how it is in English."""
        message = super().__new__(cls, english)
        message.template = template
        message.values = values
        return message

    def __reduce__(self) -> tuple[type[Message], tuple[str, str, dict[str, Any]]]:
        return Message, (str(self), self.template, self.values)


def plain(template: str, /, **values: Any) -> Message:
    """A message in English, for `shown` where a person reads it; braces are literal in a template without values."""
    return Message(template.format(**values) if values else template, template, values)


def many(count: int, noun: str) -> Message:
    """A number with its noun, as in 1 match and 1,024 matches; `noun` is a regular one in the singular."""
    ending = "" if count == 1 else "es" if noun.endswith(_HISSING) else "s"
    return Message(f"{count:,} {noun}{ending}", f"{{count:,}} {noun}", {"count": count})


def said(error: BaseException) -> str:
    """Return the message that an exception was raised with; without one, Python's description of it."""
    first = error.args[0] if error.args else None
    return first if isinstance(first, Message) else str(error)


def shown(text: object) -> str:
    """Return a message, or that of an exception, in the language spoken; any other string as it is."""
    if isinstance(text, BaseException):
        text = said(text)
    if not isinstance(text, Message) or not _spoken.catalogue:
        return str(text)
    template = _spoken.catalogue.get(text.template)
    if template is None:
        return str(text)
    values = {name: shown(value) if isinstance(value, str) else value for name, value in text.values.items()}
    try:
        return template.format(**values) if values else template
    except (KeyError, TypeError, ValueError):  # Another program wrote the file that it was kept in.
        return str(text)


def tr(template: str, /, **values: Any) -> str:
    """A message in the language spoken, for what is read at once; values that are messages are translated too."""
    return shown(plain(template, **values))


def stored(text: str) -> str | list[Any]:
    """Return a message as JSON values, to be shown in the language of whoever reads them; see `restored`."""
    if not isinstance(text, Message):
        return text
    return [str(text), text.template, {name: stored(value) for name, value in text.values.items()}]


def restored(value: Any) -> Any:
    """Return the message that `stored` wrote. Raise TypeError or ValueError for anything else."""
    if not isinstance(value, list):
        return value
    english, template, values = value
    if not (isinstance(english, str) and isinstance(template, str) and isinstance(values, dict)):
        raise TypeError("no message")
    return Message(english, template, {name: restored(each) for name, each in values.items()})


class _Spoken:
    """The language of this process, English until it is told otherwise, and its messages by their English templates."""

    def __init__(self) -> None:
        self.language: str = ENGLISH
        self.catalogue: Mapping[str, str] = {}


_spoken: Final = _Spoken()


def spoken() -> str:
    """The language spoken, one of LANGUAGES."""
    return _spoken.language


def speak(language: str) -> None:
    """Show messages in a language, one of LANGUAGES, from now on."""
    _spoken.catalogue = catalogue(language)
    _spoken.language = language


def catalogue(language: str) -> dict[str, str]:
    """The messages of a language by their English templates; none for English."""
    if language == ENGLISH:
        return {}
    from importlib import resources  # late: it takes long to import, and English needs none

    file = resources.files("tuibrowser.language") / "catalogues" / f"{language.replace('-', '_')}.json"
    messages: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return messages


def preferred(environ: Mapping[str, str]) -> str:
    """The one of LANGUAGES that the environment asks for, as gettext reads it; English if it asks for another."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return ENGLISH
    for name in (environ.get("LANGUAGE") or locale).split(":"):
        language, *rest = name.partition(".")[0].partition("@")[0].lower().replace("-", "_").split("_")
        if language == "zh":
            return TRADITIONAL if any(part in _TRADITIONAL_PLACES for part in rest) else SIMPLIFIED
        if language == "en":
            return ENGLISH
    return ENGLISH
