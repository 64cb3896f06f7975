"""Random edits of a living district: what people and systems do to its rows while a projector watches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import METADATA
from tests.naive.district import District, end_of, first_of, month_of
from tests.naive.life import add_attendance, add_obligation, add_payment, random_activity
from tests.naive.member_edits import MEMBER_EDITS
from tests.naive.rows import READ, Row, next_key, write
from tests.naive.standing_edits import STANDING_EDITS

# A row of these may be deleted and come back at any time; the tree has edits of its own.
DELETABLE = tuple(
    name
    for name in READ
    if name not in ("divisions", "organizations", "month_closings", "organization_parent_history")
)


@dataclass
class Living:
    """A database that is edited; ``now`` is its server's time, which every write stamps on its row."""

    engine: sa.Engine
    chance: random.Random
    now: datetime
    months: list[str]

    def pick(self, name: str, where: Callable[[Row], bool] = lambda row: True) -> Row | None:
        """Any row of the table, or None when there is none like that."""
        table = METADATA.tables[name]
        with self.engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(sa.select(table))]
        fitting = [row for row in rows if where(row)]
        return self.chance.choice(fitting) if fitting else None

    def update(self, table: str, row: Row | None, **values: Any) -> None:
        if row is None:
            return
        key = next(iter(METADATA.tables[table].primary_key))
        statement = METADATA.tables[table].update().where(key == row[key.name])
        with self._writing() as connection:
            connection.execute(statement.values(**{"updated_at": self.stamp(), **values}))

    def insert(self, table: str, /, **values: Any) -> int:
        key = next(iter(METADATA.tables[table].primary_key)).name
        with self._writing() as connection:
            number = next_key(connection, table)
            write(connection, {table: [{key: number, "updated_at": self.stamp(), **values}]})
        return number

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction; what a unique key refuses is not written at all."""
        with suppress(sa.exc.IntegrityError), self.engine.begin() as connection:
            yield connection

    def stamp(self) -> datetime:
        """A write a few seconds ago; writes do not arrive in the order of their times."""
        return self.now - timedelta(seconds=self.chance.randrange(10))

    def draft(self) -> District:
        """A builder of rows that continues the keys of the database."""
        with self.engine.connect() as connection:
            keys = {name: next_key(connection, name) - 1 for name in READ}
            tables = ("organizations", "members")
            rows = {
                name: [dict(r._mapping) for r in connection.execute(sa.select(METADATA.tables[name]))]
                for name in tables
            }
        self.known = {name: len(found) for name, found in rows.items()}
        # The builder dates its rows a day back; here they are written now.
        return District(self.chance, self.now, self.months, rows, keys)

    def write(self, draft: District) -> None:
        new = {name: rows[self.known.get(name, 0) :] for name, rows in draft.rows.items()}
        for rows in new.values():
            for row in rows:
                row["updated_at"] = self.stamp()
        with self._writing() as connection:
            write(connection, new)

    def branch(self) -> int:
        row = self.pick("organizations", is_branch)
        assert row is not None
        return int(row["org_id"])

    def day(self) -> date:
        return first_of(self.chance.choice(self.months)) + timedelta(days=self.chance.randrange(28))


def is_branch(row: Row) -> bool:
    return row["org_type"] in ("branch", "joint_branch", "temporary_branch")


def hold_activity(at: Living) -> None:
    draft = at.draft()
    owners = [row["org_id"] for row in draft.rows["organizations"]]
    random_activity(draft, at.chance.choice(owners), at.chance.choice(at.months))
    at.write(draft)


def redate_activity(at: Living) -> None:
    """Another day, often another month, of the same organisation's activity."""
    row = at.pick("activities", lambda r: r["activity_id"] != 1)
    day = at.day()
    started = datetime(day.year, day.month, day.day, 10)
    values = {"started_at": started, "ended_at": None, "period_month": month_of(started)}
    at.update("activities", row, **values, recorded_at=started + timedelta(hours=1))


def hand_over_activity(at: Living) -> None:
    """It was another organisation's, perhaps a committee's, after all."""
    org = at.pick("organizations")
    assert org is not None
    at.update("activities", at.pick("activities", lambda r: r["activity_id"] != 1), org_id=org["org_id"])


def change_activity(at: Living) -> None:
    row = at.pick("activities", lambda r: r["activity_id"] != 1)
    kind = at.chance.choice(("theme_party_day", "group_meeting", "member_assembly", "training"))
    at.update("activities", row, activity_type=kind, status=at.chance.choice(("held", "cancelled")))


def sign_in(at: Living) -> None:
    draft = at.draft()
    activity, member = at.pick("activities"), at.pick("members")
    if activity is not None and member is not None:
        started = activity["started_at"] or at.now
        add_attendance(draft, activity["activity_id"], member["member_id"], started, activity["ended_at"])
        at.write(draft)


def correct_sign_in(at: Living) -> None:
    row = at.pick("attendances")
    at.update("attendances", row, status=at.chance.choice(("absent", "leave")), is_required=True)


def pay(at: Living) -> None:
    """A payment of something owed, or an obligation and its payment."""
    draft = at.draft()
    owed = at.pick("dues_obligations")
    if owed is None or at.chance.random() < 0.3:
        member, month = at.pick("members"), at.chance.choice(at.months)
        if member is not None:
            number = add_obligation(draft, member["member_id"], at.branch(), month)
            add_payment(draft, number, member["member_id"], month)
    else:
        add_payment(draft, owed["obligation_id"], owed["member_id"], owed["dues_month"])
    at.write(draft)


def delete_or_restore(at: Living) -> None:
    name = at.chance.choice(DELETABLE)
    row = at.pick(name)
    if row is not None:
        at.update(name, row, deleted_at=at.now if row["deleted_at"] is None else None)


def found_branch(at: Living) -> None:
    parent = at.pick("organizations", lambda r: r["org_type"] == "party_committee")
    if parent is None:
        return
    values = {"org_type": "branch", "sector": "village", "parent_org_id": parent["org_id"], "town_id": 1}
    number = at.insert("organizations", name="新", short_name="新", established_on=at.day(), **values)
    at.insert("organizations", org_type="party_group", parent_org_id=number, established_on=at.day())


def dissolve_branch(at: Living) -> None:
    row = at.pick("organizations", is_branch)
    if row is not None:
        at.update("organizations", row, dissolved_on=max(at.day(), row["established_on"]))


def delete_organisation(at: Living) -> None:
    row = at.pick("organizations", lambda r: is_branch(r) or r["org_type"] == "party_group")
    if row is not None:
        at.update("organizations", row, deleted_at=at.now if row["deleted_at"] is None else None)


def move_group(at: Living) -> None:
    row = at.pick("organizations", lambda r: r["org_type"] == "party_group")
    at.update("organizations", row, parent_org_id=at.branch())


def move_branch(at: Living) -> None:
    parent = at.pick("organizations", lambda r: r["org_type"] == "party_committee")
    row, day = at.pick("organizations", is_branch), at.day()
    if parent is None or row is None:
        return
    at.update("organizations", row, parent_org_id=parent["org_id"], town_id=at.chance.choice((1, 2, None)))
    common = {"org_id": row["org_id"], "valid_from": date(2019, 7, 1), "valid_to": day}
    at.insert("organization_parent_history", parent_org_id=row["parent_org_id"], **common)


def move_member(at: Living) -> None:
    row, day = at.pick("memberships", lambda r: r["ended_on"] is None), at.day()
    if row is None or day <= row["started_on"]:
        return
    at.update("memberships", row, ended_on=day, end_reason="transfer_out")
    values = {"kind": "formal", "started_on": day, "start_reason": "transfer_in"}
    at.insert("memberships", member_id=row["member_id"], branch_org_id=at.branch(), **values)


def redate_membership(at: Living) -> None:
    row = at.pick("memberships")
    at.update("memberships", row, started_on=at.day(), kind=at.chance.choice(("formal", "flow_in")))


def change_category(at: Living) -> None:
    row, day = at.pick("member_category_history", lambda r: r["valid_to"] is None), at.day()
    if row is None or day <= row["valid_from"]:
        return
    at.update("member_category_history", row, valid_to=day)
    kind = at.chance.choice(("flow_out", "abroad", "normal_active"))
    at.insert("member_category_history", member_id=row["member_id"], category=kind, valid_from=day)


def suspend_member(at: Living) -> None:
    row, day = at.pick("member_state_history", lambda r: r["valid_to"] is None), at.day()
    if row is not None and day > row["valid_from"]:
        at.update("member_state_history", row, valid_to=day)


def correct_member(at: Living) -> None:
    at.update("members", at.pick("members"), birthday=date(1950, 5, 5), gender="F", education="bachelor")


def move_on(at: Living) -> None:
    """What is under way goes on: steps, transfers, terms, posts, warnings, points, reports, reviews."""
    day = at.day()
    moment = min(datetime(day.year, day.month, day.day, 9), at.now - timedelta(hours=1))
    at.update("transfer_steps", at.pick("transfer_steps"), decided_at=moment)
    at.update("transfers", at.pick("transfers"), state=at.chance.choice(("withdrawn", "pending")))
    at.update("org_terms", at.pick("org_terms"), extension_until=day)
    at.update("party_posts", at.pick("party_posts"), ended_on=day)
    at.update("warnings", at.pick("warnings"), state="closed", rectified_at=moment)
    at.update("floating_reports", at.pick("floating_reports"), review_result="approve")
    at.update("appraisals", at.pick("appraisals"), held_on=day, recorded_at=moment)
    member = at.pick("members")
    if member is not None:
        common = {"member_id": member["member_id"], "org_id": at.branch()}
        month = at.chance.choice(at.months)
        at.insert(
            "point_entries", scheme="haishu", subject_type="member", points=3, period_month=month, **common
        )
        late = end_of(month) + timedelta(days=1)
        service = {"service_on": first_of(month), "hours": 2, "verified_at": late}
        at.insert("volunteer_records", recorded_at=at.chance.choice((moment, late)), **service, **common)


EDITS: tuple[Callable[[Living], None], ...] = (
    hold_activity,
    redate_activity,
    hand_over_activity,
    change_activity,
    sign_in,
    correct_sign_in,
    pay,
    delete_or_restore,
    delete_or_restore,
    found_branch,
    dissolve_branch,
    delete_organisation,
    move_group,
    move_branch,
    move_member,
    redate_membership,
    change_category,
    suspend_member,
    correct_member,
    move_on,
    *STANDING_EDITS,
    *MEMBER_EDITS,
)
