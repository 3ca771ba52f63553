"""Certificates: make an authority for one cluster, and with it a certificate for each machine.

    FOLDER/ca.crt, ca.key       the authority; its key is needed to make certificates and nowhere else
    FOLDER/NAME.crt, NAME.key   the certificate of a machine: NAME is `gateway`, that of a host, or an operator's

Whoever has the key of a certificate may run programs on all machines of the cluster.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.regular import read_regular
from tuibrowser.host.state_folder import make_private
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

AUTHORITY: Final = "ca"

_AUTHORITY_DAYS: Final = 3650
_DAYS: Final = 730
_EARLIER: Final = timedelta(hours=1)
"""The clock of another machine may be behind."""
_LARGEST: Final = 100_000
_PUBLIC: Final = 0o644
_PRIVATE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Made:
    """The names of the certificates that were made, and of those that were there and are as they were."""

    made: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Signed:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_certificates(folder: Path, names: Mapping[str, Iterable[str]]) -> Made:
    """Make those certificates that are not there; `names` gives each the machines that it stands for.

    What is there is never written over. Raise CorpusError for what cannot be made or read.
    """
    try:
        make_private(folder)
        authority, is_new = _authority(folder)
        made, kept = ([AUTHORITY], []) if is_new else ([], [AUTHORITY])
        for name, machines in names.items():
            if _is_there(folder, name):
                kept.append(name)
                continue
            _write(folder, name, _signed(authority, name, machines))
            made.append(name)
    except OSError as error:
        where = error.filename or folder
        raise CorpusError(plain("{file}: {problem}", file=where, problem=system_reason(error))) from None
    return Made(tuple(made), tuple(kept))


def end_of(certificate: Path) -> datetime:
    """When a certificate ends. Raise OSError, and ValueError for what is none."""
    return x509.load_pem_x509_certificate(read_regular(certificate, _LARGEST)).not_valid_after_utc


def _is_there(folder: Path, name: str) -> bool:
    """Whether a certificate and its key are there. Raise CorpusError where only one of them is."""
    certificate, key = folder / f"{name}.crt", folder / f"{name}.key"
    there = os.path.lexists(certificate), os.path.lexists(key)
    if any(there) and not all(there):
        present, missing = (certificate, key) if there[0] else (key, certificate)
        raise CorpusError(
            plain("{present} is there without {missing}: move it away", present=present, missing=missing.name)
        )
    return all(there)


def _authority(folder: Path) -> tuple[_Signed, bool]:
    """The authority, and whether it was made just now. Raise CorpusError where it cannot be used."""
    if not _is_there(folder, AUTHORITY):
        made = _signed_by_itself()
        _write(folder, AUTHORITY, made)
        return made, True
    try:
        certificate = x509.load_pem_x509_certificate(read_regular(folder / f"{AUTHORITY}.crt", _LARGEST))
        key = load_pem_private_key(read_regular(folder / f"{AUTHORITY}.key", _LARGEST), None)
    except (ValueError, TypeError) as error:
        raise CorpusError(plain("{file}: {problem}", file=folder / AUTHORITY, problem=str(error))) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise CorpusError(
            plain("{file} is not the key of {certificate}", file=f"{AUTHORITY}.key", certificate=f"{AUTHORITY}.crt")
        )
    return _Signed(certificate, key), False


def _signed_by_itself() -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("tuibrowser-cluster")
    usage = _usage(signs=True)
    made = _begun(name, name, key, _AUTHORITY_DAYS)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(usage, critical=True)
    return _Signed(made.sign(key, SHA256()), key)


def _signed(authority: _Signed, name: str, machines: Iterable[str]) -> _Signed:
    """A certificate for both sides of a connection."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _begun(_name(name), authority.certificate.subject, key, _DAYS)
    both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    for extension, critical in (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(signs=False), True),
        (x509.ExtendedKeyUsage(both), False),
        (x509.SubjectAlternativeName([_machine(each) for each in dict.fromkeys((name, *machines))]), False),
        (issuer, False),
    ):
        made = made.add_extension(extension, critical)
    return _Signed(made.sign(authority.key, SHA256()), key)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - _EARLIER).not_valid_after(now + timedelta(days=days))
    return made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _machine(machine: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(machine))
    except ValueError:
        return x509.DNSName(machine)


def _write(folder: Path, name: str, signed: _Signed) -> None:
    """Write a certificate and its key. Raise FileExistsError rather than write over one."""
    key = signed.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for ending, data, mode in (
        ("key", key, _PRIVATE),
        ("crt", signed.certificate.public_bytes(Encoding.PEM), _PUBLIC),
    ):
        descriptor = os.open(folder / f"{name}.{ending}", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
