"""Files of records: each record is a document, its fields known by their names."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.contents import contents_beside
from tuibrowser.corpus.formats.records.fields import NAMES, names_of_field
from tuibrowser.corpus.loading import worker
from tuibrowser.corpus.loading.loaded import as_loaded, attempt
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.read import read
from tuibrowser.host.environment import RECORD_NAMES
from tuibrowser.search.index.fingerprint import rules
from tuibrowser.settings.early import at_start
from tuibrowser.settings.option import RECORD_FIELDS

if TYPE_CHECKING:
    from pathlib import Path

POEMS = [
    {"title": "過江", "author": "無名", "paragraphs": ["江上無風雨，", "舟中有故人。"], "dynasty": "宋", "id": "x-1"},
    {"title": "渡口", "author": "船夫", "paragraphs": ["水深魚自樂，", "山靜鳥相呼。"], "dynasty": "元", "id": "x-2"},
]


def made(tmp_path: Path, name: str, text: str) -> Corpus:
    (tmp_path / name).write_text(text, "utf-8")
    return Corpus.discover([tmp_path / name])


def test_each_record_of_a_list_is_a_document_with_its_fields(tmp_path: Path) -> None:
    corpus = made(tmp_path, "詩.json", json.dumps(POEMS, ensure_ascii=False))
    assert [document.name for document in corpus.documents] == ["詩.json/1", "詩.json/2"]
    second = corpus.document(1)
    assert (second.title, second.metadata.author, second.format) == ("渡口", "船夫", "json")
    assert second.fields == (("dynasty", "元"),)
    text = corpus.text(1)
    assert [paragraph.kind for paragraph in text.paragraphs] == [ParagraphKind.VERSE]
    assert text.repaired == "水深魚自樂，\n山靜鳥相呼。"


def test_poems_and_letters_are_known_by_their_chinese_names(tmp_path: Path) -> None:
    poems = [
        {"诗题": "渡口", "诗人": "船夫", "诗文": ["水深鱼自乐，", "山静鸟相呼。"], "评注": "有画意。", "no": number}
        for number in (1, 2)
    ]
    corpus = made(tmp_path, "诗.json", json.dumps(poems, ensure_ascii=False))
    assert [document.name for document in corpus.documents] == ["诗.json/1", "诗.json/2"]
    poem = corpus.document(1)
    assert (poem.title, poem.metadata.author) == ("渡口", "船夫")
    assert corpus.text(1).repaired == "水深鱼自乐，\n山静鸟相呼。\n有画意。"
    letters = made(tmp_path, "信.csv", "寄信人,收信人,日期,內容\n船夫,行人,1931-09,呼舟不應，奈何。\n")
    assert letters.document(0).metadata.author == "船夫"
    assert letters.document(0).fields == (("收信人", "行人"),)


def test_the_one_record_of_a_list_has_its_fields(tmp_path: Path) -> None:
    document = made(tmp_path, "詩.json", json.dumps(POEMS[:1], ensure_ascii=False)).document(0)
    assert (document.name, document.title, document.metadata.author) == ("詩.json", "過江", "無名")
    assert document.fields == (("dynasty", "宋"),)


@pytest.mark.parametrize("name", ["詩.jsonl", "詩.json", "詩.ndjson"])
def test_a_record_a_line_is_known_by_its_text_where_the_name_does_not_say_it(name: str, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(poem, ensure_ascii=False) for poem in POEMS)
    corpus = made(tmp_path, name, f"\ufeff{lines}\n\n")
    assert [corpus.document(number).title for number in range(len(corpus.documents))] == ["過江", "渡口"]


def test_a_broken_line_costs_one_record(tmp_path: Path) -> None:
    good = json.dumps(POEMS[0], ensure_ascii=False)
    corpus = made(tmp_path, "詩.jsonl", f'{good}\n{{"title": "斷\n{good}\n')
    assert len(corpus.documents) == 3
    assert corpus.document(2).title == "過江"
    with pytest.raises(CorpusError, match="not JSON"):
        corpus.text(1)


def test_records_in_one_list_of_an_object_are_documents(tmp_path: Path) -> None:
    corpus = made(tmp_path, "詩.json", json.dumps({"count": 2, "data": POEMS}, ensure_ascii=False, indent=1))
    assert [corpus.document(number).title for number in (0, 1)] == ["過江", "渡口"]


def test_a_work_with_its_chapters_is_one_document(tmp_path: Path) -> None:
    work = {
        "title": "渡口記",
        "author": "船夫",
        "content": [
            {"chapter": "上篇", "paragraphs": ["江水東流，晝夜不息。"]},
            {"chapter": "下篇", "paragraphs": ["行人欲渡，呼舟不應。"]},
        ],
    }
    corpus = made(tmp_path, "記.json", json.dumps(work, ensure_ascii=False))
    (document,) = [corpus.document(number) for number in range(len(corpus.documents))]
    assert (document.name, document.title) == ("記.json", "渡口記")
    assert [heading.title for heading in document.headings] == ["上篇", "下篇"]


def test_laws_are_known_by_what_their_names_end_in(tmp_path: Path) -> None:
    law = {
        "LawLevel": "法律",
        "LawName": "渡船管理條例",
        "LawModifiedDate": "20190615",
        "LawArticles": [
            {"ArticleType": "C", "ArticleNo": "", "ArticleContent": "第 一 章 總則"},
            {"ArticleType": "A", "ArticleNo": "第 1 條", "ArticleContent": "為管理渡船，特制定本條例。"},
            {"ArticleType": "A", "ArticleNo": "第 2 條", "ArticleContent": "本條例所稱渡船，指載客過江之船。"},
            {"ArticleType": "A", "ArticleNo": "第 3 條", "ArticleContent": "渡船應經檢查。"},
        ],
    }
    corpus = made(tmp_path, "法.json", json.dumps({"UpdateDate": "x", "Laws": [law, law]}, ensure_ascii=False))
    first = corpus.document(0)
    assert (first.title, first.metadata.date) == ("渡船管理條例", "2019-06-15")
    assert [heading.title for heading in first.headings][:2] == ["第 一 章 總則", "第 1 條"]


def test_notes_are_notes_and_the_lines_of_prose_are_prose(tmp_path: Path) -> None:
    record = {"content": "船夫曰：水可載舟。\n\n　　行人曰：亦可覆舟。", "comment": ["此二語皆有所本。"]}
    corpus = made(tmp_path, "語.json", json.dumps([record, record], ensure_ascii=False))
    text = corpus.text(0)
    assert [paragraph.kind for paragraph in text.paragraphs][-1] is ParagraphKind.NOTE
    assert [text.raw[span.start : span.end] for span in text.layers] == ["此二語皆有所本。"]


def test_rows_of_a_table_of_texts_are_documents_and_other_tables_are_read_as_rows(tmp_path: Path) -> None:
    corpus = made(
        tmp_path, "詩.csv", '題目,作者,內容\n"過江","無名","江上無風雨，\n舟中有故人。"\n渡口,船夫,水深魚自樂。\n'
    )
    assert [corpus.document(number).title for number in (0, 1)] == ["過江", "渡口"]
    assert corpus.text(0).raw.strip() == "江上無風雨，\n舟中有故人。"
    table = made(tmp_path, "目.csv", "書名,出版\n渡口記,1949\n")
    assert table.text(0).raw == "書名　出版\n渡口記　1949\n"
    tabs = made(tmp_path, "詩.tsv", "title\tcontent\n過江\t江上無風雨。\n")
    assert (tabs.document(0).title, tabs.document(0).format) == ("過江", "tsv")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ([{"year": 1962, "month": 7, "day": 28}], "1962-07-28"),
        (20190615, "2019-06-15"),
        ("2019-06-15T08:18:00", "2019-06-15T08:18:00"),
        ({"$date": "2019-06-15"}, "2019-06-15"),
        ("不詳", None),
    ],
)
def test_dates_are_read_in_the_ways_records_write_them(value: object, date: str | None, tmp_path: Path) -> None:
    corpus = made(tmp_path, "a.json", json.dumps({"title": "甲", "date": value, "content": "江水東流。"}))
    assert corpus.document(0).metadata.date == date


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[1, 2", "null", '"', "[[[[]]]]", "{}"])
def test_json_without_a_text_is_a_reason_and_no_exception(text: str, tmp_path: Path) -> None:
    corpus = made(tmp_path, "a.json", text)
    for document in list(corpus.documents):
        with pytest.raises(CorpusError):
            corpus.text(document.number)


def test_a_cell_of_any_length_is_read(tmp_path: Path) -> None:
    corpus = made(tmp_path, "a.csv", f"title,text\n甲,{'江' * 300_000}\n乙,短。\n")
    assert (corpus.document(0).characters, corpus.text(1).repaired) == (300_001, "短。")


def test_names_in_the_config_go_before_those_that_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"title": "卷", "篇題": "過江", "釋文": "江水東流。", "content": ""}] * 2
    path = tmp_path / "簡.json"
    path.write_text(json.dumps(records), "utf-8")
    assert Corpus.discover([path]).document(0).title != "過江"
    (tmp_path / "config" / "tuibrowser").mkdir(parents=True)
    config = tmp_path / "config" / "tuibrowser" / "config.toml"
    config.write_text('[records]\ntitle = ["篇題"]\ntext = ["釋文"]\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv(RECORD_NAMES, json.dumps(dict(at_start({}).record_names), default=list))
    names_of_field.cache_clear()
    try:
        document = Corpus.discover([path]).document(0)
        assert (document.title, document.characters) == ("過江", len("江水東流。\n"))
        before = rules()
        monkeypatch.setenv(RECORD_NAMES, "{}x")
        assert rules() != before
    finally:
        names_of_field.cache_clear()


def test_the_fields_of_the_config_are_those_of_records() -> None:
    assert tuple(NAMES) == RECORD_FIELDS


def test_records_are_said_to_be_in_the_encoding_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("題目,內容\n過江,江水東流，晝夜不息，行人欲渡。\n".encode("big5hkscs"))
    assert Corpus.discover([tmp_path / "a.csv"]).document(0).encoding == "big5hkscs"
    (tmp_path / "b.json").write_text(json.dumps(POEMS, ensure_ascii=False), "gb18030")
    corpus = Corpus.discover([tmp_path / "b.json"], encoding="gb18030")
    assert (corpus.document(0).encoding, corpus.document(0).title) == ("gb18030", "過江")


def test_parts_with_names_that_are_not_known_lose_no_text(tmp_path: Path) -> None:
    part = {"节": "其一", "话": "江水東流，晝夜不息。", "又": {"答": "行人欲渡。"}}
    corpus = made(tmp_path, "a.json", json.dumps({"title": "問答", "content": [part, part]}, ensure_ascii=False))
    assert corpus.text(0).raw.count("江水東流") == corpus.text(0).raw.count("行人欲渡") == 2


def test_an_encoding_that_is_named_is_that_of_the_whole_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("題目,內容\n過江,文\n".encode("big5hkscs"))
    document = Corpus.discover([tmp_path / "a.csv"], encoding="big5hkscs").document(0)
    assert (document.title, document.encoding) == ("過江", "big5hkscs")
    (tmp_path / "b.csv").write_bytes("title,text\na,caf\u00e9\n".encode("latin-1"))
    assert Corpus.discover([tmp_path / "b.csv"], encoding="latin-1").text(0).raw == "caf\u00e9\n"


def test_no_cell_of_a_row_is_lost(tmp_path: Path) -> None:
    corpus = made(tmp_path, "a.csv", "title,text,譯者,譯者\n甲,江水東流。,一,二,三\n")
    assert dict(corpus.document(0).fields) == {"譯者": "一", "譯者 4": "二", "5": "三"}


def test_the_list_is_that_of_the_object_itself_and_not_one_within_it(tmp_path: Path) -> None:
    text = json.dumps({"meta": {"data": [1, 2]}, "data": POEMS}, ensure_ascii=False)
    corpus = made(tmp_path, "詩.json", text)
    assert [corpus.document(number).title for number in (0, 1)] == ["過江", "渡口"]


def test_texts_under_names_that_are_not_known_are_said_to_be_left_out(tmp_path: Path) -> None:
    record = {"title": "甲", "content": "江水東流。", "賞析": "此詩寫江水。" * 50, "多層": [{"甲": "乙"}], "id": "一"}
    document = made(tmp_path, "a.json", json.dumps([record, record])).document(0)
    assert [(each.kind, each.detail) for each in document.problems] == [
        ("fields-left-out", "not read, by characters: 賞析 (300), 多層 (1), id (1)")
    ]


def test_a_date_that_cannot_be_read_is_a_field(tmp_path: Path) -> None:
    records = [
        {"title": "甲", "date": "某年冬月", "content": "江水東流。"},
        {"title": "乙", "date": "2019-06-15", "content": "行人欲渡。"},
    ]
    corpus = made(tmp_path, "a.json", json.dumps(records))
    assert [corpus.document(number).metadata.published for number in (0, 1)] == [None, "2019-06-15"]
    assert [corpus.document(number).fields for number in (0, 1)] == [(("date", "某年冬月"),), ()]


def test_what_is_not_read_of_the_parts_of_a_text_is_said(tmp_path: Path) -> None:
    parts = [
        {"title": "其一", "content": "江水東流。", "白話": "江水向東流去。", "no": 1},
        {"title": "其二", "content": "行人欲渡。", "白話": "行人要渡江。"},
    ]
    corpus = made(tmp_path, "a.json", json.dumps({"title": "甲", "content": parts}))
    assert [each.detail for each in corpus.document(0).problems] == ["not read, by characters: 白話 (13)"]
    assert "向東" not in corpus.text(0).raw


def test_a_part_without_a_text_of_a_known_name_is_read_whole_and_once(tmp_path: Path) -> None:
    parts = [
        {"title": "其一", "白話": "江水向東流去。", "note": "東流：向東。"},
        {"no": "第二條", "白話": "行人要渡江。"},
    ]
    corpus = made(tmp_path, "a.json", json.dumps({"title": "甲", "content": parts}))
    raw = corpus.text(0).raw
    assert [raw.count(each) for each in ("其一", "江水向東流去。", "東流：向東。", "第二條", "行人要渡江。")] == [1] * 5
    assert corpus.document(0).problems == ()


def test_a_text_is_read_however_deep_it_stands(tmp_path: Path) -> None:
    value: object = "江水東流。"
    for _ in range(60):
        value = [value, {"content": "行人欲渡。"}]
    raw = made(tmp_path, "a.json", json.dumps({"title": "甲", "content": value})).text(0).raw
    assert (raw.count("江水東流"), raw.count("行人欲渡")) == (1, 60)


def test_bytes_that_could_not_be_decoded_are_said_of_the_record_they_stand_in(tmp_path: Path) -> None:
    rows = "title,text\n甲,江水東流晝夜不息行人欲渡呼舟不應。\n乙,渡口的船夫說今日風大不宜過江X。\n".encode()
    (tmp_path / "a.csv").write_bytes(rows.replace(b"X", b"\xff\xfe"))
    corpus = Corpus.discover([tmp_path / "a.csv"])
    assert [[each.kind for each in corpus.document(number).problems] for number in (0, 1)] == [[], ["replaced-bytes"]]


def test_a_list_of_records_may_stand_within_what_an_interface_answers(tmp_path: Path) -> None:
    records = [
        {"title": "過江", "author": "船夫", "content": "江上無風雨。"},
        {"title": "渡口", "content": "舟中有故人。"},
    ]
    whole = {"code": 0, "msg": "ok", "data": {"total": 2, "page": {"list": records}}}
    corpus = made(tmp_path, "a.json", json.dumps(whole))
    assert [document.name for document in corpus.documents] == ["a.json/1", "a.json/2"]
    assert corpus.document(0).metadata.author == "船夫"
    work = {"title": "集", "data": {"list": records}}
    assert len(made(tmp_path, "b.json", json.dumps(work)).documents) == 1


@pytest.mark.parametrize(
    ("fields", "iso"),
    [
        ({"pubTime": 1557900000000}, "2019-05-15"),
        ({"time": "1557900000"}, "2019-05-15"),
        ({"time": "2019051612"}, None),
        ({"year": 2019, "month": 3}, "2019-03"),
        ({"Year": "2019", "Month": "3", "Day": "07"}, "2019-03-07"),
        ({"年": "1931年", "月": "9月", "日": "18日"}, "1931-09-18"),
        ({"年份": "光緒二十年"}, "1894"),
        ({"year": 2019, "month": 13, "day": 2}, "2019"),
        ({"year": 1999, "date": "2020-01-02"}, "2020-01-02"),
        ({"month": 3, "day": 2}, None),
        ({"year": "唐"}, None),
        ({"year": 12}, None),
        ({"birthYear": 1901}, None),
    ],
)
def test_a_year_a_month_and_a_day_are_a_date(fields: dict[str, object], iso: str | None, tmp_path: Path) -> None:
    records = [{"title": "過江", "content": "江上無風雨。", **fields}]
    assert made(tmp_path, "a.jsonl", json.dumps(records[0])).document(0).metadata.date == iso


def test_what_is_said_around_a_list_is_said_of_each_of_its_records(tmp_path: Path) -> None:
    chapters = [
        {"chapter": "上篇", "paragraphs": ["江水東流，晝夜不息。"]},
        {"chapter": "下篇", "author": "行人", "paragraphs": ["行人欲渡，呼舟不應。"]},
    ]
    whole = {"book": "渡口記", "author": "船夫", "date": "萬曆十年", "chapters": chapters}
    corpus = made(tmp_path, "記.json", json.dumps(whole, ensure_ascii=False))
    first, second = (corpus.document(number) for number in (0, 1))
    assert (first.title, first.work, first.metadata.author, first.metadata.date) == ("上篇", "渡口記", "船夫", "1582")
    assert (second.work, second.metadata.author) == ("渡口記", "行人")


def test_a_question_and_its_answer_are_the_text(tmp_path: Path) -> None:
    turns = [{"instruction": "渡口在哪裡？", "input": "", "output": "在江東。", "level": "易"}] * 2
    corpus = made(tmp_path, "問.json", json.dumps(turns, ensure_ascii=False))
    assert corpus.text(0).repaired == "渡口在哪裡？\n在江東。"
    assert corpus.document(0).fields == (("level", "易"),)


def test_words_with_what_is_said_of_them_are_the_text(tmp_path: Path) -> None:
    words = {"渡口": "過江之處。", "船夫": "撐船的人。", "行人": "走路的人。"}
    corpus = made(tmp_path, "詞.json", json.dumps(words, ensure_ascii=False))
    assert corpus.text(0).repaired == "渡口：過江之處。\n船夫：撐船的人。\n行人：走路的人。"
    assert corpus.document(0).fields == ()


def test_a_piece_of_a_page_in_a_field_has_its_paragraphs(tmp_path: Path) -> None:
    page = {"title": "渡口", "content": "<p>江水東流&nbsp;，<b>晝夜</b>不息。</p><p>行人欲渡。<br>呼舟不應。</p>"}
    corpus = made(tmp_path, "頁.json", json.dumps(page, ensure_ascii=False))
    assert corpus.text(0).repaired.split("\n")[0].endswith("晝夜不息。")
    assert len(corpus.text(0).paragraphs) >= 2
    assert "<" not in corpus.text(0).raw


def test_columns_are_known_by_what_their_names_end_in(tmp_path: Path) -> None:
    table = "用户名,评论时间,出生日期,评论内容\n船夫,2014-03-08,1931-09-01,呼舟不應，奈何。\n"
    corpus = made(tmp_path, "評.csv", table)
    document = corpus.document(0)
    assert (document.metadata.author, document.metadata.date) == ("船夫", "2014-03-08")
    assert corpus.text(0).repaired == "呼舟不應，奈何。"
    assert document.fields == (("出生日期", "1931-09-01"),)


def test_who_posted_may_be_an_object(tmp_path: Path) -> None:
    post = {"user": {"id": 7, "screen_name": "船夫"}, "text": "今日無風。", "created_at": "2014-03-08"}
    assert made(tmp_path, "帖.json", json.dumps(post, ensure_ascii=False)).document(0).metadata.author == "船夫"


_ODD = (
    *(b"", b"{", b"[]", b"12", b"%PDF-1.4", b"BZh", b"[" * 3_000, codecs.BOM_UTF8),
    codecs.BOM_UTF8 + b'{"title": "x", "content": "BOM"}',
    b'{"content": "~{<:~}"}',
    b'{"content": "\xc2\x85\x01"}',
    b'{"content": "\xd6\xd0\xb9\xfa"}',
    *(f'{before}{{"content": "山"}}{after}'.encode() for before, after in ((" ", " "), ("", " x"), ("", ","))),
    b'{"title": "a", "title": "b", "n": NaN, "content": "\\ud800 \\u0001"}',
    '[{"title": "一", "date": "昨", "content": ["山", "水"], "notes": ["註"]}]'.encode(),
)


@pytest.mark.parametrize("encoding", [None, "utf-8", "gb18030"])
def test_records_read_together_are_what_each_is_alone(encoding: str | None, tmp_path: Path) -> None:
    lines = [json.dumps(poem, ensure_ascii=False).encode() for poem in POEMS]
    data = b"\n".join(line for odd in _ODD for line in (*lines, odd, odd + b"\r"))
    for name, content in (("詩.jsonl", data), ("詩.json", b"[" + b",".join(lines * 2) + b"]")):
        (tmp_path / name).write_bytes(content)
    sources = Corpus.discover([tmp_path], encoding=encoding).sources
    together = worker._answers(encoding, list(enumerate(sources)), as_loaded)
    alone = [attempt(at, partial(read, source, at, encoding), as_loaded) for at, source in enumerate(sources)]
    assert len(together) > len(_ODD) * 3
    assert together == alone


def test_records_are_read_together_only_where_they_follow_one_another(tmp_path: Path) -> None:
    (tmp_path / "詩.jsonl").write_text("\n".join(json.dumps(poem) for poem in POEMS * 2), "utf-8")
    (tmp_path / "1.txt").write_text("水深魚自樂。", "utf-8")
    sources = list(Corpus.discover([tmp_path]).sources)
    chosen = [sources[at] for at in (0, 1, 2, 4, 3)]
    assert [contents is not None for contents in contents_beside(chosen)] == [False, True, True, False, False]
    gone = [replace(source, member=str(number)) for number, source in enumerate(sources[1:], 4)]
    assert contents_beside(gone) == [None] * 4
