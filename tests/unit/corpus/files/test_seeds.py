from __future__ import annotations

from tuibrowser.corpus.files.seeds import seeds_path


def test_the_texts_that_come_with_the_program_are_there() -> None:
    assert any(path.suffix == ".txt" for path in seeds_path().iterdir())
