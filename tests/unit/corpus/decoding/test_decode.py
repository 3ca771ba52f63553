from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.decoding.decode import binary_kind, decode
from tuibrowser.corpus.errors import CorpusError, NotTextError

SIMPLIFIED = (
    "第一章　总则\n第一条　为了保护公民、法人和其他组织的合法权益，维护社会和经济秩序，根据宪法，制定本法。\n"
    "各位代表：现在，我代表国务院，向大会报告政府工作，请予审议，并请全国政协各位委员提出意见。\n"
    "却说那猴王不觉大惊，问道：“你是何人？怎么到了这里来？”\n"
)
TRADITIONAL = (
    "第一章　總則\n第一條　為健全郵政發展，提供普遍、公平、合理之郵政服務，增進公共利益，特制定本法。\n"
    "子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍，不亦君子乎？」\n"
    "宋江聽了大喜，道：「賢弟，你我兄弟今日相見，真是天意。」眾人都道：「哥哥說得是。」\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
TEXTS = {"simplified": SIMPLIFIED, "traditional": TRADITIONAL}


WRITABLE = [
    (encoding, script)
    for encoding in ENCODINGS
    for script in TEXTS
    if (encoding, script) != ("big5hkscs", "simplified")
]


@pytest.mark.parametrize(("encoding", "script"), WRITABLE)
@pytest.mark.parametrize("size", [100, 1_000, 10_000])
def test_every_encoding_is_known_from_a_prefix_cut_anywhere(encoding: str, script: str, size: int) -> None:
    data = (TEXTS[script] * (size // 200 + 1)).encode(encoding)
    for cut in range(size - 4, size + 1):
        assert decode(data[:cut]).encoding == encoding


@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize(
    ("bom", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\x841\x953", "gb18030")]
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(script: str, bom: bytes, encoding: str) -> None:
    decoded = decode(bom + TEXTS[script].encode(encoding))
    assert decoded.text == TEXTS[script]
    assert decoded.encoding == encoding
    assert decoded.problems == ()


def test_utf16_that_is_full_of_one_is_not_read_the_wrong_way_round() -> None:
    text = "一、第一千一百一十一條之一"  # 一 is U+4E00, and its zero byte stands where that of a letter does not
    assert decode(text.encode("utf-16-le")).encoding == "utf-16-le"
    assert decode(text.encode("utf-16-be")).encoding == "utf-16-be"


def test_plain_ascii_and_nothing_at_all_are_utf8() -> None:
    assert decode(b"\0").text == "\0"
    assert decode(b"Lunyu 1.1\n").encoding == "utf-8"
    assert decode(b"") == decode(b"", "utf-8")


def test_utf16_that_is_mostly_latin_is_known_by_its_nuls() -> None:
    assert decode("Lunyu 1.1, tr. Legge\n".encode("utf-16-le")).encoding == "utf-16-le"
    assert decode("Lunyu 1.1, tr. Legge\n".encode("utf-16-be")).encoding == "utf-16-be"


@pytest.mark.parametrize("script", TEXTS)
def test_a_long_beginning_in_ascii_hides_nothing(script: str) -> None:
    data = b"<!-- header -->\n" * 5_000 + TEXTS[script].encode("gb18030")
    assert decode(data).encoding == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("holes", [1, 5, 20])
def test_damage_changes_no_encoding_and_is_counted(encoding: str, script: str, holes: int) -> None:
    data = bytearray(TEXTS[script].encode(encoding))
    for at in random.Random(holes).sample(range(len(data)), holes):
        data[at] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == encoding
    assert "�" in decoded.text
    (problem,) = decoded.problems
    assert problem.kind == "replaced-bytes"
    assert int(problem.detail.split()[0]) >= holes


def test_replaced_bytes_are_counted_to_the_byte() -> None:
    assert decode("君子".encode() + b"\xff\xfe" + "不器".encode()).problems[0].detail == "2 bytes not valid in utf-8"
    assert decode("君子不器".encode()[:-1]).problems[0].detail == "2 bytes not valid in utf-8"
    assert decode("君子不器".encode() + b"\xff").problems[0].detail == "1 byte not valid in utf-8"


def test_bytes_of_gbk_in_a_utf8_text_do_not_turn_it_into_gbk() -> None:
    data = SIMPLIFIED.encode() + "旗帜".encode("gbk") + SIMPLIFIED.encode()
    assert decode(data).encoding == "utf-8"


def test_control_characters_stay_and_are_counted() -> None:
    decoded = decode("君\x00子\x1b[31m不器\n\t\f".encode())
    assert decoded.text == "君\x00子\x1b[31m不器\n\t\f"
    (problem,) = decoded.problems
    assert (problem.kind, problem.detail) == ("control-characters", "2 control characters")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"PK\x03\x04....",
        b"\x7fELF....",
        bytes(range(256)) * 16,
        bytes(4096),
        random.Random(1).randbytes(5_000),
    ],
)
def test_what_is_no_text_says_so(data: bytes) -> None:
    assert binary_kind(data)
    with pytest.raises(NotTextError, match="not a text: "):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(random.Random(2).choices(range(0x80, 0x100), k=5_000)),
        ("Это русский текст. " * 20).encode("cp1251"),
        ("Старый дом у реки. " * 20).encode("koi8-r"),
        ("Łódź odpłynęła od brzegu, gdzie już płonęła lampa. " * 20).encode("iso8859-2"),
        ("Le café était fermé à cause de la grève. " * 20).encode("mac-roman"),
    ],
)
def test_what_is_in_none_of_the_encodings_is_left_to_the_reader_to_name(data: bytes) -> None:
    with pytest.raises(NotTextError, match="name it with --encoding"):
        decode(data)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_texts_are_never_taken_for_binary_files(encoding: str) -> None:
    assert binary_kind(TRADITIONAL.encode(encoding)) is None


def test_a_named_encoding_is_obeyed() -> None:
    data = TRADITIONAL.encode("big5hkscs")
    assert decode(data, "big5-hkscs").text == TRADITIONAL
    assert decode(data, "gb18030").encoding == "gb18030"
    assert decode(TRADITIONAL.encode("utf-16"), "UTF-16").text == TRADITIONAL
    assert decode(TRADITIONAL.encode("utf-8-sig"), "utf8").text == TRADITIONAL
    assert decode(b"\xa4\xa4", "utf-8").problems[0].kind == "replaced-bytes"


@pytest.mark.parametrize("name", ["klingon", "", "base64", "rot13", "unicode_escape", "idna", "utf-8\x00", "語" * 100])
def test_an_unknown_encoding_is_refused_by_name(name: str) -> None:
    with pytest.raises(CorpusError, match="unknown encoding"):
        decode(b"abc", name)


@given(st.binary(max_size=200))
def test_any_bytes_either_decode_or_are_no_text(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotTextError:
        return
    decoded.text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\0"), min_size=1, max_size=50))
def test_utf8_without_magic_comes_back_as_it_was(text: str) -> None:
    if binary_kind(text.encode()) is None:
        assert decode(text.encode()).text == text


JAPANESE = "山の家では夜になると風の音がよく聞こえる。古いラジオのスイッチを入れて、黙って空を見上げた。\n"
KOREAN = "산속의 집에서는 밤이 되면 바람 소리가 잘 들린다. 낡은 라디오를 켜고 말없이 하늘을 보았다.\n"
WESTERN = {
    "French": "Le café était fermé à cause de la grève; où aller, déjà?\n",
    "German": "Über die Brücke ging der müde Bäcker. Straße, Größe.\n",
    "Spanish": "Mañana habrá niebla. ¿Dónde está el señor Núñez?\n",
    "Danish": "Båden løb på grund, og året er gået. Ærlig talt.\n",
    "marks": "He said “nothing” – and left… she didn’t.\n".replace("’", "\u2019"),
}


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "euc_jp"),
        (JAPANESE, "cp932"),
        (JAPANESE, "iso2022_jp_2"),
        (KOREAN, "euc_kr"),
        (KOREAN, "iso2022_kr"),
        (SIMPLIFIED, "hz"),
        *((text, "cp1252") for text in WESTERN.values()),
    ],
)
def test_other_encodings_are_read_where_they_are_sure(text: str, encoding: str, times: int) -> None:
    decoded = decode((text * times).encode(encoding))
    assert (decoded.encoding, decoded.text, decoded.problems) == (encoding, text * times, ())


def test_a_word_with_an_accent_is_enough() -> None:
    assert decode(b"caf\xe9\n").text == "café\n"


def test_what_is_only_known_by_its_name_is_named() -> None:
    data = bytes.fromhex(
        "c4d4c4e3cefbc4a9dde7eba9c4f4c8a1cefbcfe4c5d5c5d2cdbbc8a1c7e9"
        "a1a2c5eccbccc4a7d0feebbfcefbe6fbc4dfc7dfccafd5a58ea3c4cea1a4"
    )
    with pytest.raises(NotTextError, match="its encoding is EUC-TW"):
        decode(data)


@pytest.mark.parametrize("data", [b"if (~{a}) then ~} end\n", b"~{ a home ~}", b"\x1b$ no shift"])
def test_marks_of_shifting_in_plain_text_shift_nothing(data: bytes) -> None:
    assert decode(data).text == data.decode()


def test_a_guess_is_named_as_one() -> None:
    rare = "".join(map(chr, range(0x5300, 0x5500)))
    decoded = decode(rare.encode("gb18030"))
    assert decoded.text == rare
    assert [problem.kind for problem in decoded.problems] == ["encoding-doubtful"]


@pytest.mark.parametrize(("script", "encoding"), [("simplified", "gb18030"), ("traditional", "big5hkscs")])
def test_a_lost_byte_costs_a_few_characters_and_not_the_line(script: str, encoding: str) -> None:
    text = TEXTS[script].replace("\n", "")
    data = text.encode(encoding)
    for at in range(0, len(data) - 40, 7):
        decoded = decode(data[:at] + data[at + 1 :])
        assert decoded.encoding == encoding
        assert text[at // 2 + 8 :] in decoded.text
        assert text[: max(0, at // 2 - 6)] in decoded.text


def test_a_byte_too_much_costs_no_more() -> None:
    data = SIMPLIFIED.replace("\n", "").encode("gb18030")
    decoded = decode(data[:41] + b"\xb5" + data[41:])
    assert SIMPLIFIED.replace("\n", "")[28:] in decoded.text
    assert [problem.kind for problem in decoded.problems] == ["replaced-bytes"]


@pytest.mark.parametrize("times", [2, 300])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("simplified", "utf-8"), ("simplified", "gb18030")),
        (("simplified", "gb18030"), ("simplified", "utf-8")),
        (("simplified", "utf-8-sig"), ("simplified", "gb18030")),
        (("simplified", "utf-8"), ("traditional", "big5hkscs")),
        (("simplified", "gb18030"), ("traditional", "big5hkscs")),
        (("traditional", "big5hkscs"), ("simplified", "gb18030")),
    ],
)
def test_halves_of_two_encodings_are_each_read_in_theirs(
    first: tuple[str, str], second: tuple[str, str], times: int
) -> None:
    one, other = TEXTS[first[0]] * times, TEXTS[second[0]] * times
    decoded = decode(one.encode(first[1]) + other.encode(second[1]))
    assert decoded.text == one + other
    assert [problem.kind for problem in decoded.problems] == ["two-encodings"]
    assert int(decoded.problems[0].detail.split()[0]) == 4 * times


def test_a_named_encoding_is_obeyed_in_every_line() -> None:
    decoded = decode(SIMPLIFIED.encode() + SIMPLIFIED.encode("gb18030"), "utf-8")
    assert [problem.kind for problem in decoded.problems] == ["replaced-bytes"]


def test_lines_of_rare_characters_stay_in_the_encoding_of_the_text() -> None:
    text = SIMPLIFIED + "".join(map(chr, range(0x4E80, 0x4EC0))) + "\n" + SIMPLIFIED
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "line",
    [
        "\x1b[31m错误\x1b[0m 今天的记录\x0f\n",
        "\x1b]0;title\x07\x1b[1m警告\x1b(B\x1b[m\n",
        "记\x08记录\x08录\n",
    ],
)
def test_a_log_in_colour_is_a_text(line: str, encoding: str) -> None:
    data = (line * 200).encode(encoding)
    assert binary_kind(data[:4096]) is None
    assert decode(data).text == line * 200
