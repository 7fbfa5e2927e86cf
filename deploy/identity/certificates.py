"""The certificates of bus and gateway and the authority that signs them (ECDSA P-256): what clients trust."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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


class HostsDropped(Exception):
    """A certificate names hosts that nobody asks for any more: the sentence says which, and what to do."""


def certificates(
    folder: Path,
    hosts: Sequence[str],
    now: datetime | None = None,
    to: Path | None = None,
    dropped: Collection[str] = (),
) -> None:
    """`ca.pem` for everybody, `server.pem` and its key in a server's folder; renewed near its end or for others.

    Whoever came by a name that the present one bears still does: it stays, unless it is one of those `dropped`.
    """
    now, to = now or datetime.now(UTC), to or folder / "bus"
    authority = x509.load_pem_x509_certificate(kept(folder / "ca.pem", lambda: _authority(folder, now)).encode())
    held = _held(to / "server.pem")
    before = [host for host in hosts_of(held) if host not in dropped] if held else []
    names = tuple(dict.fromkeys((*ALWAYS, *map(_as_named, hosts), *before)))
    if held and set(hosts_of(held)) == set(names) and held.not_valid_after_utc - now > RENEWED_BEFORE:
        return
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _server(key.public_key(), names, now, _authority_key(folder), authority)
    written(to / "server.key", _pem(key))
    written(to / "server.pem", certificate)


def nothing_dropped(place: Path, hosts: Sequence[str], dropped: Collection[str] = ()) -> None:
    """`HostsDropped` where the certificate there names a host that is neither asked for nor said to be dropped."""
    held = _held(place)
    stays = {*ALWAYS, *map(_as_named, hosts), *dropped}
    lost = [host for host in hosts_of(held) if host not in stays] if held else []
    if lost:
        words = "、".join(lost)
        raise HostsDropped(
            f"证书现有{words}，设置里却没有：用它连接的站点和浏览器会连不上，证书没有更换。请在deploy/county.env的BUS_HOST、"
            f"GATEWAY_NAME或MORE_HOSTS中写上；确实不再使用的，执行 make up DROP_HOST={','.join(lost)}。 "
            f"{place} names {', '.join(lost)}, which no setting does: say it there, or drop it."
        )


def hosts_of(certificate: x509.Certificate) -> list[str]:
    """The names and addresses by which it is believed."""
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in named]


def gateway_certificate(folder: Path, hosts: Sequence[str], dropped: Collection[str] = ()) -> str:
    """In `gateway`, with the authority beside it: empty, or why it still bears the one before or, at first, the bus's.

    A county whose offline keys lie elsewhere, as they should, starts all the same.
    """
    own, bus, why = folder / "gateway", folder / "bus", ""
    try:
        certificates(folder, hosts, to=own, dropped=dropped)
    except OfflineKeysNeeded as needed:
        if not (bus / "server.pem").exists():
            raise
        why = str(needed)
        for name in () if (own / "server.pem").exists() else ("server.key", "server.pem"):
            written(own / name, (bus / name).read_text())
    written(own / "ca.pem", (folder / "ca.pem").read_text())
    return why


def _held(place: Path) -> x509.Certificate | None:
    return x509.load_pem_x509_certificate(place.read_bytes()) if place.exists() else None


def _as_named(host: str) -> str:
    """As a certificate says it: `::0:1` is `::1` there."""
    return str(_name(host).value)


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
