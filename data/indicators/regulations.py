"""The regulations indicators refer to as Rnn: the fact and how well it was confirmed (seen, secondary, memory)."""

from __future__ import annotations

REGULATIONS: dict[str, str] = {
    "R01": ("支部党员大会 generally once a quarter (支部工作条例(试行), 2018) [seen, secondary]"),
    "R02": (
        "支部委员会会议 generally once a month; at least half of the committee present (第十二条) [seen]"
    ),
    "R03": ("党小组会 generally once a month (第十三条) [seen]"),
    "R04": ("主题党日: one relatively fixed day every month (第十六条) [seen, secondary]"),
    "R05": ("组织生活会 at least once a year, generally in the 4th quarter (第十七条) [seen]"),
    "R06": (
        "民主评议党员 generally once a year: self-assessment, mutual assessment, "
        "vote; may be combined with the life meeting [seen]"
    ),
    "R07": ("grades 优秀, 合格, 基本合格, 不合格; 优秀 generally not more than 1/3 of members [seen]"),
    "R08": (
        "谈心谈话 between committee members, committee and members, members: at "
        "least once a year [seen, secondary]"
    ),
    "R09": (
        "党课: the 2018 regulation gives no fixed branch frequency in the pages "
        "seen (only: committee secretaries at least one lecture a year). "
        "Quarterly is common practice and is our proposal. One scoring scheme "
        "seen requires at least one lecture a year (三晋先锋), a university twice a "
        "term [seen, secondary;]"
    ),
    "R10": ("a branch where there are ≥ 3 full members; generally ≤ 50 members (第四条) [seen]"),
    "R11": ("< 3 full members: joint branch, generally covering ≤ 5 units [seen]"),
    "R12": ("≥ 7 full members: committee of 3-5, at most 7; < 7: one secretary, if needed one deputy [seen]"),
    "R13": ("> 50 members: 党总支; > 100: 基层党委 (with approval; exceptions by need) [seen, secondary]"),
    "R14": (
        "terms: 基层党委 5 years; 总支 and 支部 3 years; village and community "
        "organizations 5 years; extension or advance ≤ 1 year with approval "
        "(关于党的基层组织任期的意见, 2018) [seen]"
    ),
    "R15": (
        "dues by monthly after-tax wage: ≤ 3,000 yuan 0.5 %; to 5,000 1 %; to "
        "10,000 1.5 %; above 2 % (党费收缴、使用和管理的规定, 2008) [seen]"
    ),
    "R16": (
        "retirees: ≤ 5,000 yuan 0.5 %, above 1 %; farmers 0.2-1 yuan a month; "
        "students, unemployed, on relief 0.2 yuan a month; self-employed by "
        "last quarter's monthly average [seen]"
    ),
    "R17": (
        "dues monthly; with the branch's consent quarterly; make-up payment "
        "generally ≤ 6 months [seen, secondary]"
    ),
    "R18": (
        "without good reason 6 consecutive months without organization life, "
        "dues or assigned work: counts as having left the Party; the branch "
        "assembly decides removal, superior approves (党章 第九条) [seen]"
    ),
    "R19": ("probationary members pay from the branch meeting that accepts them [seen, secondary]"),
    "R20": (
        "relation must be transferred when work or residence changes, or when "
        "away ≥ 6 months at a fixed place; grassroots committees with admission "
        "power transfer directly nation-wide; the old organization stays "
        "responsible until acceptance; no refusal without reason (党员教育管理工作条例, "
        "2019, 第二十五条) [seen]"
    ),
    "R21": ('letter of introduction valid generally ≤ 90 days ["最长不超过3个月" seen,]'),
    "R22": (
        "floating members: away ≥ 6 months without transferred relation; keep "
        "frequent contact; may be appraised where they live. No quarterly rule "
        "for all floating members was seen in a central regulation; quarterly "
        "is Wujin's rule (a secondary page says at least once a year) [seen]"
    ),
    "R23": (
        "members studying abroad: relation kept, contact at least every half- "
        "year; suspended (停止党籍) if > 5 years [seen]"
    ),
    "R24": (
        "lost contact ≥ 6 months after searching: 停止党籍; 2 years later still "
        "lost: removal as left (第二十四条) [seen]"
    ),
    "R25": ("graduates' relation may stay at the university generally ≤ 2 years [seen]"),
    "R26": (
        "study: members ≥ 32 class hours a year; secretaries and committee "
        "members of grassroots organizations ≥ 56 and ≥ 1 centralized training "
        "[numbers seen, se]"
    ),
    "R27": ("development: 5 stages, 25 steps; order and names of the steps [seen]"),
    "R28": ("talk with the applicant within 1 month [seen]"),
    "R29": (
        "activists: ≥ 1 year of training before becoming a candidate; reviewed "
        "every half-year [seen, secondary]"
    ),
    "R30": ("1-2 full members as contacts [seen]"),
    "R31": ("candidates' training ≥ 3 days or 24 class hours [seen, secondary]"),
    "R32": ("no admission if the candidate leaves the unit within 3 months (第十九条) [seen]"),
    "R33": ("branch meeting generally within 1 month after preliminary review [seen, secondary]"),
    "R34": ("committee decides within 3 months, specially ≤ 6 months [seen, secondary]"),
    "R35": (
        "probation 1 year from the branch meeting; one extension of 6-12 months "
        "(第三十二条); party age from full membership [seen]"
    ),
    "R36": ("applicants ≥ 18 years [seen]"),
    "R37": ("two full members as introducers [seen]"),
    "R38": (
        "resolutions on admission: more than half of the members entitled to "
        "vote who should attend [seen, secondary]"
    ),
    "R40": (
        "bands of the statistical communiqué: age ≤ 30, 31-35, 36-40, 41-45, "
        "46-50, 51-55, 56-60, ≥ 61; women, minorities, 大专及以上; eight "
        "occupations; four join periods; admissions with share ≤ 35 years, "
        "大专及以上, frontline [seen]"
    ),
    "R41": (
        "基层组织 = 基层党委 + 总支部 + 支部 (2017: 457.2 = 22.8 + 29.1 + 405.2 ten- "
        "thousand, rounded) [seen]"
    ),
    "R42": (
        "emblem: only golden-yellow or red; no added words or marks, not "
        "distorted, not in advertising or private use; allowed on party "
        "websites and in party activity places (党徽党旗条例, 2021) [seen]"
    ),
    "R43": (
        "sensitive personal information includes 特定身份, health, financial "
        "accounts, whereabouts; only with specific purpose and strict "
        "protection (个人信息保护法 第二十八条) [seen]"
    ),
    "R44": (
        "disclosure to the public goes through proposal, secrecy review, "
        "approval, execution (党务公开条例(试行), 2017, 第十五条) [seen]"
    ),
    "R45": (
        "weak organizations: each year 5-10 % reversed listing; Zhejiang takes those below 3 stars [seen]"
    ),
    "R46": (
        "one local star scheme: 5 stars 10 %, 4 stars 40 %, 3 stars 30 % of branches, once a year [seen]"
    ),
    "R47": ("secretary missing > 3 months as a criterion of a weak organization [seen]"),
    "R48": (
        "Haishu index 2013: four aspects, 33 items, 2 points per volunteer "
        "activity, yearly conversion factor, pilot since March 2013 [seen]"
    ),
    "R50": (
        "example of yearly expected counts: 4 assemblies, 12 committee, 12 "
        "group meetings, ≥ 1 lecture, 1 life meeting, 12 theme days [seen]"
    ),
    "R51": ("village secretaries 2022: mean age 45.4, 大专以上 above 46 % [seen]"),
}
