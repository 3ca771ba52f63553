"""Time the figures of corpus work on a corpus, beside conc if it is there, in one run.

    python benchmarks/corpus_work.py CORPUS [--folder NAME] [--rounds 3] [--conc PYTHON]

Takes three queries of the corpus itself, two characters in a row each that stand there often, and the commonest
character; or those that are named. Prints the milliseconds of each figure with its first 50 rows: of the first time in
a session, the median of some rounds, and beside it that of the same figure straight from the arrays (`bare.py`), where
the index is one segment. They are of processor time, in turns, so that a busy machine changes little.
Keyness compares a folder, the largest one if none is named, with the rest.

With `--conc` the Python there, which has conc (pip install conc), reads the same texts, one token a character, and
makes the same figures of the same queries.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from tuibrowser.host.vector_sort import avoid_slow_sort

avoid_slow_sort()  # as the program does, before NumPy is imported

import numpy as np  # noqa: E402

from bare import Bare, keyness  # noqa: E402
from tuibrowser import open_corpus  # noqa: E402
from tuibrowser.corpus.model import Layer  # noqa: E402
from tuibrowser.search.answering.matches import LocalMatches  # noqa: E402
from tuibrowser.search.engine import Engine  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.api import OpenCorpus
    from tuibrowser.search.index.segment import Segment

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
        "collocates, character": lambda: corpus.collocates(query, unit="character")[:ROWS],
        "collocates, bigram": lambda: corpus.collocates(query, unit="bigram")[:ROWS],
        "clusters": lambda: corpus.clusters(query)[:ROWS],
        "years": lambda: corpus.frequency(query)[:ROWS],
        "dispersion, 20 strips": lambda: corpus.dispersion(query)[:20],
    }


def bare_figures(bare: Bare, years: npt.NDArray[Any]) -> dict[str, Callable[[], object]]:
    """The same figures straight from the arrays."""
    return {
        "first sorted page": lambda: bare.page(ROWS),
        "collocates, character": lambda: bare.characters(5),
        "collocates, bigram": lambda: bare.bigrams(5),
        "clusters": lambda: bare.clusters(2, ROWS),
        "years": lambda: bare.by_group(years),
        "dispersion, 20 strips": lambda: bare.dispersion(20, 40),
    }


def folder_of(corpus: OpenCorpus) -> str:
    """The first part of the names of most documents that are in a folder."""
    names = (document.name.partition("/")[0] for document in corpus.documents if "/" in document.name)
    return Counter(names).most_common(1)[0][0]


def timed(makes: Sequence[Callable[[], object]], rounds: int) -> tuple[float, list[float]]:
    """The milliseconds of the first time of the first, and the median of some rounds of each."""
    taken: list[list[float]] = [[] for _ in makes]
    for _ in range(rounds + 1):
        for times, make in zip(taken, makes, strict=True):
            began = process_time()
            make()
            times.append(1000 * (process_time() - began))
    return taken[0][0], [sorted(times[1:])[rounds // 2] for times in taken]


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


def row(name: str, query: str, count: int | None, makes: list[Callable[[], object]], rounds: int) -> str:
    """A figure timed, beside the same from the arrays if there is one."""
    first, medians = timed(makes, rounds)
    shown = f"{name:<24}{query[:8]:<8}{'' if count is None else f'{count:,}':>9}{first:>9,.1f}{medians[0]:>9,.1f}"
    if len(medians) == 1:
        return f"{shown}{'':>15}"
    return f"{shown}{medians[1]:>9,.1f}{medians[0] / max(medians[1], 0.1):>6,.1f}"


def only_segment(corpus: OpenCorpus) -> Segment | None:
    """The index, where it is one segment."""
    searcher = corpus.searcher
    segments = searcher.segments if isinstance(searcher, Engine) else ()
    return segments[0] if len(segments) == 1 else None


def years_of(corpus: OpenCorpus, segment: Segment) -> npt.NDArray[Any]:
    """A number for the year of each document of a segment."""
    years = [(corpus.documents[number].metadata.date or "")[:4] for number in segment.numbers.tolist()]
    return np.unique(years, return_inverse=True)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--folder")
    parser.add_argument("--query", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--conc", metavar="PYTHON")
    options = parser.parse_args()
    corpus = open_corpus(options.corpus)
    queries = options.query or queries_of(corpus)
    segment = only_segment(corpus)
    other = peer(corpus, options.conc, options.rounds, queries) if options.conc else {}
    if ("build", "") in other:
        print(f"conc reads the texts in {other['build', '']:.0f} s")
    print(f"{'figure':<24}{'query':<8}{'matches':>9}{'first':>9}{'median':>9}{'bare':>9}{'×':>6}{'conc':>9}  (ms)")
    for query in queries:
        lines = corpus.concordance(query)
        bare: dict[str, Callable[[], object]] = {}
        if segment is not None and isinstance(lines.matches, LocalMatches):
            (part,) = lines.matches.parts
            bare = bare_figures(Bare(segment, part.starts, part.ends), years_of(corpus, segment))
        for name, make in figures(corpus, query).items():
            beside = other.get((name, query), "")
            shown = f"{beside:9,.0f}" if isinstance(beside, float) else "fails" if beside else ""
            print(row(name, query, len(lines), [make, bare[name]] if bare else [make], options.rounds) + f"{shown:>9}")
    folder = options.folder or folder_of(corpus)
    for size, unit in enumerate(("character", "bigram"), 1):
        makes: list[Callable[[], object]] = [lambda unit=unit: corpus.keyness(f"in:{folder}", unit=unit)[:ROWS]]
        if segment is not None:
            names = [corpus.documents[number].name for number in segment.numbers.tolist()]
            chosen = np.array([name.startswith(f"{folder}/") for name in names])
            makes.append(lambda chosen=chosen, size=size: keyness(segment, chosen, size))
        print(row(f"keyness, {unit}", folder, None, makes, options.rounds))


if __name__ == "__main__":
    main()
