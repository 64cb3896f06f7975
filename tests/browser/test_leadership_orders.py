"""Orders of exports: who may, what the menu tells, what a right to print is good for."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document
from openpyxl import load_workbook

from callbacks.leadership.exports import ordered
from dashboard.leadership import ids
from dashboard.leadership.address import AddressInvalid
from dashboard.leadership.export import printing
from dashboard.leadership.export.chromium import Chromium, command, evaluate, find_chromium
from dashboard.leadership.export.makers import Makers
from dashboard.leadership.export.pdf_text import text_of
from dashboard.leadership.export.printing import Sheet, print_document
from data.accounts import account, audit, sessions
from data.errors import ExportFailed, ExportRefused
from data.exports.jobs import Job, Order
from data.readmodel.schema import nodes
from data.viewer import Viewer
from layouts.leadership.export_menu import Takeable, entries
from tests.browser.exporting import Trial
from tests.readmodel_district import NOW

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("parts_as_they_were"),
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: apt-get install chromium"),
]


def test_the_print_token_opens_pages_for_its_minute_and_takes_nothing_away(trial: Trial) -> None:
    client = trial.client.application.test_client()
    makers = trial.exports.worker._make
    assert isinstance(makers, Makers)
    with makers.rights.granted(trial.viewer, NOW) as token:
        client.set_cookie("vanguard_print", token)
        assert client.get("/leadership/cockpit").status_code == 200
        assert client.get("/leadership/exports/x").status_code == 302, "to the login"
        before = len(trial.exports.jobs.of(trial.viewer))
        forged = {
            "output": f"..{ids.EXPORT_TOAST}.children...{ids.EXPORT_ASK}.disabled..",
            "outputs": [],
            "inputs": [],
            "changedPropIds": [],
        }
        answer = client.post(
            "/leadership/_dash-update-component", json=forged, headers={"Origin": "http://localhost"}
        )
        assert (answer.status_code, answer.data) == (204, b""), "a print changes nothing"
        assert len(trial.exports.jobs.of(trial.viewer)) == before
    assert client.get("/leadership/cockpit").status_code == 302


def test_a_file_is_downloaded_by_its_owner_only(trial: Trial) -> None:
    job, content = trial.made("excel")
    answer = trial.client.get(f"/leadership/exports/{job.id}")
    assert answer.data == content
    answer.close()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.data)).sheetnames == ["关键数字", "所属支部"]
    stranger = account.add(
        trial.accounts, "jiedao", "街道", "committee_admin", 1001, None, NOW, must_change=False
    ).viewer
    other = trial.client.application.test_client()
    other.set_cookie("vanguard_session", sessions.begin(trial.accounts, stranger.account_id, "password", NOW))
    assert other.get(f"/leadership/exports/{job.id}").status_code == 404
    assert trial.client.application.test_client().get(f"/leadership/exports/{job.id}").status_code == 302


def ordered_by(trial: Trial, viewer: Viewer, kind: str, address: str) -> tuple[Job, bytes]:
    job = trial.exports.jobs.add(viewer, Order(kind, address, "报告"))
    assert trial.exports.worker.run_one()
    ended = trial.exports.jobs.one(viewer, job.id)
    assert ended is not None
    file = trial.exports.worker.file(ended)
    return ended, file.read_bytes() if file else b""


def test_reports_are_of_the_viewers_own_subtree(trial: Trial) -> None:
    with sa.create_engine(
        f"sqlite:///{trial.folder / 'readmodel.db'}", poolclass=sa.NullPool
    ).connect() as read:
        leaves = read.execute(
            sa.select(nodes).where(nodes.c.org_type == "branch").order_by(nodes.c.position)
        ).all()
    first, last = leaves[0], leaves[-1]
    secretary = Viewer(90, "shuji", "书记", "branch_secretary", first.org_id)
    own = f"/leadership/branch?month=2026-10&org={first.org_id}"
    job, content = ordered_by(trial, secretary, "branch-docx", own)
    assert (job.state, job.error) == ("done", "")
    words = [p.text for p in Document(io.BytesIO(content)).paragraphs]
    assert words[0] == "支部党建诊疗报告"
    assert first.name in words[1]
    others = f"/leadership/branch?month=2026-10&org={last.org_id}"
    for kind, address in (("branch-docx", others), ("quarter-docx", own), ("problems-pdf", own)):
        job, content = ordered_by(trial, secretary, kind, address)
        assert (job.state, job.error, content) == ("failed", "这一页或这个组织不在您的查看范围内", b"")
    job, _ = ordered_by(
        trial, trial.viewer, "branch-docx", "/leadership/branch?month=2026-11&org=" + str(last.org_id)
    )
    assert job.error == "2026-11尚未关账，还没有诊疗报告"
    job, content = ordered_by(trial, trial.viewer, "problems-pdf", "/leadership/cockpit?month=2026-11")
    assert (job.state, job.error) == ("done", "")
    assert "2026年第三季度" in text_of(content)


@pytest.mark.parametrize(
    ("kind", "address", "said"),
    [
        ("sql", "/leadership/cockpit", "没有这种导出"),
        ("excel", "/leadership/members?org=1003", "涉及党员个人"),
        ("pdf", "/leadership/member?member=3", "涉及党员个人"),
        ("excel", "/leadership/cockpit?month=1;drop", "月份写作"),
        ("excel", "/leadership/cockpit?x=%3Cscript%3E", "只能是"),
    ],
)
def test_a_forged_order_is_refused_before_it_is_in_the_queue(
    trial: Trial, kind: str, address: str, said: str
) -> None:
    before = len(trial.exports.jobs.of(trial.viewer))
    with pytest.raises((ExportRefused, AddressInvalid), match=said):
        ordered(trial.exports, trial.viewer, Order(kind, address, "伪造"))
    assert len(trial.exports.jobs.of(trial.viewer)) == before


def test_the_menu_orders_tells_and_hands_out_a_file(trial: Trial, chromium: Chromium) -> None:
    async def clicked(browser: Any) -> str:
        async def until(expression: str) -> Any:
            for _ in range(200):
                if found := await evaluate(tab, expression):
                    return found
                await asyncio.sleep(0.1)
            raise AssertionError(f"waited in vain for {expression}")

        async with printing._tab(browser) as tab:
            makers: Any = trial.exports.worker._make
            token = sessions.begin(trial.accounts, trial.viewer.account_id, "password", NOW)
            await command(tab, "Network.setCookie", name="vanguard_session", value=token, url=makers.base)
            await command(tab, "Page.navigate", url=f"{makers.base}/leadership/cockpit?month=2026-10")
            await until("document.documentElement?.dataset.ready")
            button = "document.querySelector('#export-entries button[title=导出为Excel]')"
            await until(f"!!{button}")
            await evaluate(tab, f"document.querySelector('#export summary').click() || {button}.click()")
            return str(await until("document.querySelector('#export-toast a')?.getAttribute('href')"))

    link = chromium.run(clicked)
    trial.exports.worker.stop()
    answer = trial.client.get(link)
    assert load_workbook(io.BytesIO(answer.data)).sheetnames == ["关键数字", "所属支部"]
    answer.close()
    entries = audit.newest(trial.accounts, 5)
    assert {"export", "download"} <= {entry.action for entry in entries}


def buttons_of(row: Any) -> list[Any]:
    return [child for child in row.children if type(child).__name__ == "Button"]


def test_without_a_browser_print_and_picture_are_disabled_and_the_remedy_is_named() -> None:
    missing = Chromium()
    missing.path = None
    with pytest.raises(ExportFailed, match="apt-get install chromium"):
        print_document(missing, "<p>", Sheet("题", "注"))
    offer = Takeable(
        page=True, figures={"rate": "参与率"}, is_branch=True, is_of_district=False, missing=missing.missing
    )
    buttons = {str(b.id["export"]): b.disabled for row in entries(offer) for b in buttons_of(row)}
    assert buttons == {"excel": False, "pdf": True, "png": True, "branch-docx": False, "branch-pdf": True}
