"""What a scheduler tells operators, and what it does not hand out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("distributed")

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.network.certificates import make_certificates
from tuibrowser.search.network.cluster_file import ClusterFile, cluster_of, read_cluster_file, read_url
from tuibrowser.search.network.dask import own_name
from tuibrowser.search.network.handing_out import HandingOut

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


@pytest.fixture
def cluster(tmp_path: Path) -> ClusterFile:
    file = tmp_path / "cluster.toml"
    file.write_text(FILE, "utf-8")
    return read_cluster_file(file)


async def test_an_operator_knows_the_hosts_and_the_texts(cluster: ClusterFile, tmp_path: Path) -> None:
    sent = json.loads(json.dumps(await HandingOut(cluster).cluster()))
    known = cluster_of(sent, read_url("tls://gate:8786"), tmp_path / "mine", tmp_path / "cache")
    assert (known.hosts, known.texts, known.copies) == (cluster.hosts, cluster.texts, cluster.copies)
    assert (known.scheduler.url, known.certificates) == ("tls://gate:8786", tmp_path / "mine")
    with pytest.raises(ValueError, match=r".*"):
        cluster_of({"hosts": []}, known.scheduler, tmp_path, tmp_path)
    with pytest.raises(CorpusError, match="--cluster is an address such as"):
        read_url("gate:8786")


async def test_records_are_handed_out_and_nothing_else(cluster: ClusterFile) -> None:
    folder = cluster.folder("gateway")
    (folder / "g0a").mkdir(parents=True)
    (folder / "manifest.json").write_bytes(b"{}")
    (folder / "g0a" / "documents.jsonl").write_bytes(b"0123456789")
    (folder / "g0a" / "away").symlink_to(cluster.path)
    (folder / "c0a").mkdir()
    (folder / "c0a" / "s0.post.npy").write_bytes(b"0")
    records = HandingOut(cluster).records
    assert await records("manifest.json") == b"{}"
    assert await records("g0a/documents.jsonl", 4) == b"456789"
    assert await records("g0a/documents.jsonl", 10) == b""
    for name in ("", "../h1/x", "g0a/../../cluster.toml", "g0a/away", "g0a/.hidden", "c0a/s0.post.npy", "g0a/none"):
        assert await records(name) is None


def test_the_own_certificate_is_the_gateways_or_the_only_one(tmp_path: Path) -> None:
    make_certificates(tmp_path, {"lin": []})
    assert own_name(tmp_path) == "lin"
    make_certificates(tmp_path, {"wang": []})
    with pytest.raises(CorpusError, match="has several certificates: lin, wang"):
        own_name(tmp_path)
    make_certificates(tmp_path, {"gateway": []})
    assert own_name(tmp_path) == "gateway"
