"""Entries: what a dictionary says under a head word, and the files that dictionaries come in."""

from __future__ import annotations

import gzip
import unicodedata
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final, cast

from tuibrowser.host.library_errors import archive_reason
from tuibrowser.host.regular import read_bounded, read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.language.patterns import late
from tuibrowser.lexicon.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LARGEST: Final = 400_000_000
"""Bytes of a file, packed and unpacked."""
_GZIP: Final = b"\x1f\x8b"
_CEDICT: Final = late(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_MARKS: Final = ("", "\u0304", "\u0301", "\u030c", "\u0300", "")
"""The marks of the tones by their numbers."""
_READINGS: Final = late(r"\b([A-Za-zü:]+)([1-5])\b")


@frozen
class Entry:
    """A head word as a dictionary has it, in both scripts where it says so, its readings and its senses."""

    dictionary: str
    headword: str
    traditional: str
    simplified: str
    readings: tuple[str, ...]
    senses: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """The head word in each way it is written."""
        return self.headword, self.traditional, self.simplified

    def record(self) -> dict[str, object]:
        """The entry as JSON has it."""
        return {
            "dictionary": self.dictionary,
            "headword": self.headword,
            "traditional": self.traditional,
            "simplified": self.simplified,
            "readings": list(self.readings),
            "senses": list(self.senses),
        }


def read_text(path: Path) -> str:
    """The text of a file, unpacked where it is compressed by gzip. Raise LexiconError where it cannot be used."""
    return as_text(read_bytes(path), path.name)


def as_text(data: bytes, name: str) -> str:
    """The text of bytes in UTF-8. Raise LexiconError where they are in another encoding."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LexiconError(plain("{name} is not in UTF-8", name=name)) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is compressed by gzip (`.gz`, `.dz`). Raise LexiconError."""
    try:
        data = read_regular(path, _LARGEST)
        if not data.startswith(_GZIP):
            return data
        with gzip.GzipFile(fileobj=BytesIO(data)) as file:
            return read_bounded(cast("IO[bytes]", file), _LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        is_of_system = isinstance(error, OSError) and error.errno is not None
        reason = system_reason(error) if is_of_system else archive_reason(error)
        raise LexiconError(plain("{name} cannot be read: {reason}", name=path.name, reason=reason)) from None


def cedict_entry(line: str, dictionary: str) -> Entry | None:
    """The entry of a line of a CEDICT file; None where it is none."""
    found = _CEDICT.match(line)
    if found is None:
        return None
    traditional, simplified, reading, senses = found.groups()
    return Entry(dictionary, traditional, traditional, simplified, (toned(reading),), tuple(senses.split("/")))


def toned(reading: str) -> str:
    """A reading with tone marks for the numbers: zhong4 yao4 is zhòng yào."""
    return _READINGS.sub(lambda syllable: _marked(syllable[1].replace("u:", "ü"), int(syllable[2])), reading)


def _marked(letters: str, tone: int) -> str:
    lower = letters.lower()
    at = next((lower.index(vowel) for vowel in ("a", "e", "ou") if vowel in lower), -1)
    if at < 0:
        at = max((lower.rfind(vowel) for vowel in "iouü"), default=-1)
    return unicodedata.normalize("NFC", f"{letters[: at + 1]}{_MARKS[tone]}{letters[at + 1 :]}") if at >= 0 else letters


def table_entry(line: str, dictionary: str) -> Entry:
    """The entry of a line of a tab-separated file: head word, reading if there are three columns or more, senses."""
    head, *rest = line.split("\t")
    reading = rest.pop(0) if len(rest) > 1 else ""
    senses: Sequence[str] = [sense for sense in rest if sense]
    return Entry(dictionary, head, "", "", (reading,) if reading else (), tuple(senses))
