"""The steps of admission by name, for whoever counts cases at them.

``step_names``: ``kind`` = ``<variant>|<step_no>|<stage_no>``, ``title`` = name of the step, in the order of the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.contract import development_step_defs
from data.projection.source import Source
from data.projection.tallies.kinds import Listing

f = development_step_defs.c


def read(source: Source) -> Iterator[dict[str, Any]]:
    """68 rows at most: both variants, whichever the district works by."""
    columns = (f.variant, f.step_no, f.stage_no, f.name_zh)
    statement = sa.select(*columns).where(f.deleted_at.is_(None)).order_by(f.variant, f.step_no)
    for row in source.rows(statement):
        yield {
            "at": None,
            "org_id": None,
            "kind": f"{row.variant}|{row.step_no}|{row.stage_no}",
            "title": row.name_zh,
            "amount": None,
            "is_public": True,
        }


LISTINGS = (Listing("step_names", read, ("development_step_defs",)),)
