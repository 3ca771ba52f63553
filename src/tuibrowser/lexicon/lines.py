"""Lines: a definition for people, a line each, in the language spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.hanzi.fold import LOST
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.lexicon.characters import Character
    from tuibrowser.lexicon.define import Definition, Usage
    from tuibrowser.lexicon.entries import Entry


@frozen
class Line:
    """A line of a definition; a head names the word, an entry or a character."""

    text: str
    is_head: bool = False


def definition_lines(found: Definition) -> Iterator[Line]:
    """The word with its usage, its entries, then its characters."""
    yield Line(found.word, is_head=True)
    if LOST in found.word:
        yield Line(tr("{mark} mostly stands for a character that is lost or cannot be read", mark=LOST))
    if found.usage is not None:
        yield Line(_usage(found.usage))
    if not found.has_dictionaries:
        yield Line(tr("there is no dictionary: pip install 'tuibrowser[cedict]', or name one as lexica in the config"))
    elif not found.entries:
        yield Line(tr("in none of the dictionaries"))
    for entry in found.entries:
        yield from _entry(entry)
    for each in found.characters:
        yield from _character(each)


def _usage(usage: Usage) -> str:
    if not usage.count:
        return tr("nowhere in the texts read so far") if usage.at_least else tr("nowhere in this corpus")
    count = many(usage.count, "place")
    if usage.at_least:
        count = plain("at least {matches}", matches=count)
    forms = listed(f"{form} {number:,}" for form, number in (usage.forms or {}).items())
    if usage.looked_at < usage.count:
        return tr(
            "{count} in this corpus; of the first {number:,}: {forms}",
            count=shown(count),
            number=usage.looked_at,
            forms=forms,
        )
    return tr("{count} in this corpus: {forms}", count=shown(count), forms=forms)


def _entry(entry: Entry) -> Iterator[Line]:
    forms = " ".join(dict.fromkeys(filter(None, (entry.headword, entry.traditional, entry.simplified))))
    yield Line("  ".join(filter(None, (forms, ", ".join(entry.readings), f"[{entry.dictionary}]"))), is_head=True)
    yield from (Line(f"  {sense}") for sense in entry.senses)


def _character(found: Character) -> Iterator[Line]:
    readings = "  ".join(filter(None, (" ".join(found.pinyin), " ".join(found.zhuyin))))
    yield Line("  ".join(filter(None, (found.character, readings, found.codepoint))), is_head=True)
    facts = (
        tr("radical {radical}", radical=found.radical) if found.radical else "",
        many(found.strokes, "stroke") if found.strokes else "",
        tr("Cantonese {readings}", readings=" ".join(found.jyutping)) if found.jyutping else "",
        tr("variants {forms}", forms=" ".join(found.variants)) if found.variants else "",
    )
    yield Line(f"  {listed(shown(fact) for fact in facts if fact)}")
    if found.definition:
        yield Line(f"  {found.definition}")
    for rhyme in found.rhymes:
        yield Line(f"  {tr('Guangyun')}: {' '.join(filter(None, (f'{rhyme.fanqie}切', rhyme.position, rhyme.gloss)))}")
