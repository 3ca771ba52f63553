"""Documents: the corpus that a command names, and all documents in it, from the index or read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.sources import STANDARD_INPUT, Progress, check_paths, say, standard_input_for
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.records.catalogue import take_records, worth_keeping
from tuibrowser.search.index.places import kept_listing
from tuibrowser.search.machines.finding import find_served

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.model import Document
    from tuibrowser.corpus.records.catalogue import Catalogue


def named_corpus(arguments: Arguments) -> Corpus:
    """The corpus of the paths that a command names, or of the texts that come with the program.

    It is that of a server where one has the same paths.
    """
    paths = arguments.operands
    check_paths(paths)
    if STANDARD_INPUT not in paths:
        served = find_served(paths or [str(seeds_path())], arguments.text("--encoding"))
        if served is not None:
            return served
    return own_corpus(arguments)


def own_corpus(arguments: Arguments) -> Corpus:
    """The same corpus, read here whether or not a server has it."""
    paths = arguments.operands
    check_paths(paths)
    return Corpus.discover(
        paths or [seeds_path()],
        encoding=arguments.text("--encoding"),
        standard_input=standard_input_for(paths),
        keeper=kept_listing,
    )


def all_documents(corpus: Corpus, index_dir: str | None) -> Sequence[Document]:
    """The documents of a corpus with all that is known of them; progress is shown on standard error."""
    if corpus.is_served:
        return corpus.documents
    catalogue = kept_catalogue(corpus, index_dir)
    if catalogue is not None:
        take_records(corpus, catalogue)
        return corpus.documents
    progress = Progress()
    for step in load(corpus, lambda: False):
        progress(step.done, step.total)
    return corpus.documents


def kept_catalogue(corpus: Corpus, index_dir: str | None) -> Catalogue | None:
    """The catalogue of the index that is kept of a corpus, where there is one and it is up to date."""
    if not worth_keeping(corpus):
        return None
    # Only here, since it loads NumPy.
    from tuibrowser.search.opened import find_kept

    stored = find_kept(corpus, Path(index_dir) if index_dir else None, lambda sentence: say([sentence])).index
    return stored.catalogue if stored is not None else None
