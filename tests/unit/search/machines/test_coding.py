"""What goes between processes comes out as it went in, and rubbish is refused."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.values import is_plain, values_of
from tuibrowser.language.i18n import Message, plain
from tuibrowser.search.machines.arrays import Array, WireError
from tuibrowser.search.machines.coding import Nothing, coder
from tuibrowser.search.machines.frames import MOST_ASKED, Frame, packed, read_frame, unpacked
from tuibrowser.search.machines.methods import PROTOCOLS, functions, method, methods_of
from tuibrowser.search.machines.names import PLAIN
from tuibrowser.search.model import Hit, HitKind, Scope

ENDS = Nothing()
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def passed(annotation: Any, value: Any) -> Any:
    sent = packed(Frame("g", 1, "value", coder(annotation).encode(value, ENDS)))
    frame = read_frame(BytesIO(sent).read, MOST_ASKED)
    assert frame is not None
    return coder(annotation).decode(frame.value, ENDS)


@pytest.mark.parametrize("wanted", [each for each in PLAIN if is_plain(each)], ids=lambda each: each.__name__)
@FEW
@given(data=st.data())
def test_every_plain_type_passes(wanted: Any, data: st.DataObject) -> None:
    value = data.draw(values_of(wanted))
    assert passed(wanted, value) == value


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
def test_every_signature_can_be_sent(protocol: type) -> None:
    asked = {name for name in vars(protocol) if not name.startswith("_") or name in ("__len__", "__getitem__")}
    assert {name.partition(":")[0] for name in methods_of(protocol)} == asked


def test_functions_within_answers_are_asked_for_by_their_field() -> None:
    assert set(functions()) == {"Listing.hits", "Listing.offsets"}
    assert list(functions()["Listing.hits"].parameters) == ["0", "1"]


def test_a_name_that_is_no_method_is_none() -> None:
    for name in ("Searcher.__init__", "Searcher._corpus", "Matches.nothing", "os.system", "Searcher", ""):
        assert method(name) is None
    assert method("Matches.__getitem__:1") is not None


def test_arguments_that_a_method_does_not_take_are_refused() -> None:
    search = method("Searcher.search")
    assert search is not None
    assert search.decode(search.encode({"query": "江", "cancelled": len}, ENDS), ENDS) == {
        "query": "江",
        "cancelled": True,
    }
    for arguments in ({"queri": "江"}, {"query": 3}, ["江"], {"query": None}, {"limit": "9"}, {"scope": ()}):
        with pytest.raises(WireError):
            search.decode(arguments, ENDS)


def test_a_message_can_still_be_said_in_another_language() -> None:
    said = passed(str, plain("the index {reason}", reason=plain("is damaged")))
    assert isinstance(said, Message)
    assert said.template == "the index {reason}"
    assert isinstance(said.values["reason"], Message)


def test_sequences_of_any_kind_and_numbers_of_numpy_pass() -> None:
    assert list(passed(list[int], range(3))) == [0, 1, 2]
    assert passed(list[int], [1 << 40] * 40) == [1 << 40] * 40
    hit = Hit(np.int64(3), ((np.int32(1), 2),), HitKind.EXACT, np.float32(0.5), 0)  # type: ignore[arg-type]
    assert passed(Hit, hit) == Hit(3, ((1, 2),), HitKind.EXACT, 0.5, 0)


def test_arrays_pass_as_bytes_and_only_numbers() -> None:
    for values in (np.arange(6, dtype=np.uint64).reshape(2, 3), np.array([], np.float32), np.array([True, False])):
        got = passed(Array, values)
        assert got.dtype == values.dtype
        assert np.array_equal(got, values)
    for given_ in (["|O", [1], b"12345678"], ["<i8", [2], b"12345678"], ["<i8", [-1], b""], ["nonsense", [0], b""], 3):
        with pytest.raises(WireError):
            coder(Array).decode(unpacked(packed(Frame("", 0, "", given_))[4:]).value, ENDS)


@settings(FEW, max_examples=50)
@given(st.binary(max_size=60))
def test_random_bytes_are_no_frame_and_nothing_else_happens(data: bytes) -> None:
    for length in (len(data).to_bytes(4, "little"), b""):
        with suppress(WireError):
            read_frame(BytesIO(length + data).read, MOST_ASKED)


def test_a_frame_that_is_too_large_or_of_another_version_or_with_a_type_of_its_own_is_refused() -> None:
    with pytest.raises(WireError):
        read_frame(BytesIO(b"\xff\xff\xff\xff").read, MOST_ASKED)
    rows: tuple[Any, ...] = (
        [2, "", 0, "", None],
        [1, "", 0, ""],
        [1, "", "0", "", None],
        msgpack.ExtType(3, b"abc"),
        {},
    )
    for row in rows:
        with pytest.raises(WireError):
            unpacked(msgpack.packb(row))


@FEW
@given(data=st.data())
def test_a_random_value_is_decoded_as_what_a_type_is_or_refused(data: st.DataObject) -> None:
    leaves: st.SearchStrategy[Any] = (
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.binary(max_size=3)
    )
    row: Any = data.draw(st.recursive(leaves, lambda few: st.lists(few, max_size=8).map(tuple), max_leaves=12))
    for wanted in (Scope, Hit, list[int], dict[int, int], frozenset[HitKind], Array, str):
        with suppress(WireError):
            coder(wanted).decode(row, ENDS)
