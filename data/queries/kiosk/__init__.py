"""Documents of the kiosk: one module each with ``load(reader) -> frozen dataclass``, registered here.

They run beside the projector with the full reader, and their result is what is stored for visitors: what is not
public or too small to be told is left out by ``load`` (``data.queries.small_cells``). Dataclasses of plain values,
dates, Literals, tuples and None survive the store exactly.
"""

from __future__ import annotations

from typing import Any

from data.public.document import Document

# Document("kiosk/<slug>", <slug>.load, <slug>.<View>)
DOCUMENTS: tuple[Document[Any], ...] = ()
