"""`serve --cluster`: what is refused before anything is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("distributed")

from tuibrowser.cli.run import run
from tuibrowser.search.network.certificates import make_certificates

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
scheduler = "tls://127.0.0.1:8786"
certificates = "tls"
index = "index"
texts = "texts"
[hosts]
h1 = "127.0.0.1:8788"
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "texts: no such file"),
        (("more",), "the texts of a cluster are named in"),
        (("--encoding", "gbk"), "--encoding does not go with --cluster"),
        (("--host", "h1", "--web"), "--web does not go with --host"),
        (("--host", "h1", "--socket", "s"), "--socket does not go with --host"),
        (("--host", "h2"), "has no host h2: there are h1"),
        (("--host", "h1"), "tls/ca.crt: no such file or directory"),
    ],
)
def test_a_mistake_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "cluster.toml"
    file.write_text(FILE, "utf-8")
    assert run(["serve", "--cluster", str(file), *arguments]) == 2
    assert said in capsys.readouterr().err.replace("no such file or folder: ", "texts: no such file ")


def test_a_key_that_others_may_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cluster.toml"
    file.write_text(FILE, "utf-8")
    make_certificates(tmp_path / "tls", {"h1": []})
    (tmp_path / "tls" / "h1.key").chmod(0o644)
    assert run(["serve", "--cluster", str(file), "--host", "h1"]) == 2
    assert "tls/h1.key: everyone may read it: chmod 600" in capsys.readouterr().err


def test_a_host_alone_belongs_to_no_cluster(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "texts", "--host", "h1"]) == 2
    assert "--host goes with --cluster" in capsys.readouterr().err
