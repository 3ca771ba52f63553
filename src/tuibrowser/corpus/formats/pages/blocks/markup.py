"""Markup: HTML and XHTML as a flat list of texts and tags.

The list is made with regular expressions and without a tree, so that it takes time linear in the text, however deep
its elements stand in each other or how broken they are.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_UNSEEN: Final = re.compile(
    r"""<(?:
      (script|style|iframe|noembed|noframes|textarea|xmp)\b(?>[^<>"']++|"[^"<>]*+"|'[^'<>]*+'|["'])*+>
      (?>[^<]++|<(?!/\1\b))*+(?:</[^<>]*+>?)?
      |!--(?>[^-]++|-(?!->))*+(?:-->)?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Elements whose content is no markup, and comments."""
_TAG: Final = re.compile(
    r"""<(?:
      (/?[a-zA-Z][^\s/<>]*+)((?>[^<>"'=]++|=\s*+(?>"[^"]*+"|'[^']*+')?|["'])*+)>?
      |[!?/][^<>]*+>?
    )""",
    re.VERBOSE,
)
"""A tag with its attributes, which may hold > in quotes; or a declaration. What is not closed ends at the next <."""
_EMPTY: Final = re.compile(
    r"""<(?!br\b|hr\b|img\b|meta\b|link\b|input\b|col\b|wbr\b)([a-zA-Z][^\s/<>]*+)"""
    r"""((?>[^<>"'=/]++|/(?!>)|=\s*+(?>"[^"]*+"|'[^']*+')?|["'])*+)/>"""
)
"""An element without content as XHTML writes it."""
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""")

STEP: Final = 3
"""Places in the list of tokens from a text to the next one."""


def tokens(markup: str) -> list[str | None]:
    """Divide markup into a text, the name of the tag after it, its attributes, the next text, and so on.

    A name begins with / where the tag ends an element; it is None for what is no tag. Scripts, styles, comments and
    the like are left out. The character references of texts and attributes are as they are written.
    """
    return _TAG.split(_UNSEEN.sub("", markup))


def spelled_out(xhtml: str) -> str:
    """XHTML with an end tag for each element that is written without one: `<a id="1"/>` as `<a id="1"></a>`."""
    return _EMPTY.sub(r"<\1\2></\1>", xhtml) if "/>" in xhtml else xhtml


def is_open(text: str) -> bool:
    """Whether what follows a < up to a > may end within a quoted value, so that the > is no end of a tag."""
    return ('"' in text and _opens(text, '"')) or ("'" in text and _opens(text, "'"))


def _opens(text: str, quote: str) -> bool:
    return text[: text.rfind(quote)].rstrip().endswith("=")


def whole_tag(markup: str, start: int) -> tuple[str, int]:
    """The text of the tag that a < begins, and where it ends, which is 0 where it begins none."""
    found = _TAG.match(markup, start)
    if found is None:
        return "", 0
    return found[0][1:].removesuffix(">"), found.end()


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag by their lower-case names; of two with one name the first."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found
