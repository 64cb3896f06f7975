"""Attributes whose names Python cannot write: aria-label, data-part."""

from __future__ import annotations

from typing import Any


def attributes(**named: str | None) -> dict[str, Any]:
    """Keyword arguments of a component: ``aria_label`` becomes aria-label; None is left out."""
    return {name.replace("_", "-"): value for name, value in named.items() if value is not None}
