"""A number on the wall together with its name and raw value, for tests and operators."""

from __future__ import annotations

from typing import Any

from dash import html


def measured(shown: str, measure: str, raw: float | None, classes: str = "n") -> html.Span:
    """A span showing a number; ``data-value`` is its raw value, empty when there is none."""
    attributes: dict[str, Any] = {
        "data-measure": measure,
        "data-value": "" if raw is None else f"{raw:.12g}",
    }
    return html.Span(shown, className=classes, **attributes)
