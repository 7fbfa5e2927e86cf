"""What a browser would send of a form as it stands in a page, when nothing in it is touched."""

from __future__ import annotations

from html.parser import HTMLParser

Attributes = dict[str, str | None]


class _Fields(HTMLParser):
    """Collects names and values of the page's first form with an action."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._inside = action, False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: Attributes = dict(attrs)
        if tag == "form":
            self._inside = attributes.get("action") == self._action
        elif self._inside:
            self._field(tag, attributes, attributes.get("name") or "")

    def _field(self, tag: str, attributes: Attributes, name: str) -> None:
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "option" and self._select and ("selected" in attributes or self._select not in self.fields):
            self.fields[self._select] = attributes.get("value") or ""
        elif tag == "input" and attributes.get("type") != "file" and self._is_sent(attributes):
            self.fields[name] = attributes.get("value") or ""

    def _is_sent(self, attributes: Attributes) -> bool:
        return attributes.get("type") not in ("radio", "checkbox") or "checked" in attributes

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area


def fields_in(page: str, action: str) -> dict[str, str]:
    """By name, of the form that is sent to that address; one photo of several that were kept."""
    reader = _Fields(action)
    reader.feed(page)
    return reader.fields
