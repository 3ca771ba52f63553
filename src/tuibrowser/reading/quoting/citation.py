"""Citations: where a quotation is from, in the words of a template.

    李某：《踐行對黨忠誠》，2022年10月28日，「三、以高質量黨建引領高質量發展」，第39段

Where a document has articles or pages these stand in place of the paragraph: 《刑法》第三十七條.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.chronology import before_our_era
from tuibrowser.corpus.model import Script
from tuibrowser.corpus.names import printable
from tuibrowser.corpus.works.naming import BETWEEN
from tuibrowser.hanzi.convert import convert
from tuibrowser.reading.quoting.citation_style import CHINESE, ENGLISH, ISO, Style
from tuibrowser.reading.quoting.prints import printed_place
from tuibrowser.reading.quoting.template import fill
from tuibrowser.reading.views.view import HANS, HANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.reading.quoting.quotation import Change, Quotation

DATE: Final = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
"""A date of a document: its year, with the month and the day where they are known."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOST_CHANGES: Final = 8
"""Different repairs that are spelled out."""


def cite(quotation: Quotation, style: Style | None = None, template: str = "") -> str:
    """The citation of a quotation, on one line, without a full stop; by the style's template if no other is given."""
    style = style or Style()
    return " ".join(fill(template or style.template, citation_fields(quotation, style)).split())


def citation_fields(quotation: Quotation, style: Style) -> dict[str, str]:
    """The values of the fields of a template; those that are not known are empty."""
    is_english = style.language == ENGLISH
    article = _range(quotation.articles, "–" if is_english else "至")
    locator = "" if article else _locators(quotation, style)
    quotes = style.quotes or ("“”‘’" if quotation.script == Script.HANS else "「」『』")
    sections = () if article else _sections(quotation)
    known = {
        "author": quotation.author,
        "title": _with_record(in_marks(quotation.title, style.titles), quotation, style, "" if style.titles else "，"),
        "date": dated(quotation, style),
    }
    return {
        **{name: f"[{value}]" if value and name in quotation.guessed else value for name, value in known.items()},
        "publisher": quotation.publisher,
        "source": quotation.source,
        "article": article,
        "section": in_marks(sections[-1], quotes) if sections else "",
        "sections": in_marks(" › ".join(sections), quotes) if sections else "",
        "page": locator,
        "paragraph": "" if article or locator else _counted(quotation, style.paragraph, _numbers(quotation)),
        "document": quotation.document,
        "path": printable(quotation.path),
        "reference": quotation.reference,
        "note": difference(quotation, style.language),
    }


def _sections(quotation: Quotation) -> Sequence[str]:
    """The titles that a passage stands under, without that of the part that the title ends with."""
    first, *rest = quotation.section or ("",)
    return rest if first and quotation.title.endswith(f"{BETWEEN}{first}") else quotation.section


def place(quotation: Quotation, style: Style | None = None) -> str:
    """The place in the document that a citation names: the article, the page or the paragraph."""
    fields = citation_fields(quotation, style or Style())
    return fields["article"] or fields["page"] or fields["paragraph"]


def entered_title(quotation: Quotation, style: Style) -> str:
    """The title without marks, as a bibliography has it."""
    return _with_record(quotation.title, quotation, style, "，")


def _with_record(title: str, quotation: Quotation, style: Style, between: str) -> str:
    """A title with the number of the record that has none of its own."""
    if not quotation.record:
        return title
    if style.language == ENGLISH:
        return f"{title}, no. {quotation.record}"
    return title + _in_script(f"{between}第{quotation.record}則", quotation)


def in_marks(title: str, marks: str) -> str:
    """A title between the first two of four marks, such marks in it become the other two: 《讀〈論語〉》.

    A title that stands in such marks already does not get a second pair; without marks it is as it is.
    """
    if not title or not marks:
        return title
    left, right, inner_left, inner_right = tuple(marks)
    if title[0] == left and title.find(right) == len(title) - 1:
        title = title[1:-1]
    swapped = str.maketrans({left: inner_left, right: inner_right, inner_left: left, inner_right: right})
    only_inward = str.maketrans({left: inner_left, right: inner_right})
    nested = left in title and inner_left in title
    return f"{left}{title.translate(swapped if nested else only_inward)}{right}"


def dated(quotation: Quotation, style: Style) -> str:
    """The date of the document in the words of a style."""
    iso = quotation.date
    if style.dates == ISO:
        return iso.partition("T")[0]
    if quotation.dated:
        left, right = (" (", ")") if style.language == ENGLISH else ("（", "）")
        return f"{quotation.dated}{left}{shown_year(iso, style.language)}{right}"
    return english_date(iso) if style.language == ENGLISH else chinese_date(iso)


def shown_year(iso: str, language: str = CHINESE) -> str:
    """The year of a date as it stands in brackets: 1691, 前221, 221 BC."""
    if (early := before_our_era(iso)) is not None:
        return f"{early} BC" if language == ENGLISH else f"前{early}"
    return iso[:4].lstrip("0")


def chinese_date(iso: str) -> str:
    """A date of ISO 8601 as 2022年10月28日, as exact as it is, without the time of day."""
    found = DATE.match(iso)
    if found is None:
        return iso
    _, month, day = found.groups()
    era = "公元" if before_our_era(iso) is not None else ""
    return f"{era}{shown_year(iso)}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def english_date(iso: str) -> str:
    """A date of ISO 8601 as 28 October 2022, as exact as it is, without the time of day."""
    found = DATE.match(iso)
    month = int(found[2] or 0) if found is not None else 0
    if found is None or month > len(_MONTHS):
        return iso
    day = str(int(found[3])) if found[3] else ""
    return " ".join(filter(None, (day, _MONTHS[month - 1] if month else "", shown_year(iso, ENGLISH))))


def difference(quotation: Quotation, language: str = CHINESE) -> str:
    """How the passage differs from the document's own wording; empty where it does not.

    由繁體轉為簡體；校正2處：現(xiàn)→現、發(fā)→發；存疑1處：?!?（疑作」。）
    """
    if language == ENGLISH:
        return _difference_in_english(quotation)
    parts = [_conversion_words(quotation)] if quotation.conversion else []
    for changes, words, pattern in (
        (quotation.repairs, "校正{}處：", "{}→{}"),
        (quotation.damage, "存疑{}處：", "{}（疑作{}）"),
    ):
        if changes:
            parts.append(_numbered(quotation, words, str(len(changes))) + _listed(changes, pattern))
    return "；".join(parts)


def guesses(quotation: Quotation, language: str = CHINESE) -> str:
    """Title, author and date as far as only the file's name gives them, in words; empty where it gives none."""
    names = _GUESSED_IN_ENGLISH if language == ENGLISH else _GUESSED
    said = [words for name, words in names.items() if name in quotation.guessed and getattr(quotation, name)]
    if not said:
        return ""
    if language == ENGLISH:
        return f"{', '.join(said)} by the name of the file"
    return _in_script(f"{'、'.join(said)}據檔案名", quotation)


_GUESSED: Final = {"title": "題名", "author": "作者", "date": "日期"}
_GUESSED_IN_ENGLISH: Final = {"title": "title", "author": "author", "date": "date"}


def _difference_in_english(quotation: Quotation) -> str:
    """converted from Traditional to Simplified; 2 repairs: 現(xiàn)→現, 發(fā)→發; 1 doubtful: ?!? (read 」。)"""
    parts = []
    if quotation.conversion:
        names = {Script.HANS: "Simplified", Script.HANT: "Traditional", Script.MIXED: "mixed"}
        own = next((name for script, name in names.items() if script == quotation.own_script), "")
        other = {HANS: "Simplified", HANT: "Traditional"}.get(quotation.conversion, f"OpenCC {quotation.conversion}")
        parts.append(f"converted from {own} to {other}" if own else f"converted to {other}")
    if quotation.repairs:
        count = len(quotation.repairs)
        listed = _listed(quotation.repairs, "{}→{}", ", ", " …")
        parts.append(f"{count} {'repair' if count == 1 else 'repairs'}: {listed}")
    if quotation.damage:
        parts.append(f"{len(quotation.damage)} doubtful: {_listed(quotation.damage, '{} (read {})', ', ', ' …')}")
    return "; ".join(parts)


def _conversion_words(quotation: Quotation) -> str:
    names = {Script.HANS: "簡體", Script.HANT: "繁體", Script.MIXED: "簡繁混排"}
    own = next((name for script, name in names.items() if script == quotation.own_script), "")
    other = {HANS: "簡體", HANT: "繁體"}.get(quotation.conversion, f"OpenCC {quotation.conversion}")
    return _in_script(f"由{own}轉為{other}" if own else f"轉為{other}", quotation)


def _listed(changes: Sequence[Change], pattern: str, between: str = "、", more: str = "等") -> str:
    different = list(dict.fromkeys(changes))
    listed = between.join(
        pattern.format(change.original, change.replacement or "□") for change in different[:_MOST_CHANGES]
    )
    return f"{listed}{more}" if len(different) > _MOST_CHANGES else listed


def _locators(quotation: Quotation, style: Style) -> str:
    """The page, or the line of a print such as 749a16, which says itself what it is, with the edition."""
    if not quotation.edition and all(each.isdecimal() for each in quotation.locators):
        return _counted(quotation, style.page, quotation.locators)
    return printed_place(quotation.edition, quotation.locators) if quotation.locators else ""


def _numbers(quotation: Quotation) -> tuple[str, ...]:
    first, last = quotation.numbers
    return (f"{first}",) if first == last else (f"{first}", f"{last}")


def _counted(quotation: Quotation, pattern: str, numbers: Sequence[str]) -> str:
    """One number or a range in a pattern, which may have a form for each."""
    one, _, several = pattern.partition("|")
    return _numbered(quotation, several if several and len(numbers) > 1 else one, _range(numbers, "–"))


def _numbered(quotation: Quotation, pattern: str, number: str) -> str:
    return _in_script(pattern, quotation).replace("{}", number) if number else ""


def _range(labels: Sequence[str], between: str) -> str:
    return between.join(labels)


def _in_script(words: str, quotation: Quotation) -> str:
    """Words of a citation in the script of the passage."""
    return convert(words, "t2s")[0] if quotation.script == Script.HANS else words
