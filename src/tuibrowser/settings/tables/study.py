"""Commands for the study of passages."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

STUDY: Final = (
    (
        "parallels",
        "x",
        plain("Parallels of the passage"),
        plain("Find what quotes or repeats the selection, the paragraph or the hit"),
    ),
)

READINGS: Final = (
    (
        "readings",
        "z-r",
        plain("Readings above the text"),
        plain("Show how rare characters are read, then all of the current paragraph, then none"),
    ),
)
