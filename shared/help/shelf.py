"""The help of one service, by page: the address of a page leads to it, also that to which a form was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.help.written import Help
from shared.pages.navigation import PLACES

ALL = "help"
"""Below a service's own path."""


class ShelvedHelp(NamedTuple):
    """A help by its key, with the page that it is of: its name, its path below the service, where one comes from."""

    key: str
    written: Help
    name: str
    path: str
    place: str

    @property
    def here(self) -> str:
        """The page of the table to which it belongs, by its key; its own where it is one, or belongs to none."""
        return self.written.of or self.key


class Shelf:
    """All that a service has: of its pages in the table, of its single things, of what every service shows."""

    def __init__(self, service: str, written: Mapping[str, Help]) -> None:
        self._service = service
        self._tabled = {one.page.key: one for one in PLACES if one.service == service}
        self._written = written
        self.helps = {key: self._shelved(key, one) for key, one in written.items()}

    def _shelved(self, key: str, one: Help) -> ShelvedHelp:
        page, place = self._tabled.get(key), self._path(one.of or key)
        name = page.page.name if page else one.name
        return ShelvedHelp(key, one, name, self._path(key), f"/{self._service}/{place}")

    def _path(self, key: str) -> str:
        page = self._tabled.get(key)
        return page.page.path if page else self._written[key].path

    def of_path(self, path: str) -> ShelvedHelp | None:
        """Of the page at an address, or the nearest above it: a form is sent to below its page; none of the first."""
        parts = path.removeprefix(f"/{self._service}").strip("/").split("/")
        if found := self._of(parts):
            return found
        shorter = (parts[:length] for length in range(len(parts) - 1, 0, -1))
        return next((found for some in shorter if (found := self._of(some))), None)

    def url(self, path: str, here: str) -> str:
        """Where the help of a page is; by the page of the table to which it belongs where its address says nothing."""
        if path.startswith(f"/{self._service}/{ALL}"):
            return ""
        found = self.of_path(path) or self.helps.get(here)
        return f"/{self._service}/{ALL}/{found.key}" if found else ""

    def _of(self, parts: Sequence[str]) -> ShelvedHelp | None:
        return next(self._fitting(parts), None)

    def _fitting(self, parts: Sequence[str]) -> Iterator[ShelvedHelp]:
        """What is named before what is any."""
        fits = [one for one in self.helps.values() if _is_at(one.path.split("/"), parts)]
        yield from sorted(fits, key=lambda one: one.path.count("{"))


def _is_at(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    return len(pattern) == len(parts) and all(
        one == part or (one.startswith("{") and bool(part)) for one, part in zip(pattern, parts, strict=True)
    )
