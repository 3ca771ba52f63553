"""Converted: a picture as PNG or PDF, by the library of the extra `pictures`, which needs no display."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

CONVERTED: Final = ("png", "pdf")
_SCALE: Final = 3.0
"""Pixels for each of the picture: 216 an inch."""


class NoConverterError(Exception):
    """Raised with a message where the library is not installed."""


def converted(svg: str, form: str) -> bytes:
    """An SVG as PNG or PDF. Raise NoConverterError where the extra `pictures` is not installed."""
    try:
        import vl_convert  # 84 MB that most readers do not need.
    except ImportError:
        why = plain("{form} needs the extra pictures: pip install 'tuibrowser[pictures]'", form=form.upper())
        raise NoConverterError(why) from None
    made: bytes = vl_convert.svg_to_pdf(svg) if form == "pdf" else vl_convert.svg_to_png(svg, scale=_SCALE)
    return made
