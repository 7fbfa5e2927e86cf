"""Hosts that an operator names: a host, all of a domain (`.anping.gov.cn`), or a network (`10.20.0.0/16`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from urllib.parse import urlsplit

PRIVATE = tuple(IPv4Network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
"""RFC 1918: what no address of the public network is."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names in lower case, those of domains with a dot before them, and networks."""

    names: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    networks: tuple[IPv4Network, ...] = PRIVATE

    @classmethod
    def of(cls, listed: str, own: str = "") -> Hosts:
        """Those of a list separated by commas; of an empty one private addresses, and the own host with those below it.

        A ValueError names what is no host.
        """
        named = [one.strip().lower() for one in listed.split(",") if one.strip()]
        if not named:
            return cls._of([own.lower(), f".{own.lower()}"] if own else [], PRIVATE)
        networks = [one for one in named if _is_network(one)]
        return cls._of([one for one in named if one not in networks], (IPv4Network(one) for one in networks))

    @classmethod
    def _of(cls, names: Iterable[str], networks: Iterable[IPv4Network]) -> Hosts:
        known = list(names)
        if strange := next((one for one in known if not _is_name(one)), None):
            raise ValueError(f"{strange} is no host, no .domain and no network")
        domains = tuple(one for one in known if one.startswith("."))
        return cls(frozenset(known) - frozenset(domains), domains, tuple(networks))

    def have(self, url: str) -> bool:
        """Whether an address leads to one of these; what a browser may read as another address does not."""
        host = (urlsplit(url).hostname or "").rstrip(".")
        if host in self.names or host.endswith(self.domains or ("/",)):
            return True
        try:
            return any(IPv4Address(host) in network for network in self.networks)
        except AddressValueError:
            return False


def _is_network(text: str) -> bool:
    try:
        IPv4Network(text)
    except ValueError:
        return False
    return True


def _is_name(text: str) -> bool:
    labels = text.removeprefix(".").split(".")
    return all(label and label.replace("-", "").isalnum() and label.isascii() for label in labels)
