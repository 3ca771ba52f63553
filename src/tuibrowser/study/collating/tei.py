"""TEI: a collation as the text of the first version with the readings of both at each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tuibrowser.reading.harmless import harmless
from tuibrowser.study.collating.collation import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.study.collating.collation import Collation, Difference

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

    What moved is a reading of both witnesses that the other lacks at that place, with `type="moved"`.
    """
    a, b = escape(harmless(collation.a.name)), escape(harmless(collation.b.name))
    return f"{_HEAD.format(title=f'{a} / {b}', a=a, b=b)}{''.join(_body(collation))}{_TAIL}"


def _body(collation: Collation) -> Iterator[str]:
    text, at = collation.a.text.repaired, 0
    for each in collation.differences:
        if each.a[0] < at:  # within a stretch that moved, whose reading has it whole
            continue
        yield _shown(text[at : each.a[0]])
        yield _entry(each)
        at = each.a[1]
    yield _shown(text[at:])


def _entry(difference: Difference) -> str:
    kind = quoteattr(difference.kind.value)
    first, second = _shown(difference.a_text), _shown(difference.b_text)
    if difference.kind is DifferenceKind.MOVED:
        return f'<app type={kind}><rdg wit="#a">{first}</rdg><rdg wit="#b" n="{difference.b[0]}">{second}</rdg></app>'
    return f'<app type={kind}><rdg wit="#a">{first}</rdg><rdg wit="#b">{second}</rdg></app>'


def _shown(text: str) -> str:
    return escape(harmless(text)).replace("\n", "<lb/>\n")
