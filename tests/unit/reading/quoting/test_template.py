from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.reading.quoting.template import TemplateError, check, fill

FIELDS = {"author": "李某", "title": "《踐行》", "date": "", "page": ""}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("[{author}：]{title}", "李某：《踐行》"),
        ("{title}[，{date}]。", "《踐行》。"),
        ("[{author}，{date}]", ""),
        ("[{author}[（{date}）]：]", "李某："),
        ("[見[{date}][{page}]]完", "完"),
        ("[見[{date}][{author}]]完", "見李某完"),
        ("[卷]一", "卷一"),
        ("{ author }", "李某"),
        (r"\[{author}\]\{\\", r"[李某]{" + "\\"),
        ("\\", "\\"),
        ("", ""),
    ],
)
def test_groups_vanish_with_the_fields_in_them(template: str, filled: str) -> None:
    assert fill(template, FIELDS) == filled


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{autor}", "no field {autor}; there are author, date, page, title"),
        ("一{author", "the { at 2 is not closed"),
        ("[{author}", "a [ is not closed"),
        ("{author}]", "the ] at 9 closes nothing"),
        ("[" * 50 + "]" * 50, "too many groups inside one another at 21"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(template: str, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        check(template, FIELDS.keys())
    assert str(caught.value) == reason


@given(st.text(st.sampled_from("[]{}\\author一，")))
def test_any_template_is_filled_or_refused(template: str) -> None:
    with suppress(TemplateError):
        fill(template, {"author": "李某"})
