"""Unanswered: what an event loop asks of a server that is gone is said, and ends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import said, shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def or_said(work: Awaitable[None], say: Callable[[str], object]) -> None:
    """Do some work; where it needs what can't be had any more, say why."""
    try:
        await work
    except CorpusError as error:
        say(shown(said(error)))
