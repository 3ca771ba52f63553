"""Clean: take from a passage whatever could steer a terminal, a shell or the direction of the text."""

from __future__ import annotations

import re

# A control string needs its end within the line to be taken out whole; without it only the controls go, for what
# follows may be the author's text. The bound and the possessive quantifiers keep this linear.
_SEQUENCE = re.compile(
    r"""(?: \x1b\[ | \x9b ) [0-?]*+ [\ -/]*+ [@-~]                                      # CSI
      | (?: \x1b[\]PX^_] | [\x90\x98\x9d-\x9f] ) [^\x07\x1b\x9c\n\r]{0,4096}+ (?: \x07 | \x1b\\ | \x9c )  # OSC, DCS …
      | \x1b [\ -/]*+ [0-Z\\^_`a-~]                                                      # two bytes or more
    """,
    re.VERBOSE,
)
# A passage of megabytes is cleaned piece by piece, for a regex lets no other thread run until it is done. No sequence
# and no line end reaches beyond a line feed.
_PIECE = re.compile(r"(?s:.{0,20000})[^\n]*\n?")
_LINE_END = re.compile(r"\r\n?|\x85")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but neither tab nor line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    "\ud800-\udfff]"  # halves of UTF-16 pairs, which UTF-8 cannot carry
)


def clean(text: str) -> str:
    """The text without escape sequences, controls, direction marks and lone surrogates; every line end is a line feed.

    Escape sequences go whole, with their parameters, where they are complete.
    """
    return "".join(map(_cleaned, _PIECE.findall(text)))


def _cleaned(piece: str) -> str:
    return _UNWANTED.sub("", _LINE_END.sub("\n", _SEQUENCE.sub("", piece)))
