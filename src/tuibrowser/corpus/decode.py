"""Decoding: bytes to text, the encoding found by what the bytes could mean and how common that is in Chinese."""

from __future__ import annotations

import codecs
import re
import threading
from dataclasses import dataclass
from typing import Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.hanzi.common import COMMON
from tuibrowser.i18n import plain

SAMPLE: Final = 16 * 1024
"""Bytes by which an encoding is chosen."""

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
"""Byte order marks, the longer of two that begin alike first; what decodes the rest, and its name."""

_CANDIDATES: Final = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_MAGIC: Final = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", plain("ZIP archive or office document")),
    (b"\xd0\xcf\x11\xe0", plain("office document")),
    (b"\x1f\x8b", plain("gzip archive")),
    (b"\x89PNG", plain("image")),
    (b"\xff\xd8\xff", plain("image")),
    (b"GIF8", plain("image")),
    (b"\x7fELF", plain("program")),
    (b"SQLite format 3\x00", plain("database")),
    (b"BZh", plain("bzip2 archive")),
    (b"\xfd7zXZ", plain("xz archive")),
    (b"7z\xbc\xaf", plain("7-Zip archive")),
    (b"Rar!", plain("RAR archive")),
)
_NOT_FOR_FILES: Final = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python that are no encodings of texts."""

_NON_ASCII: Final = re.compile(rb"[\x80-\xff]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_RARE_BYTES: Final = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1b")

_BINARY_SHARE: Final = 0.02
"""Share of control bytes above which a file is no text; a text with some damage has far fewer."""
_UTF16_SHARE: Final = 0.1
"""Least share of NULs among the high or low bytes by which UTF-16 is suspected; a line end or a digit has one."""
_MOSTLY_READABLE: Final = 0.5
"""Least share of common and ASCII characters in such UTF-16."""
_READABLE: Final = 0.3
"""Share of common characters in a text that is Chinese beyond doubt; in rubbish it is below 0.15."""
_RUBBISH: Final = 0.02
"""Share of malformed characters above which a text without common ones is none."""
_LEAST_COMMON: Final = 0.12
"""Share of common characters under which damaged bytes are no Chinese text; noise has up to 0.08."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text without its byte order mark, the encoding found (a codec's name), and its problems."""

    text: str
    encoding: str
    problems: tuple[DocumentProblem, ...] = ()


class NotTextError(CorpusError):
    """Bytes that are no text; the message says what they seem to be."""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a file; malformed bytes become U+FFFD and are counted among the problems.

    A byte order mark decides, then UTF-8 where it is valid or nearly so, then GB18030, Big5-HKSCS and UTF-16 by the
    share of common Chinese characters. `encoding` overrides all but the mark of the same encoding.

    Raises NotTextError where the bytes are no text, and CorpusError where `encoding` is none that is known.
    """
    if encoding is not None:
        return _as_told(data, encoding_name(encoding))
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], codec, name)
    if kind := binary_kind(data[:SAMPLE]):
        raise NotTextError(plain("not a text: {kind}", kind=kind))
    codec = _detect(data)
    return _decoded(data, codec, codec)


def encoding_name(encoding: str) -> str:
    """The name of the codec for an encoding as a person may write it. Raises CorpusError where there is none."""
    try:
        codec = codecs.lookup(encoding.strip())
        "文".encode(codec.name, "replace")
    except (LookupError, ValueError, UnicodeError, TypeError):
        codec = None
    if codec is None or codec.name in _NOT_FOR_FILES:
        raise CorpusError(plain("unknown encoding: {encoding!r}", encoding=encoding))
    return codec.name


def binary_kind(head: bytes) -> str | None:
    """What the first bytes of a file are if they are no text in any encoding that is known, else None."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if any(head.startswith(bom) for bom, _, _ in _BOMS) or _wide(head):
        return None
    rare = len(head) - len(head.translate(None, _RARE_BYTES))
    # UTF-16 that is all Chinese has control bytes too, as halves of characters, but decodes to common ones.
    if rare > max(1, len(head) * _BINARY_SHARE) and not _reads_as_utf16(head):
        return plain("binary data")
    return None


def _as_told(data: bytes, name: str) -> Decoded:
    for bom, codec, own in _BOMS:
        if data.startswith(bom) and name in (codec, own, codec.removesuffix("-le").removesuffix("-be")):
            return _decoded(data[len(bom) :], codec, own)
    return _decoded(data, name, name)


def _decoded(data: bytes, codec: str, name: str) -> Decoded:
    problems = []
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        text, replaced = _replaced(data, codec)
        problems.append(DocumentProblem("replaced-bytes", _invalid(replaced, name)))
    if controls := sum(1 for _ in _CONTROLS.finditer(text)):
        problems.append(DocumentProblem("control-characters", _controls(controls)))
    return Decoded(text, name, tuple(problems))


def _invalid(count: int, encoding: str) -> str:
    if count == 1:
        return plain("1 byte not valid in {encoding}", encoding=encoding)
    return plain("{count} bytes not valid in {encoding}", count=count, encoding=encoding)


def _controls(count: int) -> str:
    return plain("1 control character") if count == 1 else plain("{count} control characters", count=count)


_damage = threading.local()


def _replace_and_count(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    _damage.bytes += error.end - error.start
    return "\ufffd", error.end


codecs.register_error("tuibrowser.count", _replace_and_count)


def _replaced(data: bytes, codec: str) -> tuple[str, int]:
    """The text with U+FFFD for malformed bytes, and the number of those bytes."""
    _damage.bytes = 0
    return data.decode(codec, "tuibrowser.count"), _damage.bytes


def _detect(data: bytes) -> str:
    """The codec of bytes without a byte order mark."""
    if wide := _wide(data[:SAMPLE]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    sample = _telling(data)
    text, malformed = _attempt(sample, "utf-8")
    # What is Chinese takes three bytes; in other encodings' bytes such a sequence is a rare accident.
    valid = sum(character > "\u07ff" for character in text) - malformed
    if valid and valid >= malformed:
        return "utf-8"
    scores = {codec: _score(sample, codec) for codec in _CANDIDATES}
    best = max(scores, key=lambda codec: scores[codec])
    text, malformed = _attempt(sample, best)
    if scores[best] < _LEAST_COMMON and malformed > _RUBBISH * len(text):
        raise NotTextError(plain("its encoding is not known: name it with --encoding"))
    return best


def _telling(data: bytes) -> bytes:
    """A sample that begins where the first character beyond ASCII does, or a byte before it, as UTF-16 needs it."""
    found = _NON_ASCII.search(data)
    start = found.start() if found else 0
    return data[start - start % 2 : start - start % 2 + SAMPLE]


def _attempt(sample: bytes, codec: str) -> tuple[str, int]:
    """A sample as decoded, not minding a character cut at its end, and the number of malformed characters in it."""
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
    return text, text.count("\ufffd")


def _score(sample: bytes, codec: str) -> float:
    """The share of common characters among those beyond ASCII; a malformed one counts twice."""
    text, malformed = _attempt(sample, codec)
    beyond = sum(character > "\x7f" for character in text)
    return sum(map(COMMON.__contains__, text)) / (beyond + malformed) if beyond else 0.0


def _wide(head: bytes) -> str | None:
    """The kind of UTF-16 that bytes are where NULs say so, which stand in every other byte of letters and line ends."""
    nuls = max(head[0::2].count(0), head[1::2].count(0))
    if nuls <= len(head) // 2 * _UTF16_SHARE:
        return None
    shares = {codec: _readable(head, codec) for codec in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > _MOSTLY_READABLE else None


def _readable(head: bytes, codec: str) -> float:
    """The share of characters that are common in Chinese or printable ASCII."""
    text, _ = _attempt(head, codec)
    readable = sum(character in COMMON or " " <= character <= "~" or character in "\r\n\t" for character in text)
    return readable / max(1, len(text))


def _reads_as_utf16(head: bytes) -> bool:
    return max(_score(head, "utf-16-le"), _score(head, "utf-16-be")) > _READABLE
