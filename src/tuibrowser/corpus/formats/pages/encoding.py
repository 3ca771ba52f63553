"""Encoding of pages: a byte order mark, UTF-8 where it is valid, then what the page declares, then what it seems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.decoding.decode import Decoded, decode
from tuibrowser.corpus.errors import CorpusError

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.base import Contents

_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks."""
_HEAD: Final = 2048
"""Bytes in which a page declares its encoding."""
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_MEANT: Final = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb-2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
}
"""Encodings that hold all of those declared, and what pages hold besides."""
_UNSAID: Final = frozenset(("utf-8", "utf8", "utf-16", "unicode", "cp1252", "us-ascii", "ascii"))
"""Declarations of what the bytes then are not, or of the default of an editor."""


def decode_page(contents: Contents) -> Decoded:
    """Decode the bytes of a page. Raises NotTextError and CorpusError as `decode` does."""
    data = contents.data
    if contents.encoding is not None or data.startswith(_MARKS) or data.isascii() or b"\0" in data:
        return decode(data, contents.encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared := _declared(data):
        try:
            decoded = decode(data, declared)
        except CorpusError:
            return decode(data)
        lost = decoded.text.count("\ufffd")
        return decoded if not lost else _better(decoded, lost, data)
    return decode(data)


def _declared(data: bytes) -> str | None:
    """The encoding that bytes declare, or one that holds it."""
    found = _DECLARED.search(data, 0, _HEAD)
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    name = _MEANT.get(name, name)
    return None if name in _UNSAID else name


def _better(declared: Decoded, lost: int, data: bytes) -> Decoded:
    """What was decoded as declared, or as it seems to be where fewer characters are lost then."""
    try:
        guessed = decode(data)
    except CorpusError:
        return declared
    return guessed if guessed.text.count("\ufffd") < lost else declared
