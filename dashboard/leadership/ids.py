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
EXPORT_ENTRIES = "export-entries"
EXPORT_JOBS = "export-jobs"
EXPORT_OPEN = "export-open"
EXPORT_TOAST = "export-toast"
# Asks for itself how far the files are: keeps no session alive.
EXPORT_ASK = "auto-exports"
STATE = "feed-state"
ANNOUNCE = "announce"


def part(slug: str) -> str:
    """The card of a part."""
    return f"part-{slug}"


def export(kind: Any, part: Any = "") -> dict[str, Any]:
    """The button that orders a file; the part is a figure's slug or empty."""
    return {"export": kind, "part": part}


def export_act(job: Any, do: Any) -> dict[str, Any]:
    """The button that cancels an export or orders it again."""
    return {"job": job, "do": do}


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
