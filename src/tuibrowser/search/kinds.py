"""Kinds: the names that people read for kinds of matches, layers and problems; programs get their ids."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.model import Layer
from tuibrowser.language.i18n import plain
from tuibrowser.search.model import HitKind

HIT_KINDS: Final = {
    HitKind.EXACT: plain("exact"),
    HitKind.VARIANT: plain("variant"),
    HitKind.SPACED: plain("spaced"),
    HitKind.PINYIN: plain("pinyin"),
    HitKind.INITIALS: plain("initials"),
    HitKind.HOMOPHONE: plain("homophone"),
    HitKind.ABBREVIATION: plain("abbreviation"),
    HitKind.FUZZY: plain("fuzzy"),
    HitKind.PARALLEL: plain("parallel"),
    HitKind.PATTERN: plain("pattern"),
    HitKind.KEYWORDS: plain("keywords"),
}
"""Why a passage matched."""

LAYER_NAMES: Final = {
    Layer.NOTE: plain("note"),
    Layer.APPARATUS: plain("apparatus"),
    Layer.FURNITURE: plain("page furniture"),
}
"""The layers that are not the text itself."""

PROBLEM_KINDS: Final = {
    "replaced-bytes": plain("replaced-bytes"),
    "control-characters": plain("control-characters"),
    "encoding-doubtful": plain("encoding-doubtful"),
    "two-encodings": plain("two-encodings"),
    "left-out": plain("left-out"),
    "no-text": plain("no-text"),
    "layout": plain("layout"),
    "sidecar-date": plain("sidecar-date"),
    "declared-date": plain("declared-date"),
    "fields-left-out": plain("fields-left-out"),
}
"""The kinds of problems of documents."""
