"""Citations: where a quotation is from, in the words of a template.

    李某：《踐行對黨忠誠》，2022年10月28日，「三、以高質量黨建引領高質量發展」，第39段

Where a document has articles or pages these stand in place of the paragraph: 《刑法》第三十七條.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Script
from tuibrowser.hanzi.convert import convert
from tuibrowser.reading.template import check, fill
from tuibrowser.reading.view import HANS, HANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.reading.quotation import Change, Quotation

FIELDS: Final = {
    "author": "who wrote or said it",
    "title": "the title in its marks",
    "date": "when it was delivered, else published",
    "publisher": "who published it",
    "source": "where it was taken from",
    "article": "the article of a law, or the first and the last",
    "section": "the title of the section in its marks; nothing where there is an article",
    "sections": "the titles of all sections it stands under; nothing where there is an article",
    "page": "the page or line of the print; nothing where there is an article",
    "paragraph": "the number of the paragraph; nothing where there is an article or a page",
    "document": "the document's name in the corpus",
    "path": "the path of the file",
    "reference": "what opens the passage again",
    "note": "how it differs from the original",
}
"""The fields of a template, and what each is."""

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOST_CHANGES: Final = 8
"""Different repairs that are spelled out."""


@dataclass(frozen=True, slots=True)
class Style:
    """How citations are written. Marks are pairs, the outer one and the one inside it.

    `quotes` are those of sections; empty for “”‘’ in Simplified, 「」『』 in Traditional text. `paragraph` and `page`
    have `{}` for the number; their Traditional characters become Simplified ones where the passage is shown in those.
    """

    template: str = "[{author}：]{title}[{article}][，{date}][，{section}][，{page}][，{paragraph}]"
    titles: str = "《》〈〉"
    quotes: str = ""
    paragraph: str = "第{}段"
    page: str = "第{}頁"

    def __post_init__(self) -> None:
        """Raise ValueError (a TemplateError for the template) for a style that cannot be used."""
        check(self.template, FIELDS.keys())
        if len(self.titles) != 4 or len(self.quotes) not in {0, 4}:
            raise ValueError("marks are four characters: an outer pair and an inner pair")
        if "{}" not in self.paragraph or "{}" not in self.page:
            raise ValueError("paragraph and page need a {} for the number")


def cite(quotation: Quotation, style: Style | None = None) -> str:
    """The citation of a quotation, on one line, without a full stop."""
    style = style or Style()
    return " ".join(fill(style.template, citation_fields(quotation, style)).split())


def citation_fields(quotation: Quotation, style: Style) -> dict[str, str]:
    """What the fields of a template stand for; those that are not known are empty."""
    article = _range(quotation.articles, "至")
    locator = "" if article else _locators(quotation, style)
    quotes = style.quotes or ("“”‘’" if quotation.script == Script.HANS else "「」『』")
    sections = () if article else quotation.section
    return {
        "author": quotation.author,
        "title": in_marks(quotation.title, style.titles),
        "date": chinese_date(quotation.date),
        "publisher": quotation.publisher,
        "source": quotation.source,
        "article": article,
        "section": in_marks(sections[-1], quotes) if sections else "",
        "sections": in_marks(" › ".join(sections), quotes) if sections else "",
        "page": locator,
        "paragraph": "" if article or locator else _numbered(quotation, style.paragraph, _numbers(quotation)),
        "document": quotation.document,
        "path": quotation.path,
        "reference": quotation.reference,
        "note": difference(quotation),
    }


def place(quotation: Quotation, style: Style | None = None) -> str:
    """The place in the document that a citation names: the article, the page or the paragraph."""
    fields = citation_fields(quotation, style or Style())
    return fields["article"] or fields["page"] or fields["paragraph"]


def in_marks(title: str, marks: str) -> str:
    """A title between the first two of four marks, such marks in it become the other two: 《讀〈論語〉》.

    A title that stands in such marks already does not get a second pair.
    """
    left, right, inner_left, inner_right = tuple(marks)
    if not title:
        return ""
    if title[0] == left and title.find(right) == len(title) - 1:
        title = title[1:-1]
    swapped = str.maketrans({left: inner_left, right: inner_right, inner_left: left, inner_right: right})
    only_inward = str.maketrans({left: inner_left, right: inner_right})
    nested = left in title and inner_left in title
    return f"{left}{title.translate(swapped if nested else only_inward)}{right}"


def chinese_date(iso: str) -> str:
    """A date of ISO 8601 as 2022年10月28日, as exact as it is, without the time of day."""
    found = _DATE.match(iso)
    if found is None:
        return iso
    year, month, day = found.groups()
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def difference(quotation: Quotation) -> str:
    """How the passage differs from the document's own wording, in Chinese; empty where it does not.

    由繁體轉為簡體；校正2處：現(xiàn)→現、發(fā)→發；存疑1處：?!?（疑作」。）
    """
    parts = [_conversion_words(quotation)] if quotation.conversion else []
    for changes, words, pattern in (
        (quotation.repairs, "校正{}處：", "{}→{}"),
        (quotation.damage, "存疑{}處：", "{}（疑作{}）"),
    ):
        if changes:
            parts.append(_numbered(quotation, words, str(len(changes))) + _listed(changes, pattern))
    return "；".join(parts)


def _conversion_words(quotation: Quotation) -> str:
    names = {Script.HANS: "簡體", Script.HANT: "繁體", Script.MIXED: "簡繁混排"}
    own = next((name for script, name in names.items() if script == quotation.own_script), "")
    other = {HANS: "簡體", HANT: "繁體"}.get(quotation.conversion, f"OpenCC {quotation.conversion}")
    return _in_script(f"由{own}轉為{other}" if own else f"轉為{other}", quotation)


def _listed(changes: Sequence[Change], pattern: str) -> str:
    different = list(dict.fromkeys(changes))
    listed = "、".join(
        pattern.format(change.original, change.replacement or "□") for change in different[:_MOST_CHANGES]
    )
    return f"{listed}等" if len(different) > _MOST_CHANGES else listed


def _locators(quotation: Quotation, style: Style) -> str:
    """The page, or the line of a print such as 749a16, which says itself what it is."""
    label = _range(quotation.locators, "–")
    if all(each.isdecimal() for each in quotation.locators):
        return _numbered(quotation, style.page, label)
    return label


def _numbers(quotation: Quotation) -> str:
    first, last = quotation.numbers
    return f"{first}" if first == last else f"{first}–{last}"


def _numbered(quotation: Quotation, pattern: str, number: str) -> str:
    return _in_script(pattern, quotation).replace("{}", number) if number else ""


def _range(labels: Sequence[str], between: str) -> str:
    return between.join(labels)


def _in_script(words: str, quotation: Quotation) -> str:
    """Words of a citation in the script of the passage."""
    return convert(words, "t2s")[0] if quotation.script == Script.HANS else words
