from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from support.shared import SHARED
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure

REPORTS = SHARED / "corpora" / "dev" / "reports"
TRUTH: dict[str, list[str]] = json.loads(Path(__file__).with_name("report_headings.json").read_text(encoding="utf-8"))
"""The headings of ten government work reports, written down by eye: what stands set apart by blank lines, and the
numbered sentences that head a paragraph."""


def squeezed(titles: list[str]) -> Counter[str]:
    return Counter("".join(title.split()) for title in titles)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the shared corpora are not here")
def test_the_headings_of_government_work_reports_are_those_that_an_eye_sees() -> None:
    right = found = expected = 0
    for name, titles in TRUTH.items():
        raw = (REPORTS / name).read_text(encoding="utf-8")
        came = squeezed([heading.title for heading in structure(raw, PLAIN.parse(raw), name).headings])
        wanted = squeezed(titles)
        right, found, expected = right + (came & wanted).total(), found + came.total(), expected + wanted.total()
    assert expected > 150
    assert right >= 0.95 * found
    assert right >= 0.95 * expected


@pytest.mark.slow
@pytest.mark.skipif(not REPORTS.is_dir(), reason="the shared corpora are not here")
def test_the_licence_below_a_report_is_furniture() -> None:
    for path in sorted(REPORTS.glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        text = structure(raw, PLAIN.parse(raw), path.name).text
        kinds = {each.kind.value for each in text.paragraphs if each.raw_start >= raw.index("本作品是中华人民共和国")}
        assert kinds == {"furniture"}, path.name
