"""The district in numbers: organisations, members, places and records."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="d_org_total",
        name="基层党组织总数",
        english="Grassroots organizations",
        level="area",
        unit="organizations",
        better="none",
        formula=(
            "Active organizations with org_type in party_committee, general_branch, branch, "
            "joint_branch, temporary_branch (excluding district_committee, working_committee, "
            "party_group)."
        ),
        source="article (2654, 2585); R41",
        reads=("org_counts", "organisations"),
    ),
    Indicator(
        id="d_org_by_type",
        name="党组织类别构成",
        english="Organizations by type",
        level="area",
        unit="organizations",
        better="none",
        formula="d_org_total split into 基层党委 / 党总支 / 党支部 (the three branch types together).",
        source="R41",
        reads=("org_counts", "organisations"),
    ),
    Indicator(
        id="d_org_by_sector",
        name="党组织领域分布",
        english="Organizations by sector",
        level="area",
        unit="organizations",
        better="none",
        formula=(
            "d_org_total by sector; with 两新 = private_enterprise + social_org and 城市、园区、楼宇 "
            "separately."
        ),
        source="article 江宁 (薄弱领域)",
        reads=("org_counts", "organisations"),
    ),
    Indicator(
        id="d_member_total",
        name="党员总数",
        english="Members",
        level="area",
        unit="members",
        better="none",
        formula="Members in party with an open formal membership.",
        source="article (47411, 62498)",
        reads=("members",),
    ),
    Indicator(
        id="d_member_full",
        name="正式党员、预备党员",
        english="Full and probationary",
        level="area",
        unit="members",
        better="none",
        formula="d_member_total by member_stage.",
        source="R35",
        reads=("members", "full_members"),
    ),
    Indicator(
        id="d_member_by_category",
        name="党员管理类别",
        english="Members by category",
        level="area",
        unit="members",
        better="none",
        formula=(
            "d_member_total by member_category; flow_in shown separately because they are not in the total."
        ),
        source="article 武进",
        reads=("member_structure",),
    ),
    Indicator(
        id="d_member_by_age",
        name="党员年龄结构",
        english="Members by age",
        level="area",
        unit="members",
        better="none",
        formula=(
            "Completed years at month end, bands <= 30, 31-35, 36-40, 41-45, 46-50, 51-55, 56-60, >= "
            "61; NULL birthday = 未填."
        ),
        source="R40",
        reads=("member_structure",),
    ),
    Indicator(
        id="d_member_by_education",
        name="党员学历结构",
        english="Members by education",
        level="area",
        unit="members",
        better="none",
        formula="By education; headline share junior_college and above.",
        source="R40",
        reads=("member_structure",),
    ),
    Indicator(
        id="d_member_by_occupation",
        name="党员职业构成",
        english="Members by occupation",
        level="area",
        unit="members",
        better="none",
        formula="Eight classes of occupation.",
        source="R40",
        reads=("member_structure",),
    ),
    Indicator(
        id="d_member_by_gender",
        name="女党员、少数民族党员占比",
        english="Women and minorities",
        level="area",
        unit="ratio",
        better="none",
        formula="Shares of d_member_total; NULL excluded from both parts.",
        source="R40",
        reads=("women", "minority", "members"),
    ),
    Indicator(
        id="d_member_by_join_period",
        name="入党时间结构",
        english="Members by join period",
        level="area",
        unit="members",
        better="none",
        formula="joined_on before 1949-10-01; to 1978-12-17; to 2012-11-07; later.",
        source="R40",
        reads=("member_structure",),
    ),
    Indicator(
        id="d_member_flow",
        name="党员净增减",
        english="Net change",
        level="area",
        unit="members",
        better="none",
        formula=(
            "Per month: admitted + transferred in - transferred out - left (by member_state_history "
            "and memberships)."
        ),
        source="proposal",
        reads=("members",),
    ),
    Indicator(
        id="d_village_total",
        name="建制村数",
        english="Villages",
        level="area",
        unit="villages",
        better="none",
        formula="divisions kind village.",
        source="article (167)",
        reads=("towns",),
    ),
    Indicator(
        id="d_community_total",
        name="社区数",
        english="Communities",
        level="area",
        unit="communities",
        better="none",
        formula="divisions kind community.",
        source="article (103)",
        reads=("towns",),
    ),
    Indicator(
        id="d_venue_total",
        name="阵地数",
        english="Venues",
        level="area",
        unit="venues",
        better="none",
        formula="venues by venue_kind; micro_position separately.",
        source="article (200多个)",
        reads=("venues",),
    ),
    Indicator(
        id="d_record_total",
        name="管理信息总量",
        english="Management records",
        level="area",
        unit="records",
        better="none",
        formula="Sum of the latest row_total of all fact tables in data_volume_snapshots.",
        source="article (8000多万条)",
        reads=("records",),
    ),
)
