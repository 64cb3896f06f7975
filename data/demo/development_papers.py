"""What proves the steps of development: uploaded documents, and approved or refused corrections of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.development_cases import Cases
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("application", "talk_record", "publicity", "political_review", "form", "resolution", "other")
_MISSING = 0.0025
_CORRECTED = 0.006


def write_papers(world: World, cases: Cases, step_ids: Array, recorded: Array) -> None:
    """Documents of the finished steps that need one, and corrections; arrays are (cases, steps)."""
    _write_documents(world, cases, step_ids, recorded)
    _write_corrections(world, cases, step_ids, recorded)


def _write_documents(world: World, cases: Cases, step_ids: Array, recorded: Array) -> None:
    """One file per step, now and then a second one; very few are missing."""
    rng = world.time.stream("development-documents")
    kind_of = np.array([KINDS.index(s.document) if s.document else -1 for s in cases.procedure.steps])
    row, step = np.nonzero(cases.finished & (kind_of >= 0))
    files = np.where(rng.random(len(row)) < 0.06, 2, 1)
    files[rng.random(len(row)) < _MISSING] = 0
    if len(files):
        files[0] = 0
    row, step = np.repeat(row, files), np.repeat(step, files)
    ids = world.ids.take("development_documents", len(row))
    early = rng.integers(0, 3 * 3600, len(row))
    uploaded = np.maximum(recorded[row, step] - early, cases.done[row, step] * DAY)
    world.writer.put(
        "development_documents",
        {
            "document_id": ids,
            "dev_step_id": step_ids[row, step],
            "doc_kind": coded(kind_of[step], KINDS),
            "file_ref": pa.array([f"development/{i:08d}.jpg" for i in ids.tolist()]),
            "uploaded_at": np.minimum(uploaded, recorded[row, step]),
            "created_at": recorded[row, step],
        },
    )


def _write_corrections(world: World, cases: Cases, step_ids: Array, recorded: Array) -> None:
    """Nine in ten are approved within a week; the newest wait for the superior."""
    rng, now = world.time.stream("development-corrections"), world.time.now_s
    row, step = np.nonzero(cases.finished & (rng.random(cases.finished.shape) < _CORRECTED))
    asked = recorded[row, step] + rng.integers(DAY, 60 * DAY, len(row))
    keep = asked < now - 60
    row, step, asked = row[keep], step[keep], asked[keep]
    decided = asked + rng.integers(3600, 7 * DAY, len(row))
    decided = np.where(decided < now, decided, -1)
    verdict = np.where(decided < 0, -1, (rng.random(len(row)) < 0.1).astype(int))
    world.writer.put(
        "development_corrections",
        {
            "correction_id": world.ids.take("development_corrections", len(row)),
            "dev_step_id": step_ids[row, step],
            "requested_at": asked,
            "decided_at": decided,
            "decision": coded(verdict, ("approve", "reject")),
            "decided_by_org_id": np.where(decided < 0, -1, world.registry.parent_org[cases.branch[row]]),
            "created_at": np.maximum(asked, decided),
        },
    )
