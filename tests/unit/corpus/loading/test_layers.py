from __future__ import annotations

from dataclasses import replace

import pytest

from tuibrowser.corpus.loading.grown import grown
from tuibrowser.corpus.loading.layers import layer_rows
from tuibrowser.corpus.loading.loaded import loaded
from tuibrowser.corpus.model import LAYERS, DocumentText, Layer, LayerSpan, Paragraph, ParagraphKind, Source
from tuibrowser.corpus.read import Reading, read_bytes

HEAD = "# -*- mode: mandoku-view; -*-\n#+TITLE: 林泉集\n#+PROPERTY: ID KR9z0002\n#+PROPERTY: JUAN 1\n"


def reading_of(raw: str, name: str = "a.txt") -> Reading:
    return read_bytes(raw.encode(), Source(path=None, name=name), 0)  # type: ignore[arg-type]  # no file is opened


def repaired_notes(raw: str, name: str = "a.txt") -> list[str]:
    """The notes as they stand in the repaired text."""
    kept = loaded(reading_of(raw, name))
    rows = [kept.layers[at : at + 3].tolist() for at in range(0, len(kept.layers), 3)]
    assert all(LAYERS[number] is Layer.NOTE for _, _, number in rows)
    return [kept.repaired[start:end] for start, end, _ in rows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("予居山中秋夜聞雨(山在城北三/里俗呼北山)感而賦之¶\n", ["(山在城北三/里俗呼北山)"]),
        ("予居山中秋夜聞雨(山在城北三¶\n里俗呼北山)感而賦之¶\n", ["(山在城北三里俗呼北山)"]),
        ("予居山中<pb:KR9z0002_WYG_001-2a>(山在\ufeff城北)¶\n感而賦之(右/一)¶\n", ["(山在城北)", "(右/一)"]),
        ("予居山中感而賦之以示同舟¶\n", []),
    ],
)
def test_notes_are_known_in_the_repaired_text(body: str, expected: list[str]) -> None:
    assert repaired_notes(f"{HEAD}<pb:KR9z0002_WYG_001-1a>¶\n{body}") == expected


def test_a_repair_in_a_note_moves_its_end() -> None:
    raw = "正文 **重**。\n\n[^1]: **註文**高质量\ufeff发展。\n\n后文(不是注)。\n"
    assert repaired_notes(raw, "a.md") == ["[^1]: 註文高质量发展。"]


def test_a_document_without_markup_keeps_nothing_of_layers() -> None:
    reading = reading_of("秋夜聞雨(山在城北)，感而賦之。\n")
    assert reading.text.layers == ()
    assert len(loaded(reading).layers) == 0


def test_a_text_knows_its_notes_by_place() -> None:
    raw = f"{HEAD}甲(一)乙(二)丙(三)丁¶\n"
    text = reading_of(raw).text
    first, second, third = text.layers
    assert [raw[span.start : span.end] for span in text.layers] == ["(一)", "(二)", "(三)"]
    assert list(text.layers_in(0, len(raw))) == [first, second, third]
    assert list(text.layers_in(first.end - 1, second.start + 1)) == [first, second]
    assert list(text.layers_in(first.end, second.start)) == []
    assert list(text.layers_in(second.start, second.end)) == [second]


def test_a_text_that_grew_keeps_the_notes_before() -> None:
    text = reading_of(f"{HEAD}甲(一)乙¶\n\n** 冬\n\n丙¶\n").text
    longer = grown(text, "丁¶\n")
    assert longer.layers == text.layers
    assert longer.layers


def text_of(*parts: tuple[str, ParagraphKind], notes: tuple[tuple[int, int], ...] = ()) -> DocumentText:
    """A text of paragraphs of these kinds, which nothing was repaired in, with notes at these places."""
    raw = "\n".join(part for part, _ in parts)
    paragraphs: list[Paragraph] = []
    at = 0
    for part, kind in parts:
        paragraphs.append(Paragraph(kind, at, at + len(part), at, at + len(part)))
        at += len(part) + 1
    spans = tuple(LayerSpan(start, end, Layer.NOTE) for start, end in notes)
    return DocumentText(raw, raw, paragraphs=tuple(paragraphs), layers=spans)


MENU = ("首頁 書目", ParagraphKind.FURNITURE)
BODY = ("溪上多茶樹", ParagraphKind.BODY)
NOTE, PAGE = LAYERS.index(Layer.NOTE), LAYERS.index(Layer.FURNITURE)


def test_furniture_is_a_layer_and_lines_of_it_that_follow_one_another_are_one_stretch() -> None:
    text = text_of(MENU, ("登錄", ParagraphKind.FURNITURE), BODY, ("版權所有", ParagraphKind.FURNITURE))
    assert layer_rows(text, "采茶") == [(0, 8, PAGE), (15, 19, PAGE)]


def test_a_note_is_none_as_far_as_it_stands_in_furniture() -> None:
    text = text_of(BODY, MENU, BODY, notes=((3, 5), (7, 9), (10, 14)))
    assert layer_rows(text, "") == [(3, 5, NOTE), (6, 11, PAGE), (11, 14, NOTE)]
    text = text_of(BODY, MENU, BODY, notes=((2, 14),))
    assert layer_rows(text, "") == [(2, 6, NOTE), (6, 11, PAGE), (11, 14, NOTE)]


@pytest.mark.parametrize(("body", "rows"), [("溪上多茶樹", []), ("茶樹：書目", [(0, 5, PAGE)])])
def test_furniture_that_alone_holds_the_title_is_text(body: str, rows: list[tuple[int, int, int]]) -> None:
    assert layer_rows(text_of(MENU, (body, ParagraphKind.BODY)), "書目") == rows


def test_an_apparatus_that_is_folded_away_stays_one() -> None:
    text = text_of(MENU, ("甲本作桑", ParagraphKind.FURNITURE), BODY)
    text = replace(text, layers=(LayerSpan(6, 10, Layer.APPARATUS),))
    assert layer_rows(text, "") == [(0, 5, PAGE), (6, 10, LAYERS.index(Layer.APPARATUS))]
