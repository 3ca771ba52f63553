"""Time the figures of corpus work on a corpus, beside conc if it is there, in one run.

    python benchmarks/corpus_work.py CORPUS [--folder NAME] [--rounds 3] [--conc PYTHON]

Takes three queries of the corpus itself, two characters in a row each that stand there often, and the commonest
character. Prints the milliseconds of each figure with its first 50 rows: of the first time in a session and the median
of some rounds. Keyness compares a folder, the largest one if none is named, with the rest.

With `--conc` the Python there, which has conc (pip install conc), reads the same texts, one token a character, and
makes the same figures of the same queries.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tuibrowser.host.vector_sort import avoid_slow_sort

avoid_slow_sort()  # as the program does, before NumPy is imported

from tuibrowser import open_corpus  # noqa: E402
from tuibrowser.corpus.model import Layer  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.api import OpenCorpus

ROWS = 50
_RANKS = (120, 12)
"""The places in the list of pairs of those that are queries."""

PEER = """
import json, sys, tempfile, time
import spacy
from conc.corpus import Corpus
from conc.conc import Conc
folder, rounds, queries = json.loads(sys.argv[1])
with tempfile.TemporaryDirectory() as place:
    nlp = spacy.blank("zh")
    nlp.max_length = 10**9
    nlp.disable_pipe = nlp.disable_pipes = lambda *names: None
    spacy.load = lambda name, **options: nlp
    began = time.perf_counter()
    corpus = Corpus("benchmark", "").build_from_files(folder, place, model="zh")
    print(json.dumps(["build", "", time.perf_counter() - began]), flush=True)
    conc = Conc(corpus)
    for query in queries:
        text = " ".join(query)
        for name, make in (
            ("first sorted page", lambda: conc.concordance(text, page_size=50).to_frame()),
            ("collocates, character", lambda: conc.collocates(text, page_size=50).to_frame()),
            ("clusters", lambda: conc.ngrams(text, ngram_length=len(query) + 2, page_size=50).to_frame()),
        ):
            taken = []
            for _ in range(rounds + 1):
                began = time.perf_counter()
                try:
                    make()
                except Exception as error:
                    print(json.dumps([name, query, repr(error)]), flush=True)
                    break
                taken.append(1000 * (time.perf_counter() - began))
            else:
                print(json.dumps([name, query, sorted(taken[1:])[rounds // 2]]), flush=True)
"""


def queries_of(corpus: OpenCorpus) -> list[str]:
    """Two pairs of characters that stand often in a corpus, and the commonest character."""
    documents, layers = range(len(corpus.documents)), frozenset({Layer.TEXT})
    (character,), pairs = (
        corpus.searcher.units(documents, size, layers).commonest(2).units[:count] for size, count in ((1, 1), (2, 500))
    )
    return [*(pairs[min(rank, len(pairs) - 1)] for rank in _RANKS), character]


def figures(corpus: OpenCorpus, query: str) -> dict[str, Callable[[], object]]:
    """The figures of a query by name."""
    return {
        "first sorted page": lambda: corpus.concordance(query, order="right")[:ROWS],
        "collocates, character": lambda: corpus.collocates(query)[:ROWS],
        "collocates, bigram": lambda: corpus.collocates(query, unit="bigram")[:ROWS],
        "clusters": lambda: corpus.clusters(query)[:ROWS],
        "years": lambda: corpus.frequency(query)[:ROWS],
        "dispersion, 20 strips": lambda: corpus.dispersion(query)[:20],
    }


def keyness(corpus: OpenCorpus, filters: str, unit: str) -> object:
    """The first keywords of a group against the rest."""
    return corpus.keyness(filters, unit=unit)[:ROWS]


def folder_of(corpus: OpenCorpus) -> str:
    """The first part of the names of most documents that are in a folder."""
    names = (document.name.partition("/")[0] for document in corpus.documents if "/" in document.name)
    return Counter(names).most_common(1)[0][0]


def timed(make: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The milliseconds of the first time, and the median of some rounds."""
    taken = []
    for _ in range(rounds + 1):
        began = perf_counter()
        make()
        taken.append(1000 * (perf_counter() - began))
    return taken[0], sorted(taken[1:])[rounds // 2]


def peer(corpus: OpenCorpus, python: str, rounds: int, queries: list[str]) -> dict[tuple[str, str], float | str]:
    """What conc takes for each figure of each query; a text where it fails."""
    found: dict[tuple[str, str], float | str] = {}
    with tempfile.TemporaryDirectory() as place:
        for number in range(len(corpus.documents)):
            text = corpus.searcher.text(number).repaired
            (Path(place) / f"{number:06}.txt").write_text(text, encoding="utf-8")
        job = json.dumps([place, rounds, queries])
        with subprocess.Popen([python, "-c", PEER, job], stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                if line.startswith("["):
                    name, query, value = json.loads(line)
                    found[name, query] = value
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--folder")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--conc", metavar="PYTHON")
    options = parser.parse_args()
    corpus = open_corpus(options.corpus)
    queries = queries_of(corpus)
    other = peer(corpus, options.conc, options.rounds, queries) if options.conc else {}
    if ("build", "") in other:
        print(f"conc reads the texts in {other['build', '']:.0f} s")
    print(f"{'figure':<24}{'query':<8}{'matches':>9}{'first':>9}{'median':>9}{'conc':>9}  (ms)")
    for query in queries:
        count = len(corpus.concordance(query))
        for name, make in figures(corpus, query).items():
            first, median = timed(make, options.rounds)
            beside = other.get((name, query), "")
            shown = f"{beside:9,.0f}" if isinstance(beside, float) else f"{'fails' if beside else '':>9}"
            print(f"{name:<24}{query:<8}{count:>9,}{first:>9,.1f}{median:>9,.1f}{shown}")
    folder = options.folder or folder_of(corpus)
    for unit in ("character", "bigram"):
        first, median = timed(partial(keyness, corpus, f"in:{folder}", unit), options.rounds)
        print(f"{'keyness, ' + unit:<24}{folder[:8]:<8}{'':>9}{first:>9,.1f}{median:>9,.1f}")


if __name__ == "__main__":
    main()
