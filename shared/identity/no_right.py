"""What somebody reads whose posts do not let them submit something: their own posts, and those that do."""

from __future__ import annotations

from collections.abc import Iterable

from shared.events.labels import POSTS
from shared.events.refusals import reason
from shared.events.refusals.sentences import InBoth
from shared.events.roster.people import Post
from shared.identity.acting import Acting
from shared.identity.rights import who_may
from shared.roster.organisations import Standing
from shared.roster.posts import POSTS as WHERE


def no_right(acting: Acting, type_name: str, standing: Standing | None) -> dict[str, str]:
    """The reason; of the posts that do it those that there are in the organisation for which somebody acts."""
    held = acting.posts or frozenset()
    can = [post for post in who_may(type_name) if standing is not None and WHERE[post].fits(standing)]
    slug = "no-right-here" if not can else "no-right" if held else "no-post"
    return reason(slug, posts=_named(held), type=type_name, others=_named(can))


def _named(posts: Iterable[Post]) -> InBoth:
    ordered = [post for post in Post if post in posts]
    return InBoth("、".join(POSTS[post] for post in ordered), ", ".join(ordered))
