"""PDF files made for tests: lines of text at places, in a font that is not embedded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 400, 600
_PADDING: Final = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID: Final = bytes(range(16))


@dataclass(frozen=True)
class At:
    """A line of text at a place from the upper left corner, in points."""

    text: str
    x: float = 40
    y: float = 40
    size: float = 12
    vertical: bool = False


@dataclass(frozen=True)
class Mark:
    """A heading of the outline: its title, its page from 0, and the headings below it."""

    title: str
    page: int
    below: Sequence[Mark] = field(default_factory=tuple)


def paragraph(
    text: str, x: float = 40, y: float = 40, *, characters: int = 20, size: float = 12, indent: int = 2
) -> list[At]:
    """The lines of a paragraph with a first line that is indented, so many characters each."""
    lines = [text[: characters - indent]]
    lines += [text[at : at + characters] for at in range(characters - indent, len(text), characters)]
    return [
        At(each, x + (indent * size if not number else 0), y + number * 1.5 * size, size)
        for number, each in enumerate(lines)
    ]


def pdf(
    pages: Sequence[Sequence[At]],
    *,
    outline: Sequence[Mark] = (),
    labels: str = "",
    properties: Mapping[str, bytes] | None = None,
    owner: bytes | None = None,
    user: bytes | None = None,
) -> bytes:
    """A PDF of these pages. With `owner` or `user` it is encrypted with these passwords."""
    made = _Objects()
    catalog, tree, info = made.reserve(), made.reserve(), made.reserve()
    fonts = f"<</H {made.font('H')} 0 R /V {made.font('V')} 0 R>>"
    numbers = [made.reserve() for _ in pages]
    key, encryption = _encryption(made, owner, user)
    for number, lines in zip(numbers, pages, strict=True):
        content = made.reserve()
        drawn = "\n".join(map(_drawn, lines)).encode("ascii")
        data = _rc4(_object_key(key, content), drawn) if key else drawn
        made.put(content, b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data))
        made.put(
            number,
            f"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {content} 0 R "
            f"/Resources <</Font {fonts}>>>>",
        )
    made.put(tree, f"<</Type /Pages /Count {len(numbers)} /Kids [{' '.join(f'{each} 0 R' for each in numbers)}]>>")
    root = made.marks(outline, numbers) if outline else 0
    more = (f"/Outlines {root} 0 R " if root else "") + (f"/PageLabels <</Nums [{labels}]>>" if labels else "")
    made.put(catalog, f"<</Type /Catalog /Pages {tree} 0 R {more}>>")
    told = b" ".join(b"/%s <%s>" % (name.encode(), value.hex().encode()) for name, value in (properties or {}).items())
    made.put(info, b"<<" + told + b">>")
    return made.file(catalog, info, encryption)


class _Objects:
    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def reserve(self) -> int:
        self.bodies.append(b"null")
        return len(self.bodies)

    def put(self, number: int, body: str | bytes) -> None:
        self.bodies[number - 1] = body if isinstance(body, bytes) else body.encode("latin-1")

    def add(self, body: str | bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def font(self, direction: str) -> int:
        descendant = self.add(
            "<</Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
            "<</Registry (Adobe) /Ordering (GB1) /Supplement 4>> /DW 1000 /FontDescriptor <</Type /FontDescriptor "
            "/FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
            "/CapHeight 880 /StemV 93>>>>"
        )
        return self.add(
            f"<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-{direction} "
            f"/DescendantFonts [{descendant} 0 R]>>"
        )

    def marks(self, marks: Sequence[Mark], pages: Sequence[int]) -> int:
        root = self.reserve()
        self._below(root, marks, pages, "/Type /Outlines")
        return root

    def _below(self, parent: int, marks: Sequence[Mark], pages: Sequence[int], own: str) -> None:
        numbers = [self.reserve() for _ in marks]
        around = f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R /Count {len(numbers)}" if numbers else ""
        self.put(parent, f"<<{own} {around}>>")
        for at, (mark, number) in enumerate(zip(marks, numbers, strict=True)):
            title = (b"\xfe\xff" + mark.title.encode("utf-16-be")).hex()
            beside = f"/Next {numbers[at + 1]} 0 R" if at + 1 < len(numbers) else ""
            target = f"/Title <{title}> /Parent {parent} 0 R /Dest [{pages[mark.page]} 0 R /Fit] {beside}"
            self._below(number, mark.below, pages, target)

    def file(self, catalog: int, info: int, encryption: str) -> bytes:
        made = bytearray(b"%PDF-1.5\n")
        places = []
        for number, body in enumerate(self.bodies, 1):
            places.append(len(made))
            made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(made)
        made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        made += b"".join(b"%010d 00000 n \n" % place for place in places)
        identity = f"/ID [<{_ID.hex()}> <{_ID.hex()}>]"
        trailer = f"trailer\n<</Size {len(places) + 1} /Root {catalog} 0 R /Info {info} 0 R {identity} {encryption}>>"
        return bytes(made) + f"{trailer}\nstartxref\n{start}\n%%EOF\n".encode("ascii")


def _drawn(line: At) -> str:
    font = "V" if line.vertical else "H"
    return f"BT /{font} {line.size} Tf {line.x} {HEIGHT - line.y} Td <{line.text.encode('utf-16-be').hex()}> Tj ET"


def _encryption(made: _Objects, owner: bytes | None, user: bytes | None) -> tuple[bytes, str]:
    """The key and the dictionary of the standard security handler, revision 2."""
    if owner is None and user is None:
        return b"", ""
    padded = [((word or b"") + _PADDING)[:32] for word in (owner or user, user)]
    told = _rc4(hashlib.md5(padded[0]).digest()[:5], padded[1])
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded[1] + told + rights + _ID).digest()[:5]
    entry = _rc4(key, _PADDING)
    body = f"<</Filter /Standard /V 1 /R 2 /O <{told.hex()}> /U <{entry.hex()}> /P -4>>"
    return key, f"/Encrypt {made.add(body)} 0 R"


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[: len(key) + 5]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    at = 0
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) % 256
        state[index], state[at] = state[at], state[index]
    made = bytearray()
    first = second = 0
    for each in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        made.append(each ^ state[(state[first] + state[second]) % 256])
    return bytes(made)
