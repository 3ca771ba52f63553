from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

import pytest

from support.shared import SHARED
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loading.loader import load

DEV = SHARED / "corpora" / "dev"


@pytest.mark.slow
@pytest.mark.skipif(not DEV.is_dir(), reason="the shared corpora are not here")
def test_every_text_of_a_real_collection_is_read_and_every_other_file_listed() -> None:
    corpus = Corpus.discover([DEV])
    loaded = [each.document for progress in load(corpus, lambda: False) for each in progress.loaded]
    assert loaded == list(corpus.documents)
    files = sum(path.is_file() for path in DEV.rglob("*"))
    holding = {document.source.path for document in loaded}
    assert len(holding) + len(corpus.problems) == files
    reasons = Counter(problem.reason.partition(":")[0] for problem in corpus.problems)
    assert set(reasons) <= {"format not supported yet", "empty file"}
    assert {document.encoding for document in loaded if document.format == "text"} == {"utf-8"}
    assert [PurePosixPath(each.name).name for each in loaded if "三事忠告/" in each.name] == [
        "序.txt",
        "卷一·牧民忠告上.txt",
        "卷二·牧民忠告下.txt",
        "卷三·风宪忠告.txt",
        "卷四·庙堂忠告.txt",
    ]
