"""Characters that an edition writes as elements: rare ones (`g`), unreadable ones (`unclear`), and spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.xml.tags import attributes, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.formats.xml.tei.writer import End, Start, Writer

_CHAR: Final = re.compile(r"<(?:\w+:)?(?:char|glyph)\b([^<>]*)>((?>[^<]++|<(?!/(?:\w+:)?(?:char|glyph)\b))*+)")
_MAPPING: Final = re.compile(r"<(?:\w+:)?mapping\b([^<>]*)>([^<]*)<")
_PROPERTY: Final = re.compile(
    r"<(?:\w+:)?(?:localName|unicodeName)\b[^<>]*>([^<]*)<[^<>]*>\s*<(?:\w+:)?value\b[^<>]*>([^<]*)<"
)
_CODE: Final = re.compile(r"U\+([0-9A-Fa-f]{4,6})")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_UNREADABLE: Final = "□"
_SPACE: Final = "\u3000"


def declared_characters(markup: str) -> dict[str, str]:
    """The replacement of each character that a text declares, by its name.

    Its code point in Unicode, else the common form, else its composition: [這-言+((美-王-大)/口)].
    """
    return {
        name: shown
        for found in _CHAR.finditer(markup)
        if (name := attributes(found[1]).get("xml:id", "")) and (shown := _shown(found[2]))
    }


def character_starts(writer: Writer, declared: Mapping[str, str]) -> dict[str, Start]:
    """The functions that start elements for characters, by name; `declared` are characters by their names."""

    def rare(written: str) -> End:
        return writer.replace(lambda content: character(attributes(written).get("ref", ""), content, declared))

    def unclear(_: str) -> End:
        return writer.replace(lambda content: content or _UNREADABLE)

    def space(written: str) -> None:
        if attributes(written).get("quantity") != "0":
            writer.add(_SPACE)

    def caesura(_: str) -> None:
        writer.add(_SPACE)

    return {"g": rare, "unclear": unclear, "space": space, "caesura": caesura}


def character(reference: str, content: str, declared: Mapping[str, str]) -> str:
    """The replacement of a `g` element: the declared one, else its content, else its name in 〔〕."""
    name = reference.rpartition("#")[2]
    content = _PRIVATE.sub("", content).strip()
    return declared.get(name) or content or (f"〔{name}〕" if name else "")


def _shown(body: str) -> str:
    codes = {attributes(written).get("type", ""): _character(value) for written, value in _MAPPING.findall(body)}
    said = {name.strip(): resolved(value, {}).strip() for name, value in _PROPERTY.findall(body)}
    return (
        codes.get("unicode")
        or said.get("normalized form")
        or codes.get("normal_unicode")
        or said.get("normalized_form")
        or said.get("composition")
        or ""
    )


def _character(code: str) -> str:
    found = _CODE.search(code)
    value = int(found[1], 16) if found else 0
    return (
        "" if value < 0x20 or value > 0x10FFFF or 0xD800 <= value < 0xE000 or _PRIVATE.match(chr(value)) else chr(value)
    )
