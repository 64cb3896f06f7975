"""Operational tables of group F: development of new members (发展党员)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

development_step_defs = table(
    "development_step_defs",
    "发展党员步骤定义",
    column("step_def_id", sa.SmallInteger, "主键", pk=True),
    column("variant", sa.SmallInteger, "步骤版本", unit="25 or 43"),
    column("step_no", sa.SmallInteger, "步骤号", unit="1..25 / 1..43"),
    column("stage_no", sa.SmallInteger, "阶段", unit="1..5"),
    column("step25_no", sa.SmallInteger, "对应25步", unit="the step of the 25 list it belongs to"),
    column("name_zh", sa.String(60), "步骤名称"),
    column("actor", sa.String(16), "责任主体", enum="dev_actor"),
    column(
        "anchor_step_no", sa.SmallInteger, "计时起点", null=True, unit="step whose done_on starts the clock"
    ),
    column("min_days", sa.Integer, "最短间隔", null=True, unit="calendar days, not before"),
    column("max_days", sa.Integer, "最长时限", null=True, unit="calendar days, deadline"),
    column("requires_upload", sa.Boolean, "是否须上传图片", default=False),
    column("requires_exam", sa.Boolean, "是否须通过机考", default=False),
    column("requires_superior", sa.Boolean, "是否须上级党委办理", default=False),
    unique=[("variant", "step_no")],
    grain="one row per variant (25 or 43) and step",
    volume="68 rows",
)

development_cases = table(
    "development_cases",
    "发展对象档案",
    column("case_id", sa.BigInteger, "档案ID", pk=True),
    column("branch_org_id", sa.BigInteger, "所在支部", fk="organizations.org_id"),
    column("applicant_name", sa.String(40), "姓名", personal="P1"),
    column("gender", sa.String(1), "性别", personal="P1", unit="M/F"),
    column("birthday", sa.Date, "出生日期", personal="P1", unit="≥18 years at applied_on"),
    column("education", sa.String(24), "学历", null=True, personal="P1", enum="education"),
    column("occupation", sa.String(24), "职业", null=True, personal="P1", enum="occupation"),
    column("is_frontline", sa.Boolean, "是否生产、工作一线", null=True),
    column("variant", sa.SmallInteger, "步骤版本", unit="25 or 43"),
    column("applied_on", sa.Date, "递交申请日期"),
    column("stage_no", sa.SmallInteger, "当前阶段", unit="1..5"),
    column("current_step_no", sa.SmallInteger, "当前步骤", unit="first step not done"),
    column("status", sa.String(12), "状态", enum="dev_status"),
    column("closed_on", sa.Date, "终止/办结日期", null=True),
    column(
        "member_id",
        sa.BigInteger,
        "对应党员",
        fk="members.member_id",
        null=True,
        personal="P1",
        unit="set at acceptance as probationary",
    ),
    grain="one row per applicant",
    volume="~4,000 open, ~1,500 new/yr",
)

development_steps = table(
    "development_steps",
    "发展党员步骤纪实",
    column("dev_step_id", sa.BigInteger, "主键", pk=True),
    column("case_id", sa.BigInteger, "档案", fk="development_cases.case_id"),
    column("step_no", sa.SmallInteger, "步骤号"),
    column("status", sa.String(12), "状态", enum="dev_step_status"),
    column("unlocked_at", sa.DateTime, "解锁时间", null=True, unit="previous step done"),
    column("due_on", sa.Date, "时限", null=True, unit="computed from step def"),
    column("done_on", sa.Date, "完成日期", null=True, unit="business date"),
    column("recorded_at", sa.DateTime, "录入时间", null=True, unit="server time"),
    column("reviewed_at", sa.DateTime, "上级审核时间", null=True, unit="superior committee"),
    column("reviewed_by_org_id", sa.BigInteger, "审核组织", fk="organizations.org_id", null=True),
    unique=[("case_id", "step_no")],
    grain="one row per case and step",
    volume="~45,000/yr (43 variant), ~26,000/yr (25 variant)",
)

development_documents = table(
    "development_documents",
    "发展党员材料",
    column("document_id", sa.BigInteger, "主键", pk=True),
    column("dev_step_id", sa.BigInteger, "步骤", fk="development_steps.dev_step_id"),
    column(
        "doc_kind",
        sa.String(24),
        "材料种类",
        unit="application/talk_record/publicity/political_review/form/resolution/other",
    ),
    column("file_ref", sa.String(200), "文件(不出业务库)", personal="P2", unit="object key"),
    column("uploaded_at", sa.DateTime, "上传时间"),
    grain="one row per uploaded document",
    volume="~30,000/yr",
)

development_corrections = table(
    "development_corrections",
    "资料修改申请",
    column("correction_id", sa.BigInteger, "主键", pk=True),
    column("dev_step_id", sa.BigInteger, "步骤", fk="development_steps.dev_step_id"),
    column("requested_at", sa.DateTime, "申请时间"),
    column("decided_at", sa.DateTime, "审核时间", null=True),
    column("decision", sa.String(10), "结论", null=True, unit="approve/reject"),
    column("decided_by_org_id", sa.BigInteger, "审核组织", fk="organizations.org_id", null=True),
    grain="one row per correction of finished steps",
    volume="~300/yr",
)
