"""What dirties the set-up of a branch and the balance of its dues ledger."""

from __future__ import annotations

import sqlalchemy as sa

from data.clock import add_months, month_of
from data.contract import dues_obligations, dues_payment_allocations, dues_payments, members, organizations
from data.projection.catalogue import FAMILY, ROSTER
from data.projection.cells import DirtyCells
from data.projection.change_rules.kinds import ONE_WRITE, Rule, all_months_of, of_member
from data.projection.source import Source

o, p, x, g = dues_obligations.c, dues_payments.c, dues_payment_allocations.c, organizations.c


def _organisations(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A committee's town decides whether its branches are asked for theirs: all of them are counted again."""
    for (org_id,) in source.rows(sa.select(g.org_id).where(these)):
        branch = source.tree.branch_of(org_id)
        if branch is None:
            dirty.add_all(("setup",))
        dirty.add(("setup",), branch, source.calendar.months)


def _is_unbalanced(source: Source) -> bool:
    return bool(source.missing.intersection(FAMILY["balance"].tables))


def _obligations(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The branch it names and every branch of its member: an obligation may have been re-booked."""
    if _is_unbalanced(source):
        return
    for (branch,) in source.rows(sa.select(o.branch_org_id).where(these).distinct()):
        dirty.add(("balance",), branch, source.calendar.months)
    of_member(("balance",), "dues_obligations")(source, these, dirty)


def _paid(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The quarter of a new payment; of a changed one every quarter, its old day is not told."""
    if _is_unbalanced(source):
        return
    joined = dues_payment_allocations.join(dues_payments, p.payment_id == x.payment_id).join(
        dues_obligations, o.obligation_id == x.obligation_id
    )
    columns = (o.branch_org_id, p.paid_at, p.created_at, p.updated_at, x.created_at, x.updated_at)
    for branch, paid_at, *written in source.rows(sa.select(*columns).select_from(joined).where(these)):
        paid_first, paid_last, part_first, part_last = written
        is_new = paid_last - paid_first < ONE_WRITE and part_last - part_first < ONE_WRITE
        month = month_of(paid_at)
        closing = add_months(month, (3 - int(month[5:])) % 3)
        dirty.add(("balance",), branch, [closing] if is_new else source.calendar.months)


def _payments(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    _paid(source, x.payment_id.in_(sa.select(p.payment_id).where(these)), dirty)


def _members(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A deleted member takes memberships and obligations along."""
    of_member(("setup",), "members")(source, these, dirty)
    if not _is_unbalanced(source):
        who = sa.select(members.c.member_id).where(these)
        for (branch,) in source.rows(sa.select(o.branch_org_id).where(o.member_id.in_(who)).distinct()):
            dirty.add(("balance",), branch, source.calendar.months)


RULES: dict[str, Rule] = {
    "organizations": _organisations,
    "dues_obligations": _obligations,
    "dues_payments": _payments,
    "dues_payment_allocations": _paid,
    "dues_ledger_entries": all_months_of(("balance",), "dues_ledger_entries", "org_id"),
    **{name: of_member(("setup",), name) for name in ROSTER},
    "members": _members,
}
