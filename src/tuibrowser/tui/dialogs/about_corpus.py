"""About the corpus: the lines of the dialog that say what a corpus consists of, and what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tuibrowser.corpus.chronology import spelled_date
from tuibrowser.corpus.formats import BY_KEY
from tuibrowser.corpus.summary import summary
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.tui.dialogs.text_dialog import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.summary import LeftOut, Summary
    from tuibrowser.search.machines.served import ServedCorpus

    Line = tuple[str, str]


def corpus_lines(corpus: Corpus) -> list[Line]:
    """The figures of a corpus, as far as it has been read, and a line for each reason why something was left out."""
    documents = [document for document in corpus.documents if not document.is_left_out]
    read = [document for document in documents if document.read]
    found = summary(read, corpus.problems)
    heading = tr("The corpus")
    if len(read) < len(documents):
        heading = tr("The corpus ({read:,} of {total:,} read)", read=len(read), total=len(documents))
    lines = [("", ""), (HEADER + heading, ""), *_figures(found)]
    if corpus.is_served:
        lines.append((tr("Server"), shown(cast("ServedCorpus", corpus).about.server)))
    if found.left_out:
        files = many(len(corpus.problems), "file")
        lines += [("", ""), (HEADER + tr("{files} left out of the corpus", files=files), "")]
        lines += map(_reason, found.left_out)
    return lines


def _figures(found: Summary) -> Iterator[Line]:
    yield tr("Documents"), f"{found.documents:,}"
    yield tr("Size"), shown(many(found.characters, "character"))
    yield tr("Formats"), _counts({_format(key): count for key, count in found.formats.items()})
    if found.encodings:
        yield tr("Encodings"), _counts(found.encodings)
    if found.first is not None:
        first, last = (spelled_date(date, None) for date in (found.first, found.last or found.first))
        yield tr("Dates"), first if first == last else tr("{first} to {last}", first=first, last=last)
    if found.undated:
        yield tr("Undated"), _share(found.undated, found.undated_characters, found)
    if (unread := found.unread_dates).count:
        examples = shown(listed(unread.examples)) + (" …" if unread.different > len(unread.examples) else "")
        yield tr("Dates not read"), tr("{count:,}: {names}", count=unread.count, names=examples)
    if found.unnamed:
        yield tr("Without an author"), _share(found.unnamed, found.unnamed_characters, found)


def _format(key: str) -> str:
    return shown(BY_KEY[key].name) if key in BY_KEY else key


def _counts(counts: Mapping[str, int]) -> str:
    return shown(listed(plain("{kind} {count:,}", kind=name, count=count) for name, count in counts.items()))


def _share(documents: int, characters: int, found: Summary) -> str:
    share = characters / max(1, found.characters)
    return tr(
        "{documents}, {share:.0%} of all characters, marks included",
        documents=many(documents, "document"),
        share=share,
    )


def _reason(group: LeftOut) -> Line:
    """A reason, how many files it holds for, and the names of some of them."""
    names = shown(listed(_names(group.examples)))
    more = group.count - len(group.examples)
    if more:
        names = tr("{names} and {count:,} more", names=names, count=more)
    return shown(group.reason), tr("{count:,}: {names}", count=group.count, names=names)


def _names(paths: Sequence[str]) -> list[str]:
    """The last part of each path; the whole paths where two of these are the same."""
    names = [path.rstrip("/").rpartition("/")[2] for path in paths]
    return names if len(set(names)) == len(names) else list(paths)
