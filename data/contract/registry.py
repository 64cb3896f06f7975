"""Operational tables of group A: divisions, organizations, members (行政区划、党组织、党员)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

divisions = table(
    "divisions",
    "行政区划",
    column("division_id", sa.BigInteger, "区划ID", pk=True),
    column("division_code", sa.String(12), "区划代码", unique=True),
    column("name", sa.String(60), "区划名称"),
    column("kind", sa.String(20), "区划类别: 区/镇/街道/开发区/建制村/社区", enum="division_kind"),
    column("parent_division_id", sa.BigInteger, "上级区划", fk="divisions.division_id", null=True),
    column(
        "center_lng", sa.Numeric(9, 6), "中心经度", null=True, unit="degree, CGCS2000 (=WGS-84 for display)"
    ),
    column("center_lat", sa.Numeric(9, 6), "中心纬度", null=True, unit="degree"),
    column("boundary_key", sa.String(80), "边界图层要素键(geo/ 下 GeoJSON feature id)", null=True),
    grain="one row per administrative division",
    volume="~300 rows in total, ~0 new/yr",
)

organizations = table(
    "organizations",
    "党组织",
    column("org_id", sa.BigInteger, "党组织ID", pk=True),
    column("org_code", sa.String(32), "党组织代码", unique=True),
    column("name", sa.String(120), "党组织全称"),
    column("short_name", sa.String(40), "大屏简称(≤10个汉字)"),
    column("org_type", sa.String(24), "党组织类别", enum="org_type"),
    column(
        "parent_org_id",
        sa.BigInteger,
        "上级党组织(当前)",
        fk="organizations.org_id",
        null=True,
        unit="NULL only for district_committee",
    ),
    column("path", sa.String(200), "物化路径(含自身)", index=True, unit="'/1/23/456/'"),
    column("depth", sa.SmallInteger, "层级深度", unit="0=区委"),
    column("sector", sa.String(24), "领域: 农村/社区/机关/国企/两新/学校…", enum="sector"),
    column(
        "division_id",
        sa.BigInteger,
        "所在村/社区",
        fk="divisions.division_id",
        null=True,
        unit="lowest known division",
    ),
    column(
        "town_id",
        sa.BigInteger,
        "所在镇街/开发区(直属单位为空)",
        fk="divisions.division_id",
        null=True,
        unit="kind in (town,subdistrict,dev_zone)",
    ),
    column("address", sa.String(200), "公开办公地址", null=True),
    column("lng", sa.Numeric(9, 6), "经度", null=True, unit="degree"),
    column("lat", sa.Numeric(9, 6), "纬度", null=True, unit="degree"),
    column("public_phone", sa.String(20), "公开联系电话(单位)", null=True),
    column("is_public", sa.Boolean, "是否允许向群众公开地址电话", default=False),
    column("established_on", sa.Date, "成立日期"),
    column("dissolved_on", sa.Date, "撤销日期", null=True),
    column("joint_unit_count", sa.SmallInteger, "联合党支部覆盖单位数", null=True, unit="units"),
    grain="one row per party organization, current state",
    volume=(
        "2,650 grassroots orgs (150 基层党委 + 190 党总支 + 2,310 党支部) + 1 区委 + 20 党工委 "
        "(派出机关, not counted as grassroots; with 25 of the 基层党委 they form the 45 second-level "
        "党(工)委) + ≈3,500 党小组 = ≈6,170 rows; ~150 changed/yr"
    ),
)

organization_parent_history = table(
    "organization_parent_history",
    "隶属关系沿革",
    column("history_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id"),
    column("parent_org_id", sa.BigInteger, "上级党组织", fk="organizations.org_id"),
    column("valid_from", sa.Date, "生效日", unit="inclusive"),
    column("valid_to", sa.Date, "失效日", null=True, unit="exclusive, NULL = current"),
    grain="one row per org per parent period",
    volume="~200/yr",
)

org_terms = table(
    "org_terms",
    "任期与换届",
    column("term_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id"),
    column("term_no", sa.SmallInteger, "届次"),
    column("elected_on", sa.Date, "选举产生日期"),
    column("term_years", sa.SmallInteger, "任期年限", unit="years (3 or 5)"),
    column("expires_on", sa.Date, "届满日期"),
    column("extension_until", sa.Date, "经批准延期至", null=True, unit="≤1 year after expires_on"),
    column("election_activity_id", sa.BigInteger, "换届选举活动", fk="activities.activity_id", null=True),
    grain="one row per org per term",
    volume="~600/yr",
)

org_ratings = table(
    "org_ratings",
    "党组织评定",
    column("rating_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id"),
    column(
        "rating_kind", sa.String(20), "评定种类: 星级/软弱涣散/示范点/六强六过硬/年度考核", enum="rating_kind"
    ),
    column("rating_year", sa.SmallInteger, "评定年度", unit="year"),
    column(
        "rating_value",
        sa.SmallInteger,
        "评定值",
        unit="star 1-5; weak_lax 1=listed 2=rectified; model_site 1; six_strong 0-100; year_end 0-800",
    ),
    column("decided_on", sa.Date, "评定日期"),
    column("decided_by_org_id", sa.BigInteger, "评定机关", fk="organizations.org_id", null=True),
    unique=[("org_id", "rating_kind", "rating_year")],
    grain="one row per org, rating kind and year",
    volume="~3,000/yr",
)

members = table(
    "members",
    "党员",
    column("member_id", sa.BigInteger, "党员ID(内部代理键)", pk=True),
    column("member_no", sa.String(32), "党员编号", unique=True, personal="P1"),
    column("name", sa.String(40), "姓名", personal="P1"),
    column("gender", sa.String(1), "性别", personal="P1", unit="M/F"),
    column("birthday", sa.Date, "出生日期", null=True, personal="P1"),
    column(
        "id_card_no_enc",
        sa.String(256),
        "身份证号(密文, 不出业务库)",
        null=True,
        personal="P2",
        unit="ciphertext",
    ),
    column("ethnicity", sa.String(20), "民族", null=True, personal="P1", unit="GB 3304 name"),
    column("education", sa.String(24), "学历", null=True, personal="P1", enum="education"),
    column("occupation", sa.String(24), "职业(统计公报8类)", null=True, personal="P1", enum="occupation"),
    column("employer", sa.String(120), "工作单位", null=True, personal="P1"),
    column(
        "mobile_enc", sa.String(256), "手机号(密文, 不出业务库)", null=True, personal="P2", unit="ciphertext"
    ),
    column(
        "home_division_id", sa.BigInteger, "居住村/社区", fk="divisions.division_id", null=True, personal="P1"
    ),
    column("joined_on", sa.Date, "入党日期(支部大会通过之日)", personal="P1", unit="branch meeting date"),
    column(
        "full_member_on",
        sa.Date,
        "转正日期(党龄起算日)",
        null=True,
        personal="P1",
        unit="NULL while probationary",
    ),
    column("member_stage", sa.String(16), "党员类别: 预备/正式(当前)", enum="member_stage", default="full"),
    column(
        "membership_state",
        sa.String(20),
        "党籍状态(当前)",
        personal="P1",
        enum="membership_state",
        default="in_party",
    ),
    column(
        "category",
        sa.String(20),
        "管理类别(武进分类, 当前)",
        personal="P1",
        enum="member_category",
        default="normal_active",
    ),
    column("is_in_service", sa.Boolean, "是否在职党员", null=True),
    column("is_leading_cadre", sa.Boolean, "是否党员领导干部(双重组织生活)", personal="P1", default=False),
    column(
        "qr_token_hash",
        sa.String(64),
        "党员二维码令牌摘要",
        unique=True,
        null=True,
        personal="P2",
        unit="SHA-256",
    ),
    column("left_on", sa.Date, "离开党员队伍/本区日期", null=True, personal="P1"),
    grain="one row per member, current state",
    volume="50,000 rows + ~900 new/yr (≈700 admissions, ≈200 transfers in net)",
)

memberships = table(
    "memberships",
    "组织隶属(历时)",
    column("membership_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("branch_org_id", sa.BigInteger, "所在支部", fk="organizations.org_id", unit="a branch type"),
    column(
        "party_group_org_id",
        sa.BigInteger,
        "所在党小组",
        fk="organizations.org_id",
        null=True,
        unit="a party_group",
    ),
    column(
        "kind", sa.String(12), "隶属种类: 正式组织关系/流入管理", enum="membership_kind", default="formal"
    ),
    column("started_on", sa.Date, "起", unit="inclusive"),
    column("ended_on", sa.Date, "止", null=True, unit="exclusive, NULL = current"),
    column("start_reason", sa.String(20), "起始原因", enum="membership_reason"),
    column("end_reason", sa.String(20), "终止原因", null=True, enum="membership_reason"),
    column("transfer_id", sa.BigInteger, "对应转接单", fk="transfers.transfer_id", null=True),
    grain="one row per member per branch period",
    volume="50,000 open rows + ~6,000/yr",
)

member_category_history = table(
    "member_category_history",
    "管理类别沿革",
    column("history_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("category", sa.String(20), "管理类别", personal="P1", enum="member_category"),
    column("valid_from", sa.Date, "起", unit="inclusive"),
    column("valid_to", sa.Date, "止", null=True, unit="exclusive, NULL = current"),
    column(
        "procedure_kind",
        sa.String(16),
        "出国(境)手续: 停止党籍/保留党籍/保留组织关系",
        null=True,
        personal="P1",
        enum="abroad_procedure",
    ),
    column(
        "procedure_completed_on",
        sa.Date,
        "手续办结日期",
        null=True,
        personal="P1",
        unit="NULL = not yet in place",
    ),
    column("approved_by_org_id", sa.BigInteger, "认定党组织", fk="organizations.org_id", null=True),
    grain="one row per member per category period",
    volume="~5,000/yr",
)

member_state_history = table(
    "member_state_history",
    "党籍与阶段沿革",
    column("history_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("member_stage", sa.String(16), "阶段", enum="member_stage"),
    column("membership_state", sa.String(20), "党籍状态", personal="P1", enum="membership_state"),
    column("valid_from", sa.Date, "起", unit="inclusive"),
    column("valid_to", sa.Date, "止", null=True, unit="exclusive"),
    grain="one row per member per change of stage or state",
    volume="~2,500/yr",
)

party_posts = table(
    "party_posts",
    "党内职务",
    column("post_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("post_type", sa.String(24), "职务: 书记/副书记/组织委员/…", enum="post_type"),
    column("is_full_time", sa.Boolean, "是否专职党务工作者", default=False),
    column("started_on", sa.Date, "任职日期", unit="inclusive"),
    column("ended_on", sa.Date, "免职日期", null=True, unit="exclusive"),
    grain="one row per post holding period",
    volume="~9,000 open rows, ~2,500/yr",
)

party_delegates = table(
    "party_delegates",
    "党代表",
    column("delegate_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("congress_level", sa.String(12), "代表层级", enum="congress_level"),
    column("term_no", sa.SmallInteger, "届次"),
    column("started_on", sa.Date, "任期起"),
    column("ended_on", sa.Date, "任期止", null=True),
    grain="one row per member per congress term",
    volume="~400 rows, ~0-400/yr",
)
