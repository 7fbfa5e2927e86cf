"""Who vouches for whom: the operator for three accounts, each account for its users.

| account | who is in it |
| --- | --- |
| SYS | the server's own matters; the roster tells it there which stations are revoked |
| COUNTY | the services, set-up and import, with all streams |
| STATIONS | everybody who submits from outside; of COUNTY it has what `rights.EXPORTS` offers, and no stream |

Made once. What is signed is signed anew, under the same keys, when the rights declared have changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.identity.files import kept, written
from deploy.identity.rights import (
    AS_CLIENT,
    COUNTY,
    EXPORTS,
    STATION,
    STATION_CONNECTIONS,
    STATION_PAYLOAD,
    STATION_SUBSCRIPTIONS,
    STATIONS,
    SYSTEM_USER,
    system,
)
from shared.bus.leaf import domain
from shared.identity.nats_jwt import (
    UNLIMITED,
    Claims,
    KeyKind,
    SigningKey,
    account_claims,
    claims_in,
    creds,
    jwt_in,
    new_seed,
    operator_claims,
    public_key,
    signed,
    user_claims,
)

ACCOUNTS = ("SYS", "COUNTY", "STATIONS")
JETSTREAM = {"mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1}
FOR_EVER = 253_402_300_799
"""Unix seconds: whatever was ever signed for a key is void."""


class OfflineKeysNeeded(Exception):
    """Something is to be signed anew, and the keys that sign it have been taken away: the sentence says which."""


@dataclass(frozen=True, slots=True)
class Authorities:
    """What the bus is told of them: public keys and signed statements, no secret."""

    operator_jwt: str
    accounts: Mapping[str, str]
    """The public key of each account."""
    account_jwts: Mapping[str, str]
    signing: SigningKey
    """The operator's, which signs accounts."""
    stations: SigningKey
    """Of the stations' account, which signs stations."""


def authorities(folder: Path) -> Authorities:
    """Keys, accounts and users below a folder as `rights` declares them."""
    keys = {name: _public(folder, name, KeyKind.ACCOUNT) for name in ACCOUNTS}
    operator = _public(folder, "operator", KeyKind.OPERATOR)
    signing = SigningKey.read(kept(folder / "roster" / "operator.key", lambda: _new_signing_key(operator)))
    stations = SigningKey.read(kept(folder / "roster" / "stations.key", lambda: _new_signing_key(keys["STATIONS"])))
    of_operator = operator_claims("lianban", operator, keys["SYS"], [public_key(signing.seed)])
    operator_jwt = _statement(folder / "accounts" / "operator.jwt", of_operator, lambda: _seed(folder, "operator"))
    claims = {
        "SYS": account_claims("SYS", keys["SYS"]),
        "COUNTY": _county(folder, keys["COUNTY"]),
        "STATIONS": stations_claims(
            keys["STATIONS"], public_key(stations.seed), revoked(folder, keys["STATIONS"]), _imports(keys["COUNTY"])
        ),
    }
    jwts = {name: _statement(folder / "accounts" / f"{name}.jwt", claims[name], lambda: signing.seed) for name in keys}
    for name, rights in COUNTY.items():
        user(folder / name / "bus.creds", folder, "COUNTY", name, rights.permissions(name))
    permissions = system(keys["STATIONS"]).permissions(SYSTEM_USER)
    user(folder / "roster" / "system.creds", folder, "SYS", SYSTEM_USER, permissions)
    return Authorities(operator_jwt, keys, jwts, signing, stations)


def _new_signing_key(account: str) -> str:
    return SigningKey(account, new_seed(KeyKind(_kind_of(account)))).text


def _kind_of(account: str) -> KeyKind:
    return KeyKind.OPERATOR if account.startswith("O") else KeyKind.ACCOUNT


def _public(folder: Path, name: str, kind: KeyKind) -> str:
    """From the signed statement, so that the secret key may lie elsewhere; the first time a key is made."""
    statement = folder / "accounts" / f"{name}.jwt"
    if statement.exists():
        return str(claims_in(statement.read_text())["sub"])
    return public_key(kept(folder / "offline" / f"{name}.seed", lambda: new_seed(kind)))


def account_key(folder: Path, name: str) -> str:
    """The public key of a township's account, made the first time; its secret key signs what is let in there."""
    return public_key(kept(folder / "offline" / f"{name}.seed", lambda: new_seed(KeyKind.ACCOUNT)))


def _seed(folder: Path, name: str) -> str:
    place = folder / "offline" / f"{name}.seed"
    if not place.exists():
        raise OfflineKeysNeeded(
            f"{place} is needed to sign what has changed: put the folder back, then type this again."
        )
    return place.read_text()


def exports(offered: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """As a JWT has them: a service answers once, a stream is only heard."""
    answered = {"service": {"response_type": "Singleton"}, "stream": {}}
    return [{"name": name, "subject": subject, "type": kind, **answered[kind]} for name, subject, kind in offered]


def _imports(account: str) -> list[dict[str, str]]:
    return [{"name": name, "subject": subject, "account": account, "type": kind} for name, subject, kind in EXPORTS]


def _county(folder: Path, key: str) -> Claims:
    """Townships' buses were users of it once, who could have anything done there by naming where an answer goes."""
    held = [claims_in(jwt_in(place.read_text())) for place in sorted(folder.glob(f"{domain('*')}/bus.creds"))]
    ended = {str(one["sub"]): FOR_EVER for one in held}
    more: Claims = {"revocations": ended} if ended else {}
    return account_claims("COUNTY", key, limits=JETSTREAM, exports=exports(EXPORTS), **more)


def stations_claims(
    key: str, signing_key: str, ended: Mapping[str, int], imports: Sequence[Mapping[str, str]]
) -> Claims:
    """Its scoped signing key gives every user that it signs the rights of a station, and no others."""
    limits = {"subs": STATION_SUBSCRIPTIONS, "payload": STATION_PAYLOAD}
    template = {**UNLIMITED, **limits, **AS_CLIENT, **STATIONS.permissions("{{name()}}")}
    scope = {"kind": "user_scope", "key": signing_key, "role": STATION, "template": template}
    more: Claims = {"revocations": dict(ended)} if ended else {}
    together = {"conn": STATION_CONNECTIONS}
    return account_claims("STATIONS", key, limits=together, imports=list(imports), signing_keys=[scope], **more)


def revoked(folder: Path, account: str) -> Mapping[str, int]:
    """What the roster has told the bus since: an account that is signed anew forgets none of it."""
    held = folder / "bus" / "accounts" / f"{account}.jwt"
    if not held.exists():
        return {}
    ended: Mapping[str, int] = claims_in(held.read_text())["nats"].get("revocations", {})
    return ended


def user(place: Path, folder: Path, account: str, name: str, permissions: Mapping[str, Any]) -> None:
    """A user's credentials; with other rights it keeps its key."""
    before = place.read_text() if place.exists() else ""
    seed = before.split("SEED-----\n")[1].split("\n")[0] if before else new_seed(KeyKind.USER)
    claims = user_claims(name, public_key(seed), permissions=permissions)
    if not before or not _says(jwt_in(before), claims):
        written(place, creds(signed(claims, _seed(folder, account)), seed))


def _statement(place: Path, claims: Claims, seed: Any) -> str:
    """Signed again only when it says something else: then later than before, or the server keeps what it has."""
    before = place.read_text() if place.exists() else ""
    if before and _says(before, claims):
        return before
    at = max(int(time.time()), claims_in(before)["iat"] + 1 if before else 0)
    written(place, signed(claims, seed(), at))
    return place.read_text()


def _says(jwt: str, claims: Claims) -> bool:
    """The same but for when and by whom; who is revoked is the roster's to say."""
    said = {name: value for name, value in claims_in(jwt).items() if name in claims}
    return _lasting(said) == _lasting(claims)


def _lasting(claims: Claims) -> Claims:
    return {**claims, "nats": {name: value for name, value in claims["nats"].items() if name != "revocations"}}
