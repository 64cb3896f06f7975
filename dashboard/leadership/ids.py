"""Every id of a component of the leadership pages; never written as a literal elsewhere."""

from __future__ import annotations

from typing import Any

# The address bar, what the poll last heard, what is on the page: {url, version, digests}; cards that follow it.
WHERE = "where"
VERSION = "auto-version"
SHOWN = "shown"
LATER = "later"

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


def said(slug: Any) -> dict[str, Any]:
    """The word about what was just sent: refused, done, somebody was faster."""
    return {"said": slug}


def reason(slug: Any) -> dict[str, Any]:
    """The text box of a question before persons are shown."""
    return {"reason": slug}


def ask(slug: Any) -> dict[str, Any]:
    """The button that sends the reason."""
    return {"ask": slug}


def form_field(form: Any, name: Any) -> dict[str, Any]:
    """One field of a form."""
    return {"form": form, "field": name}


def form_act(form: Any, act: Any) -> dict[str, Any]:
    """One button of a form."""
    return {"form": form, "act": act}


def form_acts(slug: str) -> str:
    """The row of buttons of a form."""
    return f"acts-{slug}"


def form_kept(slug: Any) -> dict[str, Any]:
    """What a form carries along: {action, ...} as the page gave it."""
    return {"kept": slug}


def figure(slug: Any) -> dict[str, Any]:
    """The drawing of a part; a click on a mark is heard for all of them at once."""
    return {"figure": slug}


def grid(slug: Any) -> dict[str, Any]:
    """The table of a part."""
    return {"grid": slug}


def columns(slug: Any) -> dict[str, Any]:
    """The column choice of a table."""
    return {"columns": slug}
