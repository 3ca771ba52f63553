"""Judged lines come out of a table as it was exported, with its column `code` filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tuibrowser.analysis.judging.table import TableError, judgements_in
from tuibrowser.reading.tables import BOM, csv_text, tsv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = ["document", "paragraph", "left", "node", "right", "code"]
ROWS: Sequence[Sequence[str]] = [
    ["河.txt", "3", "=水一\t尺", "水涨", "，“了”", "a"],
    ["河.txt", "4", "", "水漲", "了", ""],
    ["山.txt", "0", "", "水涨", "了", " ! "],
]
RECORDS = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
WRITTEN = {
    "csv": BOM + csv_text([HEAD, *ROWS]),
    "tsv": tsv_text([HEAD, *ROWS]),
    "json": json.dumps({"basis": {}, "rows": RECORDS}),
    "jsonl": "\n".join(map(json.dumps, RECORDS)),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_rows_with_a_code_are_judgements_of_their_lines(form: str) -> None:
    one, other = judgements_in(WRITTEN[form], "水涨", form)
    assert (one.path, one.paragraph, one.left, one.node, one.right, one.code) == (
        "河.txt",
        3,
        "=水一\t尺",
        "水涨",
        "，“了”",
        "a",
    )
    assert (other.path, other.code, other.query) == ("山.txt", "!", "水涨")


@pytest.mark.parametrize(
    ("form", "text", "why"),
    [
        ("csv", "document,left\n河,水\n", "row 1: there is no column paragraph"),
        ("tsv", tsv_text([HEAD, ["河", "1", "", "水", "", "ab"]]), "row 1: a code is one letter"),
        ("tsv", tsv_text([HEAD, ["河", "1", "", "水", "", "?"]]), "row 1: a code is one letter"),
        ("json", "[", "not JSON"),
        ("json", "3", "row 1: no line of a concordance"),
        ("csv", "", "not a table of that kind"),
    ],
)
def test_what_is_no_table_of_lines_is_refused_with_its_reason(form: str, text: str, why: str) -> None:
    with pytest.raises(TableError, match=why):
        judgements_in(text, "水涨", form)
