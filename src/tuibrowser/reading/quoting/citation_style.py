"""Styles of citation: the template, the marks and the language, from a preset and what the reader says of them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain, said
from tuibrowser.language.wording import listed
from tuibrowser.reading.quoting.template import check

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Final = {
    "author": "who wrote or said it",
    "title": "the title in its marks",
    "date": "when it was delivered, else published",
    "publisher": "who published it",
    "source": "where it was taken from",
    "article": "the article of a law, or the first and the last",
    "section": "the title of the section in its marks; nothing where there is an article",
    "sections": "the titles of all sections it stands under; nothing where there is an article",
    "page": "the page or line of the print, with its canon; nothing where there is an article",
    "paragraph": "the number of the paragraph; nothing where there is an article or a page",
    "document": "the document's name in the corpus",
    "path": "the path of the file",
    "reference": "what opens the passage again",
    "note": "how it differs from the original",
}
"""The fields of a template, and what each is."""

CHINESE, ENGLISH = "chinese", "english"
WRITTEN, ISO = "written", "iso"


@frozen
class Style:
    """How citations are written. Marks are pairs, the outer one and the one inside it; none where empty.

    `quotes` are those of sections; empty for “”‘’ in Simplified, 「」『』 in Traditional text. `paragraph` and `page`
    have `{}` for the number, and after a `|` their form for several; their Traditional characters become Simplified
    ones where the passage is shown in those. `footnote` is the template of a footnote, `template` where it is empty.
    `language` is that of dates, of the note and of the stop after a footnote; `dates` are written out, or ISO 8601.
    """

    template: str = "[{author}：]{title}[{article}][，{date}][，{section}][，{page}][，{paragraph}]"
    footnote: str = ""
    titles: str = "《》〈〉"
    quotes: str = ""
    paragraph: str = "第{}段"
    page: str = "第{}頁"
    language: str = CHINESE
    dates: str = WRITTEN

    def __post_init__(self) -> None:
        """Raise ValueError (a TemplateError for a template) for a style that cannot be used."""
        check(self.template, FIELDS.keys())
        check(self.footnote, FIELDS.keys())
        if not self.template.strip():
            raise ValueError(plain("template is empty"))
        for name, marks in (("titles", self.titles), ("quotes", self.quotes)):
            if len(marks) not in {0, 4}:
                raise ValueError(
                    plain("{name} are four characters, an outer pair and an inner pair, or none", name=name)
                )
        for name, pattern in (("paragraph", self.paragraph), ("page", self.page)):
            if not all("{}" in form for form in pattern.split("|", 1)):
                raise ValueError(plain("{name} needs a {braces} for the number", name=name, braces="{}"))
        if self.language not in {CHINESE, ENGLISH}:
            raise ValueError(plain("language is {first} or {second}", first=CHINESE, second=ENGLISH))
        if self.dates not in {WRITTEN, ISO}:
            raise ValueError(plain("dates are {first} or {second}", first=WRITTEN, second=ISO))


STYLES: Final[Mapping[str, Style]] = {
    "chinese": Style(),
    "western": Style(
        template="[{author}, ]{title}[, {article}][, {date}][, {section}][, {page}][, {paragraph}]",
        titles="“”‘’",
        quotes="“”‘’",
        paragraph="para. {}|paras. {}",
        page="p. {}|pp. {}",
        language=ENGLISH,
    ),
}
"""The presets by their names, the default first."""

PRESET: Final = "style"
"""The setting that names a preset."""


def read_style(settings: Mapping[str, object]) -> tuple[Style, dict[str, str]]:
    """The style that settings describe: a preset by the name `style`, and fields of it that are others.

    The second value names each setting that is wrong, and why; such a one is as in the preset.
    """
    known = (PRESET, *(each.name for each in fields(Style)))
    wrong: dict[str, str] = {}
    style = Style()
    if PRESET in settings:
        name = settings[PRESET]
        if isinstance(name, str) and name in STYLES:
            style = STYLES[name]
        else:
            wrong[PRESET] = plain("style is one of {styles}", styles=listed(STYLES))
    for name, value in settings.items():
        if name == PRESET:
            continue
        if name not in known:
            wrong[name] = plain("{name} is nothing of a citation: there are {names}", name=name, names=listed(known))
        elif not isinstance(value, str):
            wrong[name] = plain("{name} is a text in quotation marks", name=name)
        elif not value.replace("\n", " ").isprintable():
            wrong[name] = plain("{name} has a control character", name=name)
        else:
            try:
                style = replace(style, **{name: value})
            except ValueError as error:
                wrong[name] = said(error)
    return style, wrong
