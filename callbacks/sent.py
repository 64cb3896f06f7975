"""What a browser sent as JSON, read so that nothing it holds can fail the request."""

from __future__ import annotations

from typing import Any

from flask import request


def sent_json() -> Any:
    """The body; None for what is no JSON, of another type, or nested deeper than any page of ours nests."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None
