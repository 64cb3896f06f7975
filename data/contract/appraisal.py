"""Operational tables of group J: appraisal, disposition, honours, projects (评议、处置、荣誉、攻坚)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import NOW, column, table

appraisals = table(
    "appraisals",
    "组织生活会/民主评议",
    column("appraisal_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "支部", fk="organizations.org_id"),
    column("appraisal_year", sa.SmallInteger, "年度", unit="the year appraised"),
    column("appraisal_kind", sa.String(20), "种类", unit="life_meeting/democratic_appraisal"),
    column("held_on", sa.Date, "召开日期", unit="may fall in Jan-Feb of the next year"),
    column("activity_id", sa.BigInteger, "对应活动", fk="activities.activity_id", null=True),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    unique=[("org_id", "appraisal_year", "appraisal_kind")],
    grain="one row per branch, year and kind",
    volume="~4,700/yr",
)

appraisal_results = table(
    "appraisal_results",
    "评议结果",
    column("result_id", sa.BigInteger, "主键", pk=True),
    column("appraisal_id", sa.BigInteger, "评议", fk="appraisals.appraisal_id"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("grade", sa.String(12), "等次", personal="P2", enum="appraisal_grade"),
    column("peer_satisfaction", sa.Numeric(5, 4), "互评满意率", null=True, personal="P2", unit="ratio 0-1"),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    unique=[("appraisal_id", "member_id")],
    grain="one row per appraisal and member",
    volume="~47,000/yr",
)

member_dispositions = table(
    "member_dispositions",
    "组织处置与处分",
    column("disposition_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P2"),
    column("branch_org_id", sa.BigInteger, "支部", fk="organizations.org_id"),
    column("disposition_kind", sa.String(24), "种类", personal="P2", enum="disposition_kind"),
    column("basis", sa.String(24), "事由", personal="P2", enum="disposition_basis"),
    column("opened_on", sa.Date, "启动日期"),
    column("due_on", sa.Date, "期限", null=True),
    column("branch_decided_on", sa.Date, "支部大会决定日期", null=True),
    column("approved_on", sa.Date, "上级批准日期", null=True, unit="superior approval"),
    column("effective_until", sa.Date, "影响期至", null=True, personal="P2"),
    column("closed_on", sa.Date, "办结日期", null=True),
    grain="one row per disposition or disciplinary decision",
    volume="~150/yr",
)

honors = table(
    "honors",
    "荣誉表彰",
    column("honor_id", sa.BigInteger, "主键", pk=True),
    column("subject_type", sa.String(8), "对象", unit="member/org"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", null=True, personal="P1"),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id", null=True),
    column(
        "honor_kind",
        sa.String(24),
        "种类: 优秀共产党员/优秀党务工作者/先进基层党组织/示范点…",
        enum="honor_kind",
    ),
    column("honor_level", sa.String(12), "级别", enum="honor_level"),
    column("awarded_on", sa.Date, "表彰日期"),
    grain="one row per honour",
    volume="~1,200/yr",
)

secretary_projects = table(
    "secretary_projects",
    "书记攻坚项目",
    column("project_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id"),
    column("project_year", sa.SmallInteger, "年度", unit="year"),
    column("title", sa.String(160), "项目名称"),
    column("registered_on", sa.Date, "立项日期"),
    column("due_on", sa.Date, "完成期限"),
    column("progress", sa.Numeric(5, 4), "进度", unit="ratio 0-1", default=0),
    column("completed_on", sa.Date, "完成日期", null=True),
    column("status", sa.String(12), "状态", unit="open/done/cancelled", default="open"),
    grain="one row per project",
    volume="~700/yr",
)
