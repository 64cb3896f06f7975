"""党员锋领指数报告: from the restricted store only, with an audit line for every one asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.profile import Calendar, load_profile
from dashboard.reports.documents import Imprint
from dashboard.reports.member_cycle import MEMBER, MemberCycle
from dashboard.reports.member_report import member_document, message, write_audit
from data.projection.member_reports import write_closed_months
from data.queries.report_changes import closing_version
from data.queries.report_member import Item, count_members, load, load_all
from data.readmodel.light import Light
from data.readmodel.member_store import member_keys, member_months
from data.readmodel.reader import open_reader
from data.readmodel.report_runs import ReportRun, read_run, write_run
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector

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


def test_the_rank_counts_whoever_has_more_in_the_branch_and_the_share_whoever_has_fewer_at_all() -> None:
    district = random_district(11)
    store = in_memory()
    write_closed_months(new_source(district.rows), store, PROFILE.catalogue, district.now)
    with store.connect() as connection:
        rows = connection.execute(sa.select(member_months)).mappings().all()
    ranked = [row for row in rows if row["ks_points"] is not None]
    assert {row["ks_rank"] for row in ranked} > {1}
    for row in ranked:
        same = [r for r in ranked if r["period_month"] == row["period_month"]]
        points = [round(r["ks_points"], 6) for r in same]
        inside = [round(r["ks_points"], 6) for r in same if r["branch_org_id"] == row["branch_org_id"]]
        own = round(row["ks_points"], 6)
        assert row["ks_rank"] == 1 + sum(one > own for one in inside)
        assert row["ks_share_below"] == pytest.approx(sum(one < own for one in points) / len(points))
    assert all(row["ks_rank"] is None for row in rows if row["ks_points"] is None)
    lit = {row["period_month"][5:] for row in ranked if row["ks_light"] != Light.NA}
    assert lit <= {"06", "12"}


def test_all_members_of_a_month_are_read_as_each_alone() -> None:
    district = random_district(11)
    store, month = in_memory(), district.months[-2]
    write_closed_months(new_source(district.rows), store, PROFILE.catalogue, district.now)
    every = list(load_all(store, month))
    assert len(every) == count_members(store, month) > 3
    assert [load(store, one.member_no, month) for one in every] == every


@dataclass
class Reported:
    """A projected district and its restricted store; ``progress`` collects the steps told."""

    folder: Path
    monthly: bool
    told: list[tuple[str, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.district = random_district(11)
        self.month = self.district.months[-2]
        self.source, self.store, self.members = new_source(self.district.rows), new_store(), in_memory()
        projector(self.source, self.store, lambda: self.district.now).run()

    def run(self, *, again: bool = False) -> int:
        asked = Calendar(member_reports="monthly" if self.monthly else "on_demand")
        profile = PROFILE.model_copy(update={"calendar": asked})
        cycle = MemberCycle(self.source, self.store, self.members, profile, self.folder)

        def progress(step: str, done: int, total: int) -> None:
            self.told.append((step, done, total))

        return cycle.run(self.month, self.district.now, who="operator", again=again, progress=progress)

    def documents(self) -> list[Path]:
        return sorted((self.folder / self.month / "member").glob("*"))


def test_the_cycle_writes_the_restricted_store_and_no_document_unless_the_profile_asks(
    tmp_path: Path,
) -> None:
    reported = Reported(tmp_path, monthly=False)
    assert reported.run() == 0
    assert count_members(reported.members, reported.month) > 3
    assert reported.documents() == []
    run = read_run(reported.store, reported.month, MEMBER)
    assert run is not None
    assert (run.state, run.count) == ("done", 0)
    _, done, total = reported.told[-1]
    assert done == total > 0


def test_documents_of_every_month_are_closed_to_others_and_written_once(tmp_path: Path) -> None:
    reported = Reported(tmp_path, monthly=True)
    written = reported.run()
    files = reported.documents()
    assert written == len(files) == count_members(reported.members, reported.month)
    assert {file.stat().st_mode & 0o077 for file in (*files, files[0].parent)} == {0}
    assert reported.run() == 0
    assert reported.run(again=True) == written
    lines = (tmp_path / "audit.log").read_text("utf-8").splitlines()
    assert [json.loads(line)["member_no"] for line in lines] == ["*", "*"]


def test_an_interrupted_run_goes_on_where_it_ended_and_a_corrected_month_is_written_anew(
    tmp_path: Path,
) -> None:
    reported = Reported(tmp_path, monthly=True)
    written = reported.run()
    version = closing(reported)
    write_run(reported.store, ReportRun(reported.month, MEMBER, "generating", version))
    reported.documents()[0].unlink()
    assert reported.run() == 1
    write_run(reported.store, ReportRun(reported.month, MEMBER, "done", version + 1))
    assert reported.run() == written


def closing(reported: Reported) -> int:
    with open_reader(reported.store) as reader:
        version = closing_version(reader, reported.month)
    assert version is not None
    return version


def test_the_report_of_kunshan_tells_rank_and_share_and_no_other_does() -> None:
    district = random_district(11)
    store, month = in_memory(), district.months[-2]
    write_closed_months(new_source(district.rows), store, PROFILE.catalogue, district.now)
    found = next(one for one in load_all(store, month) if one.standing is not None)
    for slug in ("kunshan", "haishu"):
        profile = load_profile(slug)
        page = member_document(profile, found, Imprint.of(profile, district.now, True))
        assert ("支部内排名" in page) == (slug == "kunshan")
