"""The certificates of bus and gateway and the authority that signs them (ECDSA P-256): what clients trust."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.files import kept, written

ALWAYS = ("127.0.0.1", "::1", "localhost")
AUTHORITY_LASTS = timedelta(days=20 * 365)
CERTIFICATE_LASTS = timedelta(days=825)
RENEWED_BEFORE = timedelta(days=90)
"""Of its end: whoever starts the bus within these days has a new one."""
AUTHORITY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lianban bus authority")])


def certificates(folder: Path, hosts: Sequence[str], now: datetime | None = None, to: Path | None = None) -> None:
    """`ca.pem` for everybody, `server.pem` and its key in a server's folder; renewed near its end or for others."""
    now, to = now or datetime.now(UTC), to or folder / "bus"
    authority = x509.load_pem_x509_certificate(kept(folder / "ca.pem", lambda: _authority(folder, now)).encode())
    names = (*ALWAYS, *(host for host in hosts if host not in ALWAYS))
    if _is_right(to / "server.pem", names, now):
        return
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _server(key.public_key(), names, now, _authority_key(folder), authority)
    written(to / "server.key", _pem(key))
    written(to / "server.pem", certificate)


def gateway_certificate(folder: Path, hosts: Sequence[str]) -> str:
    """In `gateway`, with the authority beside it: empty, or why it still bears the one before or, at first, the bus's.

    A county whose offline keys lie elsewhere, as they should, starts all the same.
    """
    own, bus, why = folder / "gateway", folder / "bus", ""
    try:
        certificates(folder, hosts, to=own)
    except OfflineKeysNeeded as needed:
        if not (bus / "server.pem").exists():
            raise
        why = str(needed)
        for name in () if (own / "server.pem").exists() else ("server.key", "server.pem"):
            written(own / name, (bus / name).read_text())
    written(own / "ca.pem", (folder / "ca.pem").read_text())
    return why


def _is_right(place: Path, names: Sequence[str], now: datetime) -> bool:
    if not place.exists():
        return False
    held = x509.load_pem_x509_certificate(place.read_bytes())
    named = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return list(named) == [_name(name) for name in names] and held.not_valid_after_utc - now > RENEWED_BEFORE


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _authority(folder: Path, now: datetime) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    written(folder / "offline" / "ca.key", _pem(key))
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    drawn_up = (
        _drawn_up(AUTHORITY, key.public_key(), now, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _text(drawn_up.sign(key, hashes.SHA256()))


def _authority_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    place = folder / "offline" / "ca.key"
    if not place.exists():
        raise OfflineKeysNeeded(f"{place} is needed to renew a certificate: put the folder back, then try again.")
    key = serialization.load_pem_private_key(place.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _server(
    key: ec.EllipticCurvePublicKey,
    names: Sequence[str],
    now: datetime,
    by: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lianban")])
    drawn_up = (
        _drawn_up(subject, key, now, CERTIFICATE_LASTS)
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    assert authority.subject == AUTHORITY
    return _text(drawn_up.sign(by, hashes.SHA256()))


def _drawn_up(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    """Valid from an hour ago: a station's clock may be slow."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(AUTHORITY)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + lasts)
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
