"""`serve --certificates`: which certificates are made, and what is said."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
scheduler = "tls://127.0.0.1:8786"
certificates = "tls"
index = "index"
texts = "texts"
[hosts]
h1 = "127.0.0.1:8788"
h2 = "127.0.0.1:8790"
"""


def test_all_machines_of_a_cluster_get_one_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("cryptography")
    file, folder = tmp_path / "cluster.toml", tmp_path / "tls"
    file.write_text(FILE, "utf-8")
    assert run(["serve", "--certificates", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"made in {folder}: ca, gateway"
    assert run(["serve", "--certificates", str(folder), "--cluster", str(file), "lin"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"made in {folder}: lin, h1, h2",
        "there already, and left as they are: ca, gateway",
    ]
    assert {path.stem for path in folder.iterdir()} == {"ca", "gateway", "lin", "h1", "h2"}


def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--certificates", str(tmp_path / "tls"), "../lin"]) == 2
    assert "'../lin' can be no name of a certificate" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_is_missing_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [])
    monkeypatch.delitem(sys.modules, "cryptography", raising=False)
    assert run(["serve", "--certificates", str(tmp_path)]) == 2
    assert "pip install 'tuibrowser[cluster]'" in capsys.readouterr().err
