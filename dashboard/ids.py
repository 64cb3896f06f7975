"""Every id of a component, made from the slug of its panel and the part; never written as a literal elsewhere."""

from __future__ import annotations

from typing import Literal

Part = Literal["figure", "body", "note", "title"]
PARTS: tuple[Part, ...] = ("figure", "body", "note", "title")

WALL = "wall"
# What the browser asks to see: {n, focus, shown: {slug: digests}}; the one input of the redraw.
REQUEST = "request"
# The scene it asks for in advance: {n, scene, slot, focus}.
PREPARE = "prepare"
# Where scenes stand: one is shown, the other empty or waiting.
STAGES = ("stage-a", "stage-b")
# Name of the wall profile this page was drawn for.
WALL_NAME = "wall-name"

HEADER_STATE = "header-state"
HEADER_AS_OF = "header-as-of"
HEADER_DEMO = "header-demo"
HEADER_DATE = "header-date"
HEADER_CLOCK = "header-clock"
HEADER_UNTRUSTED = "header-untrusted"


def frame(slug: str) -> str:
    """The section that holds a panel."""
    return f"panel-{slug}"


def part(slug: str, name: Part) -> str:
    """One replaceable part of a panel."""
    return f"{slug}-{name}"
