"""Where the bus is: one address, or those of several servers of one bus, separated by commas."""

from __future__ import annotations

from urllib.parse import urlsplit

EXAMPLE = "nats://host:port"
SCHEMES = ("nats", "tls")


def servers_in(urls: str) -> list[str]:
    """Each server's own address; whoever connects tries them until one answers, and the others when that is lost."""
    return [url.strip() for url in urls.split(",")]


def no_bus(urls: str) -> str:
    """Why these are not the addresses of one bus; empty where they are."""
    servers = servers_in(urls)
    if wrong := [url for url in servers if not _is_server(url)]:
        return f"{wrong[0] or 'nothing between two commas'} is no address of a bus: {EXAMPLE}"
    if len({urlsplit(url).scheme for url in servers}) > 1:
        return "names servers with TLS and others without, and one bus has it everywhere or nowhere"
    return ""


def _is_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
