"""How long it takes to find and read the documents of some paths: files, MB, seconds, MB/s and problems by reason.

python benchmarks/load.py PATH…
"""

from __future__ import annotations

import sys
from collections import Counter
from time import perf_counter

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.loading.loader import load


def main(paths: list[str]) -> int:
    if not paths:
        print(__doc__)
        return 2
    try:
        for path in paths:
            report(path)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def report(path: str) -> None:
    began = perf_counter()
    corpus = Corpus.discover([path])
    found = perf_counter()
    first = 0.0
    characters = 0
    for progress in load(corpus, lambda: False):
        if progress.loaded and not first:
            first = perf_counter()
        characters += sum(len(each.repaired) for each in progress.loaded)
    done = perf_counter()
    megabytes = sum(document.source.size for document in corpus.documents) / 1e6
    print(f"{path}: {len(corpus.documents):,} files, {megabytes:.1f} MB, {characters:,} code points")
    print(f"  found in {found - began:.2f} s, the first read {first - found:.2f} s later")
    print(f"  all read in {done - found:.2f} s, {megabytes / (done - found):.1f} MB/s")
    report_problems(corpus)


def report_problems(corpus: Corpus) -> None:
    for reason, number in Counter(problem.reason for problem in corpus.problems).most_common():
        print(f"  left out: {number:,} × {reason}")
    for name, values in (
        ("encoding", Counter(str(document.encoding) for document in corpus.documents)),
        ("script", Counter(str(document.script) for document in corpus.documents)),
        ("problem", Counter(problem.kind for document in corpus.documents for problem in document.problems)),
    ):
        for value, number in values.most_common():
            print(f"  {name}: {number:,} × {value}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
