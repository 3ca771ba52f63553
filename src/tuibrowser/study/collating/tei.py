"""TEI: a collation as the text of the first version with the readings of both at each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tuibrowser.reading.harmless import harmless
from tuibrowser.study.collating.collation import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.study.collating.collation import Collation

    _Entry = tuple[int, int, int, str]
    """Where an entry begins and ends in the first text, where it begins in the second, and its element."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>{title}</title></titleStmt>
      <publicationStmt><p>tuibrowser</p></publicationStmt>
      <sourceDesc><listWit><witness xml:id="a">{a}</witness><witness xml:id="b">{b}</witness></listWit></sourceDesc>
    </fileDesc>
    <encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>
  </teiHeader>
  <text><body><ab>"""
_TAIL = "</ab></body></text>\n</TEI>\n"


def tei(collation: Collation) -> str:
    """The collation as a TEI document: `app` with a `rdg` of each witness, paragraphs divided by `lb`.

    What moved has two entries with the same `n`: one where the first has it, and one where the second has it. The
    readings of a witness in their order, with the text between, are that witness but for variants left out.
    """
    a, b = escape(harmless(collation.a.name)), escape(harmless(collation.b.name))
    return f"{_HEAD.format(title=f'{a} / {b}', a=a, b=b)}{''.join(_body(collation))}{_TAIL}"


def _body(collation: Collation) -> Iterator[str]:
    text, (at, last) = collation.a.text.repaired, collation.a.extent
    for start, end, _, entry in sorted(_entries(collation), key=_order):
        if start < at:  # within a stretch that moved, whose reading has it whole
            continue
        yield _shown(text[at:start])
        yield entry
        at = end
    yield _shown(text[at:last])


def _order(entry: _Entry) -> tuple[int, bool, int, int]:
    """The place of an entry: behind what only the second text has there, and before what stands within it."""
    start, end, other_start, _ = entry
    return start, start < end, -end, other_start


def _entries(collation: Collation) -> Iterator[_Entry]:
    """The entries, in no order."""
    text, other_text = collation.a.text.repaired, collation.b.text.repaired
    for number, each in enumerate(collation.differences, 1):
        one, other = text[slice(*each.a)], other_text[slice(*each.b)]
        if each.kind is DifferenceKind.MOVED and each.a_place is not None:
            yield *each.a, each.b[0], _entry(each.kind, one, "", f' n="{number}"')
            yield each.a_place, each.a_place, each.b[0], _entry(each.kind, "", other, f' n="{number}"')
        else:
            yield *each.a, each.b[0], _entry(each.kind, one, other)


def _entry(kind: DifferenceKind, first: str, second: str, more: str = "") -> str:
    readings = f'<rdg wit="#a">{_shown(first)}</rdg><rdg wit="#b">{_shown(second)}</rdg>'
    return f'<app type="{kind.value}"{more}>{readings}</app>'


def _shown(text: str) -> str:
    return escape(harmless(text)).replace("\n", "<lb/>\n")
