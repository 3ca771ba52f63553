"""Searched: open a corpus for a command that searches it, and say on standard error what cannot be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.api import open_corpus
from tuibrowser.cli.sources import Progress, check_paths, say, standard_input_for
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.model import PathProblem

MOST_NAMED = 20
"""Files that cannot be searched, up to which each is named on standard error."""


def searched_corpus(paths: Sequence[str], arguments: Arguments) -> OpenCorpus:
    """The corpus of some paths, or the texts that come with the program."""
    check_paths(paths)
    corpus = open_corpus(
        paths,
        encoding=arguments.text("--encoding"),
        standard_input=standard_input_for(paths),
        progress=Progress(),
        index_dir=arguments.text("--index-dir"),
    )
    say(corpus.notes)
    say(_left_out(corpus.problems))
    return corpus


def _left_out(problems: Sequence[PathProblem]) -> Iterator[str]:
    """Sentences on the files that cannot be searched, each with its name; of very many the first ones."""
    for problem in problems[:MOST_NAMED]:
        yield plain("not searched: {path}: {reason}", path=problem.path, reason=problem.reason)
    if (more := len(problems) - MOST_NAMED) > 0:
        yield plain("not searched: {count:,} others (--json lists them)", count=more)
