"""Reports as Word documents, opened again: title, tables, as-of, page numbers, the same words as their pages."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from dashboard.profile import load_profile
from dashboard.reports.branch_report import BranchReport, HistoryMonth, Line, Prescription, WarningLine
from dashboard.reports.documents import Imprint, render
from dashboard.reports.quarter_reports import Bulletin, Place, ProblemList
from dashboard.reports.word_reports import branch_word, bulletin_word, problems_word

PROFILE = load_profile("haishu")
IMPRINT = Imprint.of(PROFILE, datetime(2026, 11, 5, 9), True)
REPORT = BranchReport(
    title="支部党建诊疗报告",
    org_id=11,
    org_code="330200011",
    name="中共段塘街道第一支部委员会",
    short_name="段塘第一党支部",
    superior="段塘街道党工委",
    month="2026-10",
    period="2026年10月",
    issued_on="2026年11月5日",
    light="红灯",
    shape="octagon",
    score="71.2",
    grade="需诊治",
    average="88.2（低于 17.0）",
    sector_average=None,
    percentile="4.1%",
    lines=(Line("组织生活参与率", "组织生活", "75.0%", "95.8%", "−20.8百分点", "低于", "黄灯", "triangle"),),
    prescriptions=(Prescription("按期换届", "红灯", "octagon", "【诊断】已超期。【处方】一个月内换届。"),),
    listed=("阵地建设（黄灯）",),
    praise=None,
    history=(HistoryMonth("10月", "71.2", 71.2, 88.2, "红灯", "octagon"),),
    warnings=(
        WarningLine(
            "按期换届",
            "红灯",
            "octagon",
            "2026-10-01",
            "已确认",
            "段塘第一党支部",
            "2026-10-16",
            True,
            "支部",
        ),
    ),
)
PLACES = (
    Place(1, "段塘街道党工委", "120", ("560.00", "180.00"), "740.00", "+2"),
    Place(2, "石碶街道党工委", "98", ("555.00", "170.00"), "725.00", "−1"),
)
BULLETIN = Bulletin("2026年第三季度", ("支部均分", "党员均分"), (("镇街", PLACES),))
PROBLEMS = ProblemList(
    "2026年第三季度",
    (("组织设置", ({"superior": "段塘", "name": "一支部", "item": "换届", "value": "3个月", "why": "红灯"},)),),
    1, 1, "2026年10月31日",
)  # fmt: skip


def opened(content: bytes) -> DocumentObject:
    return Document(io.BytesIO(content))


def words_of(document: DocumentObject) -> str:
    """All words of body and tables, without spaces."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join("".join([*(p.text for p in document.paragraphs), *cells]).split())


def test_the_branch_report_has_title_findings_every_line_and_the_imprint() -> None:
    document = opened(branch_word(REPORT, IMPRINT))
    assert document.paragraphs[0].text == "支部党建诊疗报告"
    assert document.core_properties.title == "支部党建诊疗报告"
    words = words_of(document)
    for said in (
        "中共段塘街道第一支部委员会",
        "▲黄灯",
        "−20.8百分点",
        "1.按期换届",
        "一个月内换届",
        "2026-10-16超期",
        "高于4.1%的支部",
    ):
        assert said in words
    foot = document.sections[0].footer.paragraphs[0]
    assert "数据截至 2026-11-05 09:00 · 演示数据" in foot.text
    fields = [element.text for element in foot._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_every_table_repeats_its_header_and_cuts_no_row() -> None:
    document = opened(branch_word(REPORT, IMPRINT))
    assert len(document.tables) == 4
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_titles_are_hei_the_body_is_song_and_a_red_rule_stands_below_the_title() -> None:
    document = opened(branch_word(REPORT, IMPRINT))
    title, under, body = document.paragraphs[:3]
    faces = [p.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) for p in (title, under, body)]
    assert faces == ["黑体", "黑体", "仿宋"]
    rule = under._element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == "8E1418"


def test_what_is_not_demo_data_says_nothing_of_it() -> None:
    real = Imprint.of(PROFILE, datetime(2026, 11, 5, 9), False)
    document = opened(branch_word(REPORT, real))
    assert "演示" not in words_of(document) + document.sections[0].footer.paragraphs[0].text


def test_the_bulletin_in_word_says_what_its_page_says() -> None:
    document, page = opened(bulletin_word(BULLETIN, IMPRINT)), render("quarter", IMPRINT, bulletin=BULLETIN)
    for said in (BULLETIN.opening(IMPRINT.words), BULLETIN.leading(PLACES), BULLETIN.closing):
        assert said in page
        assert said.replace(" ", "") in words_of(document)
    assert "位次上升的有段塘街道党工委。" in BULLETIN.leading(PLACES)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["名次", "党组织", "支部数", "支部均分", "党员均分", "得分", "较上季度位次"]
    assert rows[2] == ["2", "石碶街道党工委", "98", "555.00", "170.00", "725.00", "−1"]


def test_the_problem_list_in_word_says_what_its_page_says() -> None:
    document, page = opened(problems_word(PROBLEMS, IMPRINT)), render("problems", IMPRINT, problems=PROBLEMS)
    for said in (PROBLEMS.opening(IMPRINT.words), "组织设置（1项）"):
        assert said in page
        assert said in words_of(document)
    assert PROBLEMS.aside in page
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [
        "段塘",
        "一支部",
        "换届",
        "3个月",
        "红灯",
    ]


def test_an_empty_quarter_is_said_and_not_left_blank() -> None:
    assert "没有可供排名的数据" in words_of(
        opened(bulletin_word(Bulletin("2026年第三季度", (), ()), IMPRINT))
    )
    nothing = ProblemList("2026年第三季度", (), 0, 0, "2026年10月31日")
    assert "没有需要列入清单的问题" in words_of(opened(problems_word(nothing, IMPRINT)))
