"""党员锋领指数报告: from the restricted store only, with an audit line for every one asked for."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from dashboard.profile import load_profile
from dashboard.reports.documents import Imprint
from dashboard.reports.member_report import member_document, message, write_audit
from data.projection.member_reports import write_closed_months
from data.queries.report_member import Item, load
from data.readmodel.light import Light
from data.readmodel.member_store import member_keys, member_months
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source

PROFILE = load_profile("haishu")


def test_a_member_stands_beside_the_mean_of_all_members_of_the_month() -> None:
    district = random_district(11)
    store, month = in_memory(), district.months[-2]
    write_closed_months(new_source(district.rows), store, PROFILE.catalogue, district.now)
    with store.connect() as connection:
        query = sa.select(member_keys.c.member_no, member_months).join(
            member_months, member_months.c.member_id == member_keys.c.member_id
        )
        rows = connection.execute(query.where(member_months.c.period_month == month)).mappings().all()
    life = [row["points_life"] for row in rows if row["points_life"] is not None]
    found = load(store, rows[0]["member_no"], month)
    assert found is not None
    assert found.light == rows[0]["light"]
    own, mean = found.classes[0]
    assert own == rows[0]["points_life"]
    assert mean is not None
    assert abs(mean - sum(life) / len(life)) < 1e-9
    assert len(found.items) == 33
    page = member_document(PROFILE, found, Imprint.of(PROFILE, district.now, True))
    assert rows[0]["member_no"] in page
    assert "Macro" not in page
    assert load(store, "nobody", month) is None
    assert load(store, rows[0]["member_no"], district.months[-1]) is None


def test_a_lit_indicator_sends_its_message_and_another_none() -> None:
    dues = Item("hs_m_dues", 1.0, None, None, Light.YELLOW)
    assert message(PROFILE, dues, "2026-10").startswith("您10月的党费尚未足额缴纳，已亮黄灯。")
    hours = Item("hs_m_study_hours", 4.0, None, None, Light.YELLOW)
    assert message(PROFILE, hours, "2026-10") == "“学习学时”已亮黄灯，请与支部联系。"
    assert message(PROFILE, Item("hs_m_dues", 0.0, 1.0, 1.0, Light.GREEN), "2026-10") == ""


def test_every_report_asked_for_leaves_a_line(tmp_path: Path) -> None:
    file = tmp_path / "reports" / "audit.log"
    for number in ("A1", "A2"):
        write_audit(file, "operator", number, "2026-10", datetime(2026, 11, 5, 9))
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["member_no"] for line in lines] == ["A1", "A2"]
    assert lines[0] == {"at": "2026-11-05 09:00:00", "who": "operator", "member_no": "A1", "month": "2026-10"}
    assert file.stat().st_mode & 0o077 == 0
