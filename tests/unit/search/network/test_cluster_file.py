"""The cluster file: what it says, and what is said of a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.network.cluster_file import Address, read_cluster_file

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
scheduler = "tls://gate.example:8786"
certificates = "tls"
index = "/var/lib/tuibrowser"
texts = ["/srv/經", "more"]
encoding = "GBK"
copies = 1

[hosts]
h1 = "10.0.0.1:8788"
h2 = "[fd00::2]:8788"
"""


def test_a_whole_file_is_read_and_relative_paths_are_below_it(tmp_path: Path) -> None:
    path = tmp_path / "cluster.toml"
    path.write_text(WHOLE, "utf-8")
    cluster = read_cluster_file(path)
    assert cluster.scheduler == Address("gate.example", 8786)
    assert cluster.scheduler.url == "tls://gate.example:8786"
    assert cluster.certificates == tmp_path / "tls"
    assert [str(each) for each in cluster.texts] == ["/srv/經", str(tmp_path / "more")]
    assert (cluster.encoding, cluster.copies) == ("gbk", 1)
    assert cluster.hosts == {"h1": Address("10.0.0.1", 8788), "h2": Address("fd00::2", 8788)}
    assert cluster.address("h2").next.url == "tls://[fd00::2]:8789"
    assert str(cluster.folder("h2")) == "/var/lib/tuibrowser/h2"
    with pytest.raises(CorpusError, match=r"cluster\.toml has no host h3: there are h1, h2"):
        cluster.address("h3")


def test_each_part_is_on_two_hosts_where_there_are_two(tmp_path: Path) -> None:
    path = tmp_path / "cluster.toml"
    path.write_text(WHOLE.replace("copies = 1\n", ""), "utf-8")
    assert read_cluster_file(path).copies == 2
    path.write_text(WHOLE.replace("copies = 1\n", "").replace('h2 = "[fd00::2]:8788"\n', ""), "utf-8")
    assert read_cluster_file(path).copies == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('scheduler = "tls://', 'scheduler = "tcp://', "line 1: scheduler is an address such as"),
        ("gate.example:8786", "gate.example", "line 1: scheduler is a machine and a port"),
        ("gate.example:8786", "gate.example:99999", "line 1: scheduler is a machine and a port"),
        ('certificates = "tls"\n', "", r"cluster\.toml: certificates is missing"),
        ('index = "/var', 'index = 3 # "/var', "line 3: index is a path"),
        ('"more"]', "7]", "line 4: texts is a path or a list of paths"),
        ('"GBK"', '"klingon"', "line 5: .*klingon"),
        ("copies = 1", "copies = 0", "line 6: copies is a whole number from 1, not 0"),
        ("copies = 1", "copies = true", "line 6: copies is a whole number from 1, not True"),
        ("copies = 1", "copies = 3", "line 6: copies is 3, and there are only 2 hosts"),
        ("copies = 1", "copys = 1", "line 6: copys is no option: there are scheduler"),
        ("h1 = ", '"a/b" = ', "line 9: 'a/b' is no name of a host"),
        ("h1 = ", "gateway = ", "line 9: 'gateway' is no name of a host"),
        ("10.0.0.1:8788", "10.0.0.1:8788/x", "line 9: h1 is a machine and a port"),
        ("[fd00::2]:8788", "10.0.0.1:8788", "line 10: another host has the address"),
        ("[hosts]", "hosts = []\n[more]", "is no option|table of names"),
        ("copies = 1", "copies = ", "Invalid value"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "cluster.toml"
    assert before in WHOLE
    path.write_text(WHOLE.replace(before, after, 1), "utf-8")
    with pytest.raises(CorpusError, match=said):
        read_cluster_file(path)


def test_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        read_cluster_file(tmp_path / "none.toml")
