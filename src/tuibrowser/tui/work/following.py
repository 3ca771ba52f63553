"""Following references: from `path#39:12-30@hash` to the request for the passage, and what to say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.language.i18n import shown
from tuibrowser.reading.quoting.referred import passage

if TYPE_CHECKING:
    from tuibrowser.corpus.model import DocumentText
    from tuibrowser.reading.quoting.reference import Reference
    from tuibrowser.tui.work.request import Request


def follow(request: Request, reference: Reference, text: DocumentText) -> tuple[Request, str]:
    """The request with the offset of the passage, and what must be said; empty where it is what it was.

    A part of a paragraph, or more than one, is selected; a whole paragraph is the current one, and so copied as it is.
    """
    located, remark = passage(reference, text)
    request = replace(request, offset=located.start if located is not None else 0)
    is_part = reference.start is not None or reference.first != reference.last
    if located is not None and located.sure and is_part:
        request = replace(request, select=(located.start, located.end))
    return request, shown(remark)
