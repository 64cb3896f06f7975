"""Rows of the member tables: members, memberships, category and state history."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa

from data.contract import ENUMS
from data.demo.bulk import NULL_DAY, RowSink, coded
from data.demo.people import (
    ABROAD,
    CATEGORIES,
    DIED,
    EDUCATION,
    GUEST,
    PRESENT,
    REMOVED,
    People,
    Roster,
)
from data.demo.registry import Registry
from data.demo.reorganisation import NOTHING, Reorganisation
from data.demo.timeline import DAY, FAR_DAY, Array, Timeline
from data.demo.transfers import transfer_ids

_STATES = ("in_party", "deceased", "transferred_out", "removed")
_OCCUPATION = tuple(ENUMS["occupation"])
_REASONS = tuple(ENUMS["membership_reason"])
_REORGANIZED = _REASONS.index("reorganized")
_ETHNIC = ("汉族", "畲族", "回族", "土家族", "苗族", "满族")


def open_end(days: Array) -> Array:
    """End days for a column: FAR_DAY becomes NULL."""
    return np.where(days >= FAR_DAY, NULL_DAY, days)


def _state(people: People) -> Array:
    return np.select([people.fate == PRESENT, people.fate == DIED, people.fate == REMOVED], [0, 1, 3], 2)


def in_service(people: People, now_day: int) -> Array:
    """在职党员: working today, by occupation and age."""
    return ~np.isin(people.occupation, [1, 5, 7]) & (people.birth > now_day - 61 * 365)


def unknown_birthdays(people: People, time: Timeline) -> Array:
    """Members whose birthday is not on record."""
    return time.stream("unknown-birthdays").random(len(people)) < 0.01


def write_people(
    writer: RowSink,
    people: People,
    roster: Roster,
    registry: Registry,
    time: Timeline,
    changes: Reorganisation = NOTHING,
) -> None:
    """Rows of the four member tables."""
    _write_members(writer, people, registry, time)
    _write_memberships(writer, people, roster, registry, time, changes)
    _write_categories(writer, people, time)
    _write_states(writer, people, time)


def _write_members(writer: RowSink, people: People, registry: Registry, time: Timeline) -> None:
    """One row per member; 1 % of them have an incomplete record."""
    rng = time.stream("people-rows")
    n = len(people)
    ids = np.arange(1, n + 1)
    numbers = [f"{registry.tree.spec.code}{i:08d}" for i in ids]
    blank, blank2 = unknown_birthdays(people, time), rng.random(n) < 0.012
    last = np.where(people.fate == PRESENT, people.start, np.minimum(people.end, time.now_day))
    stamp = np.maximum(last * DAY + 9 * 3600, (int(time.starts[0]) - 50) * DAY)
    stamp = np.minimum(stamp, time.now_s - 60)
    place = np.array([o.division or 1 for o in registry.tree.orgs])[registry.branch_org - 1]
    working = in_service(people, time.now_day)
    writer.put(
        "members",
        {
            "member_id": ids,
            "member_no": pa.array(numbers),
            "name": pa.array([f"党员{i:06d}" for i in ids]),
            "gender": coded(people.woman.astype(int), ("M", "F")),
            "birthday": np.where(blank, NULL_DAY, people.birth),
            "ethnicity": coded(np.where(rng.random(n) < 0.988, 0, rng.integers(1, 6, n)), _ETHNIC),
            "education": coded(np.where(blank2, -1, people.education), EDUCATION),
            "occupation": coded(people.occupation, _OCCUPATION),
            "home_division_id": place[people.home],
            "joined_on": people.joined,
            "full_member_on": people.full_on,
            "member_stage": coded((people.full_on != NULL_DAY).astype(int), ("probationary", "full")),
            "membership_state": coded(_state(people), _STATES),
            "category": coded(people.category1, CATEGORIES),
            "is_in_service": working,
            "qr_token_hash": pa.array([_token_hash(number) for number in numbers]),
            "is_leading_cadre": working & (rng.random(n) < 0.012),
            "left_on": np.where(people.fate == GUEST, NULL_DAY, open_end(people.end)),
            "created_at": stamp,
        },
    )


def _token_hash(member_no: str) -> str:
    """Digest of the token in a member's code; the token of a synthetic member is made of the number."""
    return hashlib.sha256(f"code:{member_no}".encode()).hexdigest()


def _stamp(days: Array, time: Timeline) -> Array:
    """A plausible moment of recording for events of the given days, never before the window nor after now."""
    return np.asarray(np.clip(days * DAY + 10 * 3600, (int(time.starts[0]) - 40) * DAY, time.now_s - 60))


def _write_memberships(
    writer: RowSink,
    people: People,
    roster: Roster,
    registry: Registry,
    time: Timeline,
    changes: Reorganisation,
) -> None:
    """One row per member and period in a branch; a branch that changed in it makes two of them."""
    group = registry.group_org if len(registry.group_org) else np.zeros(1, dtype=np.int64)
    row, branch, start, end = changes.split(roster.branch, roster.start, roster.end)
    ended = open_end(end)
    first, last = start == roster.start[row], end == roster.end[row]
    started_by = np.where(first, roster.started_by[row], _REORGANIZED)
    ended_by = np.where(last, roster.ended_by[row], _REORGANIZED)
    moved = (first & (started_by == 1)) | (last & (ended_by == 2))
    writer.put(
        "memberships",
        {
            "membership_id": np.arange(1, len(row) + 1),
            "member_id": roster.member[row] + 1,
            "branch_org_id": registry.branch_org[branch],
            "party_group_org_id": np.where(
                roster.group[row] >= 0, group[np.maximum(roster.group[row], 0)], -1
            ),
            "kind": coded(roster.flow_in[row].astype(int), ("formal", "flow_in")),
            "started_on": start,
            "ended_on": ended,
            "start_reason": coded(started_by, _REASONS),
            "transfer_id": np.where(moved, transfer_ids(people)[roster.member[row]], -1),
            "end_reason": coded(np.where(ended == NULL_DAY, -1, ended_by), _REASONS),
            "created_at": _stamp(np.where(ended == NULL_DAY, start, ended), time),
        },
    )


def _write_categories(writer: RowSink, people: People, time: Timeline) -> None:
    changed = np.flatnonzero(people.changed < FAR_DAY)
    changed = changed[
        (people.changed[changed] > people.start[changed]) & (people.changed[changed] < people.end[changed])
    ]
    gone = open_end(people.end)
    end = gone.copy()
    end[changed] = people.changed[changed]
    plain = np.setdiff1d(np.arange(len(people)), changed)
    member = np.concatenate([plain, changed, changed])
    category = np.concatenate(
        [
            people.category_on(plain, np.minimum(people.end[plain], time.now_day)),
            people.category0[changed],
            people.category1[changed],
        ]
    )
    valid_from = np.concatenate([people.start[plain], people.start[changed], people.changed[changed]])
    valid_to = np.concatenate([gone[plain], people.changed[changed], gone[changed]])
    abroad = category == ABROAD
    writer.put(
        "member_category_history",
        {
            "history_id": np.arange(1, len(member) + 1),
            "member_id": member + 1,
            "category": coded(category, CATEGORIES),
            "valid_from": valid_from,
            "valid_to": valid_to,
            "procedure_kind": coded(
                np.where(abroad, member % 2 + 1, -1), ("suspend", "retain", "keep_relation")
            ),
            "procedure_completed_on": np.where(abroad & (member % 9 > 0), valid_from + 20, NULL_DAY),
            "created_at": _stamp(np.where(valid_to == NULL_DAY, valid_from, valid_to), time),
        },
    )


def _write_states(writer: RowSink, people: People, time: Timeline) -> None:
    """Probationary and full periods in the party, then the state in which a member left."""
    own = np.flatnonzero(people.fate != GUEST)
    gone = own[people.end[own] < FAR_DAY]
    since = np.minimum(people.joined, people.start)
    full_from = np.where(people.full_on == NULL_DAY, FAR_DAY, np.maximum(people.full_on, since))
    early = np.flatnonzero((people.fate != GUEST) & (full_from > since))
    member = np.concatenate([early, own[full_from[own] < FAR_DAY], gone])
    n_early, n_full = len(early), int((full_from[own] < FAR_DAY).sum())
    full = own[full_from[own] < FAR_DAY]
    valid_from = np.concatenate([since[early], full_from[full], people.end[gone]])
    valid_to = np.concatenate(
        [np.minimum(full_from[early], people.end[early]), people.end[full], np.full(len(gone), FAR_DAY)]
    )
    stage = np.concatenate([np.zeros(n_early, int), np.ones(n_full, int), np.ones(len(gone), int)])
    state = np.concatenate([np.zeros(n_early + n_full, int), _state(people)[gone]])
    keep = valid_to > valid_from
    member, valid_from, valid_to = member[keep], valid_from[keep], valid_to[keep]
    writer.put(
        "member_state_history",
        {
            "history_id": np.arange(1, len(member) + 1),
            "member_id": member + 1,
            "member_stage": coded(stage[keep], ("probationary", "full")),
            "membership_state": coded(state[keep], _STATES),
            "valid_from": valid_from,
            "valid_to": open_end(valid_to),
            "created_at": _stamp(np.where(valid_to >= FAR_DAY, valid_from, valid_to), time),
        },
    )
