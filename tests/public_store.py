"""The public store of a test: made once of a read model, or kept in step with it by a thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from commands.publishing import following, visitors_documents
from dashboard.profile import DistrictProfile
from data.clock import Clock
from data.public.publisher import Publisher
from data.public.reader import open_public
from data.public.store import open_public_store, with_schema
from tests.naive.projected import in_memory


def public_of(
    read_model: sa.Engine, profile: DistrictProfile, clock: Clock, folder: Path | None = None
) -> sa.Engine:
    """What visitors may know of this read model now; every document is made. Several threads need a folder."""
    url = f"sqlite:///{folder / 'public.db'}" if folder else None
    store = open_public_store(url) if url else with_schema(in_memory())
    assert Publisher(read_model, store, visitors_documents(profile), clock).run().failed == 0
    return store


@contextmanager
def public_beside(
    read_model: sa.Engine, folder: Path, profile: DistrictProfile, clock: Clock
) -> Iterator[sa.Engine]:
    """The same in a file of this folder, following the read model while the block runs."""
    url = f"sqlite:///{folder / 'public.db'}"
    publisher = Publisher(read_model, open_public_store(url), visitors_documents(profile), clock)
    publisher.run()
    with following(lambda: publisher, every_s=0.2):
        yield open_public(url)
