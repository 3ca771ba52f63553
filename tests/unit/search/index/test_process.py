"""The process that builds an index beside the reader: why there is none is told."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.index.process import Beside

if TYPE_CHECKING:
    from pathlib import Path


class Ended(subprocess.Popen[bytes]):
    """A process that has ended before it is given anything."""

    def __init__(self, *arguments: Any, **how: Any) -> None:
        super().__init__(*arguments, **how)
        self.wait()


def test_a_process_that_ends_before_it_takes_the_files_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "渡.txt").write_text("渡口", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    monkeypatch.setattr(subprocess, "Popen", Ended)
    with Beside(Corpus.discover([tmp_path])) as process, pytest.raises(OSError, match="ended too soon"):
        list(process.events())
