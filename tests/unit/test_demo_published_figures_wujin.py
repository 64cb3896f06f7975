"""The synthetic 武进 holds what its article publishes; one test per row of the article's table, by row id."""

from __future__ import annotations

from tests.published import BRANCHES, PRESENT, Count


def test_WJ_01_17_towns_and_subdistricts(count: Count) -> None:
    assert count("wujin", "SELECT count(*) FROM divisions WHERE kind IN ('town', 'subdistrict')") == 17


def test_WJ_02_3_development_zones_with_bodies_of_their_own(count: Count) -> None:
    zones = "FROM organizations o JOIN divisions d ON d.division_id = o.town_id WHERE d.kind = 'dev_zone'"
    assert count("wujin", f"SELECT count(DISTINCT d.division_id) {zones}") == 3
    assert count("wujin", f"SELECT count(*) {zones} AND o.parent_org_id = 1") == 3


def test_WJ_03_more_than_2700_branches(count: Count) -> None:
    assert 2700 < count("wujin", f"SELECT count(*) FROM organizations WHERE {BRANCHES}") < 2800


def test_WJ_04_more_than_70000_members(count: Count) -> None:
    assert 70_000 < count("wujin", f"SELECT count(*) FROM members WHERE {PRESENT}") < 71_000


def test_WJ_08_each_of_the_four_business_functions_has_rows(count: Count) -> None:
    for table in ("activities", "development_cases", "dues_payments", "volunteer_records"):
        assert count("wujin", f"SELECT count(*) FROM {table}") > 0, table


def test_WJ_10_every_organisation_has_one_enabled_main_account(count: Count) -> None:
    main = "SELECT count(*) FROM admin_accounts a WHERE a.org_id = o.org_id AND account_kind = 'main'"
    other = f"SELECT count(*) FROM organizations o WHERE org_type <> 'party_group' AND ({main}) <> 1"
    assert count("wujin", other) == 0
    assert count("wujin", "SELECT count(*) FROM admin_accounts WHERE account_kind = 'sub'") > 0


def test_WJ_11_nearly_every_branch_logs_in_twice_a_week(count: Count) -> None:
    week = "logged_in_at >= '2026-11-02' AND logged_in_at < '2026-11-09'"
    twice = (
        "SELECT count(*) FROM (SELECT a.org_id FROM account_logins l JOIN admin_accounts a USING (account_id)"
        f" JOIN organizations o USING (org_id) WHERE o.{BRANCHES} AND {week}"
        " GROUP BY a.org_id HAVING count(*) >= 2)"
    )
    branches = count("wujin", f"SELECT count(*) FROM organizations WHERE {BRANCHES}")
    assert 0.9 * branches < count("wujin", twice) < branches


def test_WJ_18_members_of_all_five_categories(count: Count) -> None:
    named = "('normal_active', 'flow_out', 'flow_in', 'aged_infirm', 'abroad')"
    assert count("wujin", f"SELECT count(DISTINCT category) FROM members WHERE category IN {named}") == 5


def test_WJ_20_members_working_elsewhere_report_every_quarter(count: Count) -> None:
    away = count("wujin", f"SELECT count(*) FROM members WHERE category = 'flow_out' AND {PRESENT}")
    reported = count(
        "wujin", "SELECT count(DISTINCT member_id) FROM floating_reports WHERE quarter = '2026Q3'"
    )
    assert reported > 0.7 * away


def test_WJ_23_development_in_5_stages_and_25_steps(count: Count) -> None:
    assert count("wujin", "SELECT count(*) FROM development_step_defs WHERE variant = 25") == 25
    stages = "SELECT count(DISTINCT stage_no) FROM development_step_defs WHERE variant = 25"
    assert count("wujin", stages) == 5
    assert count("wujin", "SELECT count(*) FROM development_cases WHERE variant <> 25") == 0
    assert count("wujin", "SELECT count(DISTINCT stage_no) FROM development_cases") == 5


def test_WJ_32_the_ledger_is_kept_on_three_levels_and_agrees_between_them(count: Count) -> None:
    ledger = "FROM dues_ledger_entries e JOIN organizations o USING (org_id)"
    levels = f"{BRANCHES}", "parent_org_id = 1", "parent_org_id IS NULL"
    for level in levels:
        assert count("wujin", f"SELECT count(*) {ledger} WHERE o.{level}") > 0, level
    sides = "SELECT cast(round(100 * sum(amount)) AS integer) FROM dues_ledger_entries WHERE entry_kind = 'remit_up'"
    assert (
        count("wujin", f"{sides} AND direction = 'in'")
        == count("wujin", f"{sides} AND direction = 'out'")
        > 0
    )
    balance = "sum(CASE direction WHEN 'in' THEN amount ELSE -amount END)"
    below = f"SELECT org_id FROM dues_ledger_entries GROUP BY org_id HAVING {balance} < -0.01"
    assert count("wujin", f"SELECT count(*) FROM ({below})") == 0


def test_WJ_33_the_dues_of_more_than_70000_members_are_traced(count: Count) -> None:
    assert count("wujin", "SELECT count(DISTINCT member_id) FROM dues_obligations") > 0.99 * 70_318


def test_WJ_34_short_late_and_unpaid_dues_all_occur(count: Count) -> None:
    paid = "SELECT coalesce(sum(amount), 0) FROM dues_payment_allocations a WHERE a.obligation_id = o.obligation_id"
    owed = "SELECT count(*) FROM dues_obligations o WHERE payable_amount > 0 AND dues_month = '2026-09'"
    assert count("wujin", f"{owed} AND ({paid}) = 0") > 0
    assert count("wujin", f"{owed} AND ({paid}) > 0 AND ({paid}) < payable_amount - 0.005") > 0
    assert count("wujin", "SELECT count(*) FROM dues_payment_allocations WHERE is_makeup") > 0


def test_WJ_35_reports_of_the_quarter_are_reviewed_by_the_home_branch(count: Count) -> None:
    of = "SELECT count(*) FROM floating_reports WHERE quarter = '2026Q3'"
    assert count("wujin", f"{of} AND reviewed_at IS NOT NULL") > 0.9 * count("wujin", of)


def test_WJ_36_members_sign_in_by_card_and_by_wechat(count: Count) -> None:
    for method in ("id_card", "wechat"):
        assert count("wujin", f"SELECT count(*) FROM attendances WHERE sign_method = '{method}'") > 0, method


def test_WJ_41_every_month_before_the_open_one_is_closed(count: Count) -> None:
    assert count("wujin", "SELECT count(DISTINCT period_month) FROM month_closings") == 4


def test_WJ_43_three_tiers_from_the_district_to_the_branch_of_a_village(count: Count) -> None:
    chain = (
        "SELECT count(*) FROM organizations b JOIN organizations v ON v.org_id = b.parent_org_id"
        " JOIN organizations t ON t.org_id = v.parent_org_id WHERE b.org_type = 'branch'"
        " AND v.sector = 'village' AND t.parent_org_id = 1"
    )
    assert count("wujin", chain) > 100


def test_WJ_51_about_26_members_per_branch(count: Count) -> None:
    members = count("wujin", f"SELECT count(*) FROM members WHERE {PRESENT}")
    branches = count("wujin", f"SELECT count(*) FROM organizations WHERE {BRANCHES}")
    assert round(members / branches) == 26
