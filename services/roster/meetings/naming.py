"""Which issue is meant: a name is whoever's raised it, and nobody takes it from another by using it first.

The first that is raised under a name is found by the name alone, as all were once; what another organisation raises
under the same name is found by both. Where several bear it, whoever goes on with one says whose.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.meetings.model import Issue
from shared.database.documents import Key
from shared.pipeline.decisions import Refused, State
from shared.roster.organisations import of_county


def keys(organisation: str, name: str, raised_by: str | None) -> Iterator[Key]:
    """What has to be looked at."""
    yield Key(Issue, of_county(organisation, name))
    if raised_by is not None:
        yield Key(Issue, _own(raised_by, name))


def standing(state: State, raised_by: str, name: str) -> Issue | None:
    """What the same organisation, or nobody knows who, has raised under the name already."""
    issue = raised(state, raised_by, name, raised_by)
    return None if issue is None or issue.withdrawn else issue


def place(state: State, raised_by: str, name: str) -> str:
    """The id under which an organisation raises an issue."""
    first = state.get(Issue, of_county(raised_by, name))
    return _own(raised_by, name) if _is_anothers(first, raised_by) else of_county(raised_by, name)


def raised(state: State, organisation: str, name: str, raised_by: str | None) -> Issue | None:
    """The issue of a name that an organisation raised, or of nobody in particular."""
    first = state.get(Issue, of_county(organisation, name))
    own = state.get(Issue, _own(raised_by, name)) if raised_by else None
    if own is None or own.withdrawn:
        return None if first and raised_by and first.raised_by not in (None, raised_by) else first
    return own


def going_on(state: State, organisation: str, name: str, raised_by: str | None) -> Issue | Refused:
    """The issue with which somebody goes on, or why it is not clear which."""
    issue = raised(state, organisation, name, raised_by)
    if issue is None or issue.withdrawn:
        return Refused("unknown-issue", issue=name)
    if raised_by is None and issue.also:
        return Refused("issue-of-several", issue=name, raised_by="、".join((issue.raised_by or "", *issue.also)))
    return issue


def beside(state: State, raised_by: str, name: str) -> tuple[Issue, ...]:
    """The first of a name, which tells of what another raises under it."""
    first = state.get(Issue, of_county(raised_by, name))
    if first is None or not _is_anothers(first, raised_by) or raised_by in first.also:
        return ()
    return (first.having(also=(*first.also, raised_by)),)


def _own(raised_by: str, name: str) -> str:
    return f"{raised_by}/{name}"


def _is_anothers(first: Issue | None, raised_by: str) -> bool:
    """Of what was raised before it was kept by whom, nobody is another."""
    return first is not None and not first.withdrawn and first.raised_by not in (None, raised_by)
