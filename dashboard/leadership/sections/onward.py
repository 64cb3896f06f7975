"""Links from the page of an organisation to the other pages about it, as far as the viewer may open them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.leadership.parts import Choice, Part, Switch
from dashboard.leadership.registry import BY_SLUG, Asked


def onward(asked: Asked, pages: Sequence[tuple[str, str]], title: str = "") -> list[Part]:
    """A switch of these pages (slug, words); nothing where none of them is for this viewer."""
    choices = [
        Choice(word, asked.address.to(slug, asked.place.org_id))
        for slug, word in pages
        if slug in BY_SLUG and BY_SLUG[slug].allows(asked.viewer)
    ]
    return [Switch("onward", title, choices=choices)] if choices else []
