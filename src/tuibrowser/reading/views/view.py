"""View: in which script, and repaired or raw, the reader looks at the corpus."""

from __future__ import annotations

from tuibrowser.language.frozen import frozen

ORIGINAL = "original"
HANS = "hans"
HANT = "hant"


@frozen
class View:
    """What the reader looks at. `script` is original, hans (t2s), hant (s2t) or the name of an OpenCC configuration."""

    script: str = ORIGINAL
    repaired: bool = True
