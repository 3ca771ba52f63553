"""Decoding: bytes to text, the encoding found by what the bytes could mean and how common that is in Chinese."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Final

from tuibrowser.corpus.decoding.beginnings import BZIP2
from tuibrowser.corpus.decoding.encodings import (
    EUC_TW,
    PLAIN_CHINESE,
    SURE,
    attempt,
    chinese,
    foreign,
    is_latin,
    replaced,
    score,
    seven_bit,
)
from tuibrowser.corpus.decoding.mixed import chinese_in_part, is_suspicious, mend
from tuibrowser.corpus.decoding.resync import DOUBLE
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.hanzi.common import COMMON
from tuibrowser.language.i18n import plain

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
    *((magic, plain("bzip2 archive")) for magic in BZIP2),
    (b"\xfd7zXZ", plain("xz archive")),
    (b"7z\xbc\xaf", plain("7-Zip archive")),
    (b"Rar!", plain("RAR archive")),
)
_MARKS: Final = tuple(bom for bom, _, _ in _BOMS)
_BEGINNINGS: Final = tuple(magic for magic, _ in _MAGIC)
_NOT_FOR_FILES: Final = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python that are no encodings of texts."""

_NON_ASCII: Final = re.compile(rb"[\x80-\xff]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES: Final = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F))
_SEQUENCES: Final = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])|[\x08\x0e\x0f]|.\x07"
)
"""What a program writes to a terminal between the characters of a text."""
_UPPER_CONTROLS: Final = re.compile(rb"\xc2[\x80-\x9f]")
_DELETE: Final = b"\x7f"
_BEFORE_LATIN: Final = b"\xc2"
"""The first byte of the controls above 7F, and of the Latin signs behind them."""
_SHIFTS: Final = b"~{"
"""What begins Chinese in HZ, an encoding of seven bits."""
_NO_TEXT: Final = re.compile("[\ufffd\ue000-\uf8ff]")
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
_DOUBTFUL: Final = 0.3
"""Share of common characters under which an encoding is a guess that a reader should know of."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text without its byte order mark, the encoding found (a codec's name), and its problems."""

    text: str
    encoding: str
    problems: tuple[DocumentProblem, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a file; malformed bytes become U+FFFD and are counted among the problems.

    A byte order mark decides, then UTF-8 where it is valid or nearly so, then GB18030, Big5-HKSCS and UTF-16 by the
    share of common Chinese characters, then what is surely another encoding of the region. Lines that are in another
    of these than the rest are decoded in that. `encoding` overrides all but the mark of the same encoding.

    Raises NotTextError where the bytes are no text, and CorpusError where `encoding` is none that is known.
    """
    if encoding is not None:
        return _as_told(data, encoding_name(encoding))
    if data.startswith(_MARKS):
        for bom, codec, name in _BOMS:
            if data.startswith(bom):
                return _decoded(data[len(bom) :], codec, name)
    if data.isascii() and (shifting := seven_bit(data)):
        return _decoded(data, shifting, shifting)
    if kind := binary_kind(data[:SAMPLE]):
        raise NotTextError(plain("not a text: {kind}", kind=kind))
    codec, doubtful = _detect(data)
    decoded = _decoded(data, codec, codec)
    if not doubtful:
        return decoded
    doubt = DocumentProblem(
        "encoding-doubtful", plain("{encoding} is a guess: name it with --encoding", encoding=codec)
    )
    return replace(decoded, problems=(doubt, *decoded.problems))


def has_no_controls(data: bytes) -> bool:
    """Whether bytes in UTF-8 surely have none of the control characters that may stand in a text of JSON."""
    return _DELETE not in data and (_BEFORE_LATIN not in data or _UPPER_CONTROLS.search(data) is None)


def plain_json(data: bytes) -> str | None:
    """The text of bytes without control characters, where it is what `decode` makes of them, too, if it is sound JSON.

    None for bytes that are not UTF-8, or may be more than that.
    """
    if data.startswith(codecs.BOM_UTF8) or (data.isascii() and _SHIFTS in data):
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


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
    if head.startswith(_BEGINNINGS):
        return next(kind for magic, kind in _MAGIC if head.startswith(magic))
    if head.startswith(_MARKS) or _wide(head):
        return None
    # UTF-16 that is all Chinese has control bytes too, as halves of characters, but decodes to common ones.
    if _rare_share(head) and _rare_share(_SEQUENCES.sub(b"", head)) and not _reads_as_utf16(head):
        return plain("binary data")
    return None


def _rare_share(head: bytes) -> bool:
    """Whether bytes have more control bytes among them than a text with some damage."""
    return len(head) - len(head.translate(None, _RARE_BYTES)) > max(1, len(head) * _BINARY_SHARE)


def _as_told(data: bytes, name: str) -> Decoded:
    for bom, codec, own in _BOMS:
        if data.startswith(bom) and name in (codec, own, codec.removesuffix("-le").removesuffix("-be")):
            return _decoded(data[len(bom) :], codec, own, told=True)
    return _decoded(data, name, name, told=True)


def _decoded(data: bytes, codec: str, name: str, *, told: bool = False) -> Decoded:
    """Decode bytes as a whole or, where that fails or gives what is no text, line by line."""
    problems = []
    text, lost = replaced(data, codec)
    if (codec in DOUBLE or codec == "utf-8") and (lost or is_suspicious(data, text, codec)):
        text, lost, other, lines = mend(data, codec, told=told)
        if other:
            problems.append(DocumentProblem("two-encodings", _in_other(lines, other)))
    if lost:
        problems.append(DocumentProblem("replaced-bytes", _invalid(lost, name)))
    if (codec != "utf-8" or _may_have_controls(data)) and (controls := sum(1 for _ in _CONTROLS.finditer(text))):
        problems.append(DocumentProblem("control-characters", _controls(controls)))
    return Decoded(text, name, tuple(problems))


def _may_have_controls(data: bytes) -> bool:
    """Whether UTF-8 may have control characters in it: some byte is one, or begins one above 7F."""
    return b"\xc2" in data or len(data.translate(None, _CONTROL_BYTES)) < len(data)


def _invalid(count: int, encoding: str) -> str:
    if count == 1:
        return plain("1 byte not valid in {encoding}", encoding=encoding)
    return plain("{count} bytes not valid in {encoding}", count=count, encoding=encoding)


def _in_other(lines: int, encoding: str) -> str:
    if lines == 1:
        return plain("1 line is in {encoding}", encoding=encoding)
    return plain("{count} lines are in {encoding}", count=lines, encoding=encoding)


def _controls(count: int) -> str:
    return plain("1 control character") if count == 1 else plain("{count} control characters", count=count)


def _detect(data: bytes) -> tuple[str, bool]:
    """The codec of bytes without a byte order mark, and whether it is no more than a guess."""
    if wide := _wide(data[:SAMPLE]):
        return wide, False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _of_sample(*_telling(data))
    return "utf-8", False


def _of_sample(sample: bytes, before: bytes) -> tuple[str, bool]:
    """The codec of bytes that are not valid UTF-8 and those before them, and whether it is no more than a guess."""
    text, malformed = attempt(sample, "utf-8")
    # What is Chinese takes three bytes; in other encodings' bytes such a sequence is a rare accident.
    valid = sum(character > "\u07ff" for character in text) - malformed
    if valid and valid >= malformed:
        return "utf-8", False
    best, share = chinese(sample)
    latin = is_latin(before + sample)
    if share >= PLAIN_CHINESE and not latin:
        return best, False
    if other := foreign(sample, before):
        if other == EUC_TW:
            raise NotTextError(plain("its encoding is {encoding}, which cannot be read", encoding=EUC_TW))
        return other, False
    if share >= SURE:
        return best, False
    if not latin and (codec := chinese_in_part(sample)):
        return codec, False
    text = attempt(sample, best)[0]
    if latin or (share < _DOUBTFUL and len(_NO_TEXT.findall(text)) > _RUBBISH * len(text)):
        raise NotTextError(plain("its encoding is not known: name it with --encoding"))
    return best, share < _DOUBTFUL


def _telling(data: bytes) -> tuple[bytes, bytes]:
    """A sample from the first character beyond ASCII on, or a byte before it as UTF-16 needs it; what precedes it."""
    found = _NON_ASCII.search(data)
    start = found.start() if found else 0
    start -= start % 2
    return data[start : start + SAMPLE], data[max(0, start - SAMPLE) : start]


def _wide(head: bytes) -> str | None:
    """The kind of UTF-16 that bytes are where NULs say so, which stand in every other byte of letters and line ends."""
    if b"\0" not in head:
        return None
    nuls = max(head[0::2].count(0), head[1::2].count(0))
    if nuls <= len(head) // 2 * _UTF16_SHARE:
        return None
    shares = {codec: _readable(head, codec) for codec in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > _MOSTLY_READABLE else None


def _readable(head: bytes, codec: str) -> float:
    """The share of characters that are common in Chinese or printable ASCII."""
    text, _ = attempt(head, codec)
    readable = sum(character in COMMON or " " <= character <= "~" or character in "\r\n\t" for character in text)
    return readable / max(1, len(text))


def _reads_as_utf16(head: bytes) -> bool:
    return max(score(head, "utf-16-le"), score(head, "utf-16-be")) > _READABLE
