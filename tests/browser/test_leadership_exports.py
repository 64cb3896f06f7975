"""Files of a served leadership application: whole, searchable, in the house style, or an error that says why."""

from __future__ import annotations

import io
import logging

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.leadership.address import Address
from dashboard.leadership.export.chromium import Chromium, find_chromium
from dashboard.leadership.export.pdf_text import text_of
from dashboard.leadership.export.picture import png
from dashboard.leadership.export.printing import Sheet, print_document
from dashboard.leadership.look import Look
from dashboard.leadership.pages import cockpit
from dashboard.leadership.parts import Column, Figure, Part, Table
from data.exports.jobs import Order
from tests.browser.exporting import PARTS, ROWS, Trial

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("parts_as_they_were"),
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: apt-get install chromium"),
]


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
