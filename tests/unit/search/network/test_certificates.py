"""Certificates: an authority for one cluster, and what it signs."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("cryptography")

from cryptography import x509

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.network.certificates import Made, end_of, make_certificates

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"gateway": ["gate.example"], "h1": ["10.0.0.1"]}


def shaken(folder: Path, other: Path) -> str:
    """What becomes of a handshake between the gateway of a folder and the host of another."""
    gate = ssl.create_default_context(cafile=str(folder / "ca.crt"))
    gate.load_cert_chain(folder / "gateway.crt", folder / "gateway.key")
    host = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(other / "ca.crt"))
    host.verify_mode = ssl.CERT_REQUIRED
    host.load_cert_chain(other / "h1.crt", other / "h1.key")
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = gate.wrap_bio(back, there, server_hostname="10.0.0.1"), host.wrap_bio(there, back, server_side=True)
    done = [False, False]
    for _ in range(6):
        for at, side in enumerate(sides):
            try:
                side.do_handshake()
                done[at] = True
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                return "refused"
    return str(sides[0].version()) if all(done) else "unfinished"


def test_each_side_knows_the_other_by_the_authority_alone(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    assert make_certificates(mine, NAMES) == Made(("ca", "gateway", "h1"), ())
    make_certificates(other, NAMES)
    assert shaken(mine, mine) == "TLSv1.3"
    assert shaken(mine, other) == "refused"


def test_keys_are_their_owners_alone_and_certificates_name_their_machines(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    make_certificates(folder, NAMES)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for key in folder.glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    made = x509.load_pem_x509_certificate((folder / "h1.crt").read_bytes())
    machines = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert machines.get_values_for_type(x509.DNSName) == ["h1"]
    assert [str(each) for each in machines.get_values_for_type(x509.IPAddress)] == ["10.0.0.1"]
    assert timedelta(days=729) < end_of(folder / "h1.crt") - datetime.now(UTC) < timedelta(days=731)


def test_what_is_there_is_kept_and_what_is_new_is_signed_by_the_same_authority(tmp_path: Path) -> None:
    make_certificates(tmp_path, NAMES)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert make_certificates(tmp_path, {**NAMES, "h2": []}) == Made(("h2",), ("ca", "gateway", "h1"))
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert len(list(tmp_path.iterdir())) == 8
    (tmp_path / "h1.crt").replace(tmp_path / "h3.crt")
    (tmp_path / "h2.key").replace(tmp_path / "h3.key")
    made = x509.load_pem_x509_certificate((tmp_path / "h3.crt").read_bytes())
    made.verify_directly_issued_by(x509.load_pem_x509_certificate((tmp_path / "ca.crt").read_bytes()))


@pytest.mark.parametrize("missing", ["ca.key", "ca.crt", "h1.key", "h1.crt"])
def test_a_half_of_a_pair_is_named_and_nothing_is_made_instead(tmp_path: Path, missing: str) -> None:
    make_certificates(tmp_path, NAMES)
    (tmp_path / missing).unlink()
    with pytest.raises(CorpusError, match=f"is there without {missing}: move it away"):
        make_certificates(tmp_path, NAMES)
    assert not (tmp_path / missing).exists()


def test_an_authority_that_is_none_is_said(tmp_path: Path) -> None:
    make_certificates(tmp_path, {})
    (tmp_path / "ca.crt").write_text("nothing", "ascii")
    with pytest.raises(CorpusError, match=r"/ca: "):
        make_certificates(tmp_path, NAMES)
    assert not (tmp_path / "gateway.key").exists()
