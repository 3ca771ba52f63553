"""Which conversion a text gets in a view, and what script it then is in."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.model import Script
from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.hanzi.script import is_japanese, paragraph_script
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.reading.views.view import HANS, HANT, ORIGINAL

JAPANESE: Final = "Jpan"
"""The script of a text with the new characters of Japan."""

_FROM_JAPANESE: Final = "jp2t"
_TARGETS: Final = {HANS: Script.HANS, HANT: Script.HANT}


def configuration(script: str) -> str | None:
    """The OpenCC configuration that a view's script stands for; None for the original.

    Raise ValueError for a name that is none of these.
    """
    if script == ORIGINAL:
        return None
    name = {HANS: "t2s", HANT: "s2t"}.get(script, script)
    if name not in CONFIGURATIONS:
        known = listed([ORIGINAL, HANS, HANT, *CONFIGURATIONS])
        raise ValueError(plain("unknown script {script!r}; known are {names}", script=script, names=known))
    return name


def conversion_for(text: str, script: Script, view_script: str) -> str | None:
    """The OpenCC configuration for a text of a document in `script`; None where it is shown as it is.

    A text already in the script asked for stays as it is, since to convert Traditional text from Simplified spoils
    it (里 becomes 裡). A document in both is decided text by text, and a Japanese one stays as it is unless the new
    characters of Japan are to become Traditional ones.
    """
    name = configuration(view_script)
    if name is None or (name != _FROM_JAPANESE and is_japanese(text)):
        return None
    own = _script_of(text) if script is Script.MIXED else script
    return name if _applies(name, own) else None


def shown_script(script: Script, view_script: str) -> str:
    """The script that a document in `script` is shown in: `Hans`, `Hant`, `mixed`, `none` or `Jpan`."""
    name = configuration(view_script)
    if name is None or not (script is Script.MIXED or _applies(name, script)):
        return script
    return _result(name)


def next_script(view_script: str, script: Script) -> str:
    """The view's script after this one: original, 简体, 繁體, without those that look as the original does."""
    looks = [ORIGINAL, *(name for name, target in _TARGETS.items() if script is not target)]
    at = looks.index(view_script) if view_script in looks else 0
    if view_script not in {ORIGINAL, HANS, HANT}:
        return ORIGINAL
    return looks[(at + 1) % len(looks)]


def _script_of(text: str) -> Script:
    return Script(paragraph_script(text))


def _applies(name: str, own: Script) -> bool:
    """Whether a configuration has anything to do with a text that is in a script."""
    if name == _FROM_JAPANESE:
        return True
    if own is Script.NONE:
        return False
    return own is not (Script.HANT if name.startswith("s2") else Script.HANS)


def _result(name: str) -> str:
    if name == "t2jp":
        return JAPANESE
    return Script.HANS if name.partition("2")[2].startswith("s") else Script.HANT
