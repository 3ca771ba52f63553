from __future__ import annotations

import pytest

from tuibrowser.corpus.model import Script
from tuibrowser.reading.views.script import conversion_for

JAPANESE = "当時の大学では医学が独立していた。台風が来るので、会議を欠席します。"
CHINESE = "当时的大学里医学还没有独立出来。"


@pytest.mark.parametrize("view", ["hant", "hans", "s2twp", "t2s"])
@pytest.mark.parametrize("script", list(Script))
def test_japanese_stays_as_it_is(view: str, script: Script) -> None:
    assert conversion_for(JAPANESE, script, view) is None


def test_japanese_becomes_traditional_by_its_own_configuration() -> None:
    assert conversion_for(JAPANESE, Script.NONE, "jp2t") == "jp2t"


def test_chinese_beside_japanese_is_converted() -> None:
    assert conversion_for(CHINESE, Script.MIXED, "hant") == "s2t"
    assert conversion_for("优の良品店在渡口开张了。", Script.HANS, "hant") == "s2t"
