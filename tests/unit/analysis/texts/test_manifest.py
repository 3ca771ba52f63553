"""Manifest: each document behind the fingerprint, with the digest of its text and what is known of it."""

from __future__ import annotations

import csv
import json

from support.searching import Texts, engine_of
from tuibrowser.analysis.figures.concordance import concordance
from tuibrowser.analysis.texts.manifest import COLUMNS, Manifest, manifest
from tuibrowser.corpus.model import Metadata

TEXTS: Texts = {
    "舟.txt": ("水涨了", Metadata(author="李", delivered="2021-05-06")),
    "山.txt": "山高",
    "又.txt": "水涨了",
}


def test_a_manifest_lists_the_documents_behind_the_fingerprint() -> None:
    engine = engine_of(TEXTS)
    found = manifest(engine)
    assert found.fingerprint == concordance(engine, "水涨").basis.fingerprint
    assert [record["document"] for record in found.records] == list(TEXTS)
    first, other, same = (record["digest"] for record in found.records)
    assert first == same != other
    assert (found.records[0]["author"], found.records[0]["date"]) == ("李", "2021-05-06")


def test_fields_of_sidecars_keep_their_values_whatever_they_are_called() -> None:
    names = ("interval", "reference", "target", "per_million")
    values = [f"{name}值" for name in names]
    records: list[dict[str, object]] = [
        {"document": "舟", "fields": dict(zip(names, values, strict=True))},
        {"document": "山", "fields": {}},
    ]
    rows = list(csv.DictReader(Manifest("0", names, records).as_csv().removeprefix("\ufeff").splitlines()))
    assert [[row[name] for name in names] for row in rows] == [values, [""] * len(names)]


def test_a_manifest_is_json_with_its_fingerprint_or_a_table() -> None:
    found = manifest(engine_of(TEXTS))
    assert json.loads(found.as_json()) == {"fingerprint": found.fingerprint, "documents": list(found.records)}
    rows = list(csv.DictReader(found.as_csv().removeprefix("\ufeff").splitlines()))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["digest"] for row in rows] == [record["digest"] for record in found.records]
