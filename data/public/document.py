"""A public document: one typed view under a name, as JSON in the store and as the same value on both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter

from data.readmodel.reader import Reader

View = TypeVar("View")


@dataclass(frozen=True)
class Document(Generic[View]):
    """One line of a registry of documents; ``load`` runs beside the projector and leaves out what visitors may not
    see, its value (a frozen dataclass or a tuple of plain values) is what is stored."""

    name: str
    load: Callable[[Reader], View]
    type: type[View]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    # Around a tuple of one: pydantic takes settings for a dataclass only from what stands around it.
    return TypeAdapter(tuple[kind], config=ConfigDict(extra="forbid", ser_json_inf_nan="constants"))


def encode(value: Any, kind: Any) -> str:
    """The value as JSON text. Raises pydantic's PydanticSerializationError where it is not of its type."""
    return _adapter(kind).dump_json((value,), warnings="error").decode()[1:-1]


def decode(body: str, kind: type[View]) -> View:
    """The value of `encode`. Raises pydantic's ValidationError for the text of another type."""
    return cast("View", _adapter(cast("Any", kind)).validate_json(f"[{body}]")[0])
