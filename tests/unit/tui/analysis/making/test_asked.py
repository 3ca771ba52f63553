"""What each key makes of what was asked for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tuibrowser.tui.analysis.making.asked import VIEWS, Asked, View
from tuibrowser.tui.analysis.making.columns import columns_of


def test_the_same_view_again_goes_on_to_its_next_variant() -> None:
    time = Asked(query="水").of_view(View.TIME)
    seen = [time := time.of_view(View.TIME) for _ in range(3)]
    assert [each.by for each in seen] == ["folder", "author", "year"]
    clusters = Asked(query="水", view=View.CLUSTERS)
    assert clusters.of_view(View.CLUSTERS).side == "left"
    keyness = Asked(query="", view=View.KEYNESS)
    assert keyness.of_view(View.KEYNESS).count == "documents"
    assert Asked(query="水").of_view(View.LINES) == Asked(query="水")


def test_another_view_keeps_the_query_and_its_scope_and_forgets_order_and_filter() -> None:
    asked = Asked(query="水", view=View.COLLOCATES, window=3).in_next_scope(4, "河/").ordered_by("mi")
    other = asked.of_view(View.CLUSTERS)
    assert (other.query, other.scope, other.window) == ("水", asked.scope, 3)
    assert (other.sort, other.rows_with) == ("", "")


@pytest.mark.parametrize(
    ("view", "field", "wider", "narrower"),
    [
        (View.LINES, "context", 25, 15),
        (View.COLLOCATES, "window", 6, 4),
        (View.CLUSTERS, "size", 3, 1),
        (View.TIME, "by", "decade", "month"),
    ],
)
def test_wider_and_narrower_mean_what_a_view_has(view: View, field: str, wider: object, narrower: object) -> None:
    asked = Asked(query="水", view=view)
    assert getattr(asked.wider(1), field) == wider
    assert getattr(asked.wider(-1), field) == narrower


def test_what_has_no_width_stays_and_no_width_passes_its_limits() -> None:
    for view in (View.SPREAD, View.WORDS, View.KEYNESS):
        asked = Asked(query="水", view=view)
        assert asked.wider(1) is asked
    narrow = Asked(query="水", view=View.COLLOCATES, window=1)
    assert narrow.wider(-1).window == 1


def test_a_column_chosen_again_turns_the_rows_round() -> None:
    asked = Asked(query="水", view=View.COLLOCATES).ordered_by("g2")
    assert (asked.sort, asked.is_reversed) == ("g2", False)
    assert asked.ordered_by("g2").is_reversed
    assert not asked.ordered_by("g2").ordered_by("mi").is_reversed


def test_the_scope_goes_from_a_document_to_its_folder_to_everything() -> None:
    asked = Asked(query="水")
    document = asked.in_next_scope(3, "河/")
    folder = document.in_next_scope(3, "河/")
    assert (document.scope.document, folder.scope.document, folder.scope.folder) == (3, None, "河/")
    assert folder.in_next_scope(3, "河/") == asked
    assert document.in_next_scope(3, "") == asked, "a document in no folder"


def test_near_matches_are_counted_on_request_only() -> None:
    assert Asked(query="水").scope.exact
    assert not Asked(query="水").with_near().scope.exact


def test_there_are_seven_views() -> None:
    assert len(VIEWS) == 7


def test_fewer_folders_are_wider_groups() -> None:
    asked = Asked(query="水", view=View.TIME, by="folder")
    first = asked.wider(1)
    assert (first.by, first.wider(1).by, first.wider(-1).by) == ("folder:1", "folder:1", "folder:2")
    assert asked.wider(-1) == asked
    assert first.of_view(View.TIME).by == "author"


def test_the_unit_goes_on_from_the_one_that_is_shown() -> None:
    assert Asked(query="水").of_next_unit("word").unit == "character"
    assert Asked(query="水", unit="bigram").of_next_unit("bigram").unit == "word"


@pytest.mark.parametrize(("by", "shown"), [("year", "664"), ("folder", "0664")])
def test_the_label_of_a_year_has_no_leading_zeros(by: str, shown: str) -> None:
    label, *_ = columns_of(Asked(query="水", view=View.TIME, by=by))
    assert label.text(SimpleNamespace(label="0664")) == shown
