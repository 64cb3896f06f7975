"""Exports of a served leadership application: real pages, the real gate, the server's own browser."""

from __future__ import annotations

import io
import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader
from waitress.server import create_server

from callbacks.application import create_app
from callbacks.leadership import application
from callbacks.leadership.application import Leadership
from callbacks.leadership.export_service import ExportPlace
from callbacks.leadership.exports import Exports
from dashboard.leadership.export.chromium import Chromium, find_chromium
from dashboard.leadership.export.makers import Makers
from dashboard.leadership.export.pdf_text import text_of
from dashboard.leadership.export.picture import png
from dashboard.leadership.export.printing import Sheet, print_document
from dashboard.leadership.look import Look
from dashboard.leadership.pages import cockpit
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Part, Table
from dashboard.profile import load_profile
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.exports.jobs import Job, Order
from data.viewer import Viewer
from tests.browser.served_wall import TrialSettings
from tests.readmodel_district import NOW, fill

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: apt-get install chromium"),
]
ROWS = [{"org_id": 1000 + n, "name": f"西门街道第{n}党支部", "members": n} for n in range(1, 61)]
FIGURE = go.Figure(go.Bar(x=["段塘", "石碶"], y=[3, 5]), layout={"height": 260})
COLUMNS = (Column("name", "党支部", grows=True), Column("members", "党员数", "integer"))
PARTS: tuple[Part, ...] = (
    Numbers("figures", "长期概况", numbers=[Number("党员总数", 47411, unit="人")]),
    Figure("rate", "各镇街参与率", figure=FIGURE, describes="两个镇街", span=6),
    Table("branches", "所属支部", columns=COLUMNS, rows=ROWS),
)


@dataclass(frozen=True)
class TrialLeadership:
    """Settings of accounts on trial."""

    session_idle_minutes: int = 30
    session_hours: int = 12
    trust_proxy: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = ""


@dataclass
class Trial:
    """A served application with one viewer of the district; ``parts`` is what the cockpit shows."""

    accounts: sa.Engine
    viewer: Viewer
    client: FlaskClient
    exports: Exports
    parts: list[Part] = field(default_factory=list)

    def made(self, kind: str, part: str = "", page: str = "cockpit") -> tuple[Job, bytes]:
        """An export, made at once by this thread; the job with its file or nothing."""
        order = Order(kind, f"/leadership/{page}?month=2026-10", "总览 · 海曙区委", part)
        job = self.exports.jobs.add(self.viewer, order)
        assert self.exports.worker.run_one()
        ended = self.exports.jobs.one(self.viewer, job.id)
        assert ended is not None
        file = self.exports.worker.file(ended)
        return ended, file.read_bytes() if file else b""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    found = Chromium()
    yield found
    found.close()


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    folder = tmp_path_factory.mktemp("exports")
    engine = sa.create_engine(f"sqlite:///{folder / 'readmodel.db'}", poolclass=sa.NullPool)
    fill(engine, branches=60, towns=3, months=14)
    accounts = open_accounts(f"sqlite:///{folder / 'accounts.db'}")
    own = account.add(
        accounts, "zuzhibu", "组织部", "district_org_dept", 1000, None, NOW, must_change=False
    ).viewer
    kept: list[Exports] = []
    with pytest.MonkeyPatch.context() as patched, socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
        make = application.exports_of
        patched.setattr(application, "exports_of", lambda *given: kept.append(make(*given)) or kept[0])
        settings: Any = TrialLeadership()
        leadership = Leadership(accounts, settings, {}, ExportPlace(folder / "files", "0.0.0.0", port))
        app = create_app(engine, TrialSettings(), load_profile("haishu"), lambda: NOW, leadership=leadership)
    client = app.server.test_client()
    client.set_cookie("vanguard_session", sessions.begin(accounts, own.account_id, "password", NOW))
    found = Trial(accounts, own, client, kept[0], list(PARTS))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cockpit, "build", lambda reader, asked: tuple(found.parts))
        patched.setattr("callbacks.leadership.pages.Pages._parts", lambda self, page, r, a: page.build(r, a))
        served = create_server(app.server, host="127.0.0.1", port=port, threads=6)
        thread = threading.Thread(target=served.run, daemon=True)
        thread.start()
        yield found
        served.close()
        thread.join(10)
    found.exports.chromium.close()
    accounts.dispose()
    engine.dispose()


@pytest.fixture(autouse=True)
def parts_as_they_were(trial: Trial) -> None:
    trial.parts = list(PARTS)


def test_a_printed_page_has_every_title_every_row_as_of_and_page_numbers(trial: Trial) -> None:
    job, pdf = trial.made("pdf")
    assert (job.state, job.error) == ("done", "")
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) > 1, "sixty rows do not fit on one sheet"
    width, height = reader.pages[0].mediabox[2:]
    assert (float(width), float(height)) == pytest.approx((842, 595), abs=1.5), "A4 lying down"
    text = text_of(pdf)
    for row in ROWS:
        assert str(row["name"]) in text
    for said in (
        "长期概况",
        "47,411",
        "各镇街参与率",
        "数据截至2026-11-20",
        f"共{len(reader.pages)}页",
        "zuzhibu",
    ):
        assert said in text
    assert "西门" in reader.pages[0].extract_text() + reader.pages[1].extract_text(), (
        "characters, not radicals"
    )


def test_a_page_with_a_failing_part_fails_the_job_with_its_reason(trial: Trial) -> None:
    trial.parts = [
        *PARTS,
        Table("late", "晚到的表", columns=[Column("name", "党支部")], rows=ROWS, exports=False),
    ]
    job, _ = trial.made("pdf")
    assert (job.state, job.error) == ("failed", "“晚到的表”是人员名单，只供查看，不导出")

    calls: list[int] = []

    def breaks(*_: object) -> tuple[Part, ...]:
        # The first building is the worker's own; the page in the browser then shows something else.
        calls.append(1)
        return PARTS if len(calls) == 1 else PARTS[:2]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cockpit, "build", breaks)
        job, content = trial.made("pdf")
    assert job.state == "failed"
    assert job.error.startswith("PDF不完整，缺少：所属支部")
    assert content == b""


def test_a_page_outside_the_scope_is_printed_for_nobody(trial: Trial) -> None:
    order = Order("pdf", "/leadership/cockpit?org=999999&month=2026-10", "别处")
    job = trial.exports.jobs.add(trial.viewer, order)
    trial.exports.worker.run_one()
    ended = trial.exports.jobs.one(trial.viewer, job.id)
    assert ended is not None
    assert (ended.state, ended.error) == ("failed", "这一页或这个组织不在您的查看范围内")


def test_persons_are_not_taken_away_by_any_kind(trial: Trial) -> None:
    for kind in ("excel", "pdf"):
        job, content = trial.made(kind, page="members")
        assert (job.state, job.error, content) == ("failed", "本页涉及党员个人，只供查看，不导出", b"")


def test_the_print_token_opens_pages_for_its_minute_and_takes_nothing_away(trial: Trial) -> None:
    client = trial.client.application.test_client()
    makers = trial.exports.worker._make
    assert isinstance(makers, Makers)
    with makers.rights.granted(trial.viewer, NOW) as token:
        client.set_cookie("vanguard_print", token)
        assert client.get("/leadership/cockpit").status_code == 200
        assert client.get("/leadership/exports/x").status_code == 302, "to the login"
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


def test_a_figure_becomes_a_picture_of_twice_its_size_with_chinese_ink(trial: Trial) -> None:
    job, content = trial.made("png", "rate")
    assert (job.state, job.error) == ("done", "")
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
    assert picture.shape[1] == 2 * (round(1400 * 6 / 12 - 16) + 48)
    brand = np.array([0x8E, 0x14, 0x18])
    title = np.abs(picture[:100].astype(int) - brand).sum(axis=2) < 60
    assert title.sum() > 800, "the title is written"
    job, _ = trial.made("png", "branches")
    assert job.error == "本页没有这张图"


def test_two_titles_of_equal_length_are_two_pictures(trial: Trial, chromium: Chromium) -> None:
    build = trial.exports.worker._make.build  # type: ignore[attr-defined]
    from dashboard.leadership.address import Address

    facts = build(Address("cockpit", month="2026-10"), trial.viewer).facts
    figure = Look().figure(200)
    figure.add_bar(x=[1], y=[1])
    first, second = (
        png(chromium, Figure("a", title, figure=figure), facts) for title in ("段塘碶", "鄞溇曙")
    )
    assert first != second, "boxes in place of characters look alike"


def test_a_browser_that_died_is_replaced_and_reaches_nothing_but_this_machine(chromium: Chromium) -> None:
    logging.getLogger("choreographer").setLevel(logging.CRITICAL)
    page = "<body><h1>再来一次</h1></body>"
    sheet = Sheet("题", "注", scale=1)
    assert "再来一次" in text_of(print_document(chromium, page, sheet))
    browser = chromium._browser
    assert browser is not None
    browser.subprocess.kill()
    browser.subprocess.wait(20)
    before = chromium.starts
    assert "再来一次" in text_of(print_document(chromium, page, sheet))
    assert chromium.starts == before + 1


def test_without_a_browser_excel_still_works_and_the_reason_names_the_remedy(tmp_path: Path) -> None:
    missing = Chromium()
    missing.path = None
    assert "apt-get install chromium" in missing.missing
