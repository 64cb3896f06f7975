"""How the branches of a random district are set up: records with gaps, groups of members, procedures, the ledger."""

from __future__ import annotations

from datetime import date

from tests.naive.district import District


def add_setup(d: District) -> None:
    """Fills rows that are there: fields of organisations, party groups of members, procedures, amounts booked."""
    for row in d.rows["organizations"]:
        row |= {
            "short_name": d.chance.choice(("组织", "组织", "")),
            "division_id": d.chance.choice((None, 1)),
            "address": d.chance.choice((None, "", "某路1号")),
            "lng": d.chance.choice((None, 121.5)),
            "lat": d.chance.choice((None, 29.8)),
            "joint_unit_count": d.chance.choice((None, 3, 5, 6)),
        }
    groups = [row["org_id"] for row in d.groups()]
    for row in d.rows["memberships"]:
        own = [r["org_id"] for r in d.groups() if r["parent_org_id"] == row["branch_org_id"]]
        row["party_group_org_id"] = d.chance.choice((None, *own, *own, *own, *groups[:1]))
    for row in d.rows["member_category_history"]:
        row["procedure_completed_on"] = d.chance.choice((None, date(2020, 1, 1), d.day_in(d.a_month())))
    for row in d.rows.get("dues_ledger_entries", []):
        row["entry_kind"] = d.chance.choice(("collect", "collect", "remit_up", "other"))
        row["amount"] = d.chance.choice((5, 12.5, 40))
    for row in d.rows.get("development_step_defs", []):
        row["requires_superior"] = d.likely(0.5)
    for row in d.rows.get("development_steps", []):
        row["reviewed_at"] = d.moment_in(d.a_month()) if d.likely(0.5) else None
    _settle_some(d)


def _settle_some(d: District) -> None:
    """Some branches book exactly what was paid for them, quarter by quarter, a little more or less in others."""
    owed = {row["obligation_id"]: row for row in d.rows.get("dues_obligations", [])}
    payments = {row["payment_id"]: row for row in d.rows.get("dues_payments", [])}
    for branch in [row["org_id"] for row in d.branches()]:
        if d.likely(0.5):
            continue
        for row in d.rows["dues_ledger_entries"]:
            if row["org_id"] == branch:
                row["entry_kind"] = "remit_up"
        for month in d.months:
            parts = [
                part
                for part in d.rows.get("dues_payment_allocations", [])
                if owed[part["obligation_id"]]["branch_org_id"] == branch
                and f"{payments[part['payment_id']]['paid_at']:%Y-%m}" == month
            ]
            paid = sum(part["amount"] for part in parts if part.get("deleted_at") is None)
            if paid:
                amount = round(paid * d.chance.choice((1, 1, 1, 1.009, 0.98)), 2)
                last = payments[parts[0]["payment_id"]]["paid_at"].replace(day=28)
                common = {"org_id": branch, "period_month": month, "recorded_at": last}
                d.add("dues_ledger_entries", "entry_id", entry_kind="collect", amount=amount, **common)
