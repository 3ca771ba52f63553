"""What a terminal sends becomes keys, pastes and events; what is for nobody here becomes nothing."""

from __future__ import annotations

import itertools

import pytest
from textual import events

from tuibrowser.terminal.input.reading import Reading
from tuibrowser.terminal.input.tokens import ESCAPE_SECONDS, PASTE_SECONDS, SEQUENCE_SECONDS

ANSWERS = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]10;rgb:ffff/ffff/ffff\x07",
    "\x1b]52;c;6auY6LOq6YeP\x07",
    "\x1b[?62;22;52c",
    "\x1b[>41;380;0c",
    "\x1b[=0c",
    "\x1b[?0u",
    "\x1b[0n",
    "\x1b[8;40;120t",
    "\x1b[?1;2$y",
    "\x1bP>|kitty(0.35.2)\x1b\\",
    "\x1bP!|7E565445\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b[99999999999u",
]


class Line:
    """A reading and its clock."""

    def __init__(self) -> None:
        self.reading = Reading(False, lambda _: None)
        self.now = 0.0
        self.messages: list[object] = []

    def send(self, *pieces: str) -> Line:
        for piece in pieces:
            self.messages += self.reading.feed(piece, self.now)
        return self

    def after(self, seconds: float) -> Line:
        self.now += seconds
        self.messages += self.reading.tick(self.now)
        return self

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.messages if isinstance(message, events.Key)]

    @property
    def pastes(self) -> list[str]:
        return [message.text for message in self.messages if isinstance(message, events.Paste)]


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_for_other_programs_are_no_keys(answer: str) -> None:
    assert Line().send(f"j{answer}k").after(9).keys == ["j", "k"]


@pytest.mark.parametrize("answer", [*ANSWERS, "\x1b[<35;10;12M", "\x1b[12;40R", "\x1b[I"])
def test_what_comes_in_two_pieces_with_a_stall_between_is_the_same(answer: str) -> None:
    for cut in range(3 if answer[1] == "[" else 6, len(answer)):
        line = Line().send(answer[:cut]).after(0.3).send(answer[cut:] + "k").after(9)
        assert line.keys == ["k"], cut


def test_a_sequence_whose_rest_never_comes_is_nothing_and_locks_nothing() -> None:
    line = Line().send("\x1b[<35;1").after(SEQUENCE_SECONDS).send("j")
    assert line.keys == ["j"]


def test_escape_alone_is_a_key_after_a_moment() -> None:
    line = Line().send("\x1b")
    assert line.keys == []
    assert line.after(ESCAPE_SECONDS).keys == ["escape"]


@pytest.mark.parametrize("key", ["j", "J", "/", "]", "[", "P", "O", "_", "高", "\r", "5"])
def test_escape_and_a_key_right_after_it_are_two_keys(key: str) -> None:
    alone = Line().send(key).keys
    assert Line().send("\x1b" + key).after(ESCAPE_SECONDS).keys == ["escape", *alone]


def test_keys_after_escape_come_in_their_order() -> None:
    assert Line().send("\x1b]5}").after(ESCAPE_SECONDS).keys[0::3] == ["escape", "right_curly_bracket"]
    assert Line().send("\x1bj\x1b[A").after(ESCAPE_SECONDS).keys == ["escape", "j", "up"]
    assert Line().send("\x1b\x1b[B").after(ESCAPE_SECONDS).keys == ["escape", "down"]


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1b[[A", "f1"),
        ("\x1b[5~", "pageup"),
        ("\x1b[106u", "j"),
        ("\x1b\t", "shift+tab"),
    ],
)
def test_keys_that_send_sequences(sent: str, key: str) -> None:
    assert Line().send(sent).keys == [key]
    assert Line().send(*sent).keys == [key]


def test_a_paste_is_one_text_however_it_is_cut() -> None:
    sent = "\x1b[200~高質量\r\nj\x1b[A發展\x1b[201~k"
    for cut in range(3, len(sent)):
        line = Line().send(sent[:cut], sent[cut:])
        assert line.pastes == ["高質量\r\nj\x1b[A發展"]
        assert line.keys == ["k"]


def test_escape_within_a_paste_is_text() -> None:
    line = Line().send("\x1b[200~高質量\x1b\x1b[201~j")
    assert line.pastes == ["高質量\x1b"]
    assert line.keys == ["j"]


def test_a_paste_without_its_end_ends_in_silence_and_keys_are_keys_again() -> None:
    line = Line().send("\x1b[200~高質量").after(PASTE_SECONDS).send("j").after(0.1).send("q")
    assert line.pastes == ["高質量"]
    assert line.keys == ["j", "q"]


def test_a_paste_that_stalls_goes_on_as_a_paste() -> None:
    line = Line().send("\x1b[200~高質量").after(PASTE_SECONDS).send("發展是第一要務，要全面貫徹\x1b[20").send("1~j")
    assert line.pastes == ["高質量", "發展是第一要務，要全面貫徹"]
    assert line.keys == ["j"]
    line = Line().send("\x1b[200~高質量").after(PASTE_SECONDS).send("發展\x1b[201~j")
    assert (line.pastes, line.keys) == (["高質量", "發展"], ["j"])


def test_a_long_paste_is_read_in_time_that_grows_with_its_length() -> None:
    line = Line().send("\x1b[200~")
    for _ in range(500):
        line.send("天地玄黃宇宙洪荒" * 500)
    assert line.send("\x1b[201~").pastes == ["天地玄黃宇宙洪荒" * 250_000]


PIECES = ("\x1b", "[", "<", "5", ";", "M", "u", "]", "P", ">|", "\x07", "\x1b\\", "~", "R", "c", "\x00", "高")
ALL_OF_THREE = list(itertools.product(PIECES, repeat=3))
ALL_OF_FOUR = list(itertools.product(PIECES, repeat=4))


@pytest.mark.slow
@pytest.mark.parametrize(
    "sequences",
    [
        pytest.param(ALL_OF_THREE, id="three"),
        pytest.param(ALL_OF_FOUR[::19], id="some-of-four"),
        pytest.param(ALL_OF_FOUR, id="four", marks=pytest.mark.long),
    ],
)
def test_any_bytes_are_borne(sequences: list[tuple[str, ...]]) -> None:
    for several in sequences:
        line = Line().send("".join(several)).after(9).send("\x1b\\\x07").after(9).send("\x1b[201~").after(9)
        assert line.send("j").keys[-1:] == ["j"]
