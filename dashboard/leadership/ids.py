"""Every id of a component of the leadership pages; never written as a literal elsewhere."""

from __future__ import annotations

from typing import Any

# The address bar, what the poll last heard, what is on the page: {url, version, digests}.
WHERE = "where"
VERSION = "auto-version"
SHOWN = "shown"

HEADER = "header"
MENU = "menu"
CRUMBS = "crumbs"
TOOLS = "tools"
PAGE = "page"
SEARCH = "search"
EXPORT = "export"
STATE = "feed-state"
ANNOUNCE = "announce"


def part(slug: str) -> str:
    """The card of a part."""
    return f"part-{slug}"


def body(slug: str) -> str:
    """What a part shows, where it is plain text."""
    return f"body-{slug}"


def note(slug: str) -> str:
    """The note beside the title of a part."""
    return f"note-{slug}"


def figure(slug: Any) -> dict[str, Any]:
    """The drawing of a part; a click on a mark is heard for all of them at once."""
    return {"figure": slug}


def grid(slug: Any) -> dict[str, Any]:
    """The table of a part."""
    return {"grid": slug}


def columns(slug: Any) -> dict[str, Any]:
    """The column choice of a table."""
    return {"columns": slug}
