"""Texts of a browser as a database takes them."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text without what no database keeps: zero bytes go, halves of characters become question marks."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """The text as it may stand in a list or a log: storable, words apart by one blank, nothing that does not print."""
    return " ".join("".join(c if c.isprintable() else " " for c in storable(text)).split())
