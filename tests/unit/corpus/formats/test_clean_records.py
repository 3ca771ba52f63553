"""Values of records with nothing to take out: what is written at once is what is written line by line."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.records import record
from tuibrowser.corpus.formats.records.clean import written

_TEXTS = st.text(st.sampled_from("山水a \n\r\t\u3000\u2028\x0b\x85\u034f\u200b。<br>"), max_size=24)
_VALUES = st.one_of(_TEXTS, st.lists(_TEXTS, max_size=4))


@given(_VALUES)
def test_a_clean_value_is_written_as_any_other(value: Any) -> None:
    clean = written(value)
    try:
        extracted = record.record_of([value] if isinstance(value, str) else value, None)
        other = record.record_of(value, None) if isinstance(value, str) else extracted
    except NotTextError:
        assert clean is None
        return
    if clean is not None:
        assert (clean[0], clean[1]) == (other.raw, other.parsed.lines)
        assert (other.parsed.layers, other.problems) == ((), ())


def test_the_lines_of_poems_and_of_prose_are_written_at_once() -> None:
    assert written(["水深魚自樂，", " 山靜鳥相呼。\u3000"]) is not None
    prose = written("其一\n\n\n其二。\u3000末句\n")
    assert prose is not None
    assert prose[0] == "其一\n\n其二。\u3000末句\n"
    assert written("<p>其一</p>") is None
    assert written("其\u200b一") is None
