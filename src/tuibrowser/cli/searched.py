"""Searched: open a corpus for a command that searches it, and say on standard error what cannot be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.api import open_corpus
from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.sources import Progress, check_paths, say, standard_input_for
from tuibrowser.corpus.summary import left_out
from tuibrowser.language.i18n import plain
from tuibrowser.search.missing import missing_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.model import PathProblem
    from tuibrowser.search.values import Missing


def searched_corpus(paths: Sequence[str], arguments: Arguments, *, whole: bool = False) -> OpenCorpus:
    """The corpus of some paths; without any, that of the texts that come with the program, which is said.

    Raises CommandError where parts of it do not answer, it is to be `whole`, and `--partial` is not given.
    """
    check_paths(paths)
    corpus = open_corpus(
        paths,
        encoding=arguments.text("--encoding"),
        standard_input=standard_input_for(paths),
        progress=Progress(),
        index_dir=arguments.text("--index-dir"),
    )
    if not paths:
        say([plain("no PATH: searching the texts that come with the program (the current folder is .)")])
    say(corpus.notes)
    say(left_out_lines(corpus.problems))
    tell_missing(corpus.missing, arguments, whole=whole)
    return corpus


def tell_missing(missing: Sequence[Missing], arguments: Arguments, *, whole: bool) -> None:
    """Say that parts of a corpus do not answer. Raise CommandError where it is to be whole, unless `--partial`."""
    if not missing:
        return
    words = missing_words(missing)
    if whole and not arguments.flag("--partial"):
        raise CommandError(plain("{problem} (--partial takes what is there)", problem=words))
    say([words])


def check_same(corpus: OpenCorpus, missing: Sequence[Missing]) -> None:
    """Raise CommandError where other parts are missing now than before something was counted: it is of neither."""
    if tuple(corpus.missing) != tuple(missing):
        raise CommandError(plain("hosts were lost or came back meanwhile: ask again"))


def left_out_lines(problems: Sequence[PathProblem]) -> Iterator[str]:
    """A sentence for each reason why files cannot be searched, which names the first of them."""
    for group in left_out(problems):
        if group.count == 1:
            yield plain("not searched: {path}: {reason}", path=group.examples[0], reason=group.reason)
            continue
        examples = ", ".join(group.examples) + (" …" if group.count > len(group.examples) else "")
        yield plain(
            "not searched: {count:,} files: {reason}: {examples}",
            count=group.count,
            reason=group.reason,
            examples=examples,
        )
