"""XML files: TEI is read as an edition, all else by its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.pages.encoding import decode_page
from tuibrowser.corpus.formats.problems import BREAKS_OFF
from tuibrowser.corpus.formats.xml.any_xml import write_any
from tuibrowser.corpus.formats.xml.tags import breaks_off, read_markup
from tuibrowser.corpus.formats.xml.tei.edition import write_tei
from tuibrowser.corpus.formats.xml.tei.header import read_header
from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.formats.base import Contents, Extracted

_HEAD: Final = 10_000
_TEI: Final = re.compile(r"""<(?:\w+:)?(?:TEI|TEI\.2|teiCorpus)[\s>]|=["']http://www\.tei-c\.org/ns/""")


def extract(contents: Contents) -> Extracted:
    """Extract the text of an XML file. Raises NotTextError where there is none."""
    decoded = decode_page(contents)
    markup = read_markup(decoded.text)
    made = Extraction()
    fields: Mapping[str, str] = {}
    problems = list(decoded.problems)
    if _TEI.search(markup.text, 0, _HEAD):
        metadata, fields, unread = read_header(markup, contents.name)
        problems += unread
        write_tei(made, markup)
        marked_up = None
    else:
        metadata, marked_up = write_any(made, markup), False
    if markup.refused:
        problems.append(
            DocumentProblem("left-out", plain("entities that stand for others or for files are not expanded"))
        )
    if breaks_off(markup):
        problems.append(BREAKS_OFF)
    extracted = made.extracted(
        metadata, encoding=decoded.encoding, marked_up=marked_up, problems=problems, fields=fields
    )
    if not extracted.raw:
        raise NotTextError(plain("an XML file without text"))
    return extracted
