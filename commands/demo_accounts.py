"""Accounts of the demo: one per role with a known password, made only where the read model is synthetic."""

from __future__ import annotations

from collections.abc import Sequence

from commands.progress_bar import console
from dashboard.settings import Settings
from data.accounts import demo
from data.accounts.account import Account
from data.accounts.demo import DEMO_PASSWORD, DemoAccount
from data.accounts.store import open_accounts
from data.clock import Clock, shanghai_now
from data.queries import demo_places
from data.readmodel.reader import open_reader
from data.readmodel.viewer import open_viewer


def ensure_demo_accounts(settings: Settings, clock: Clock = shanghai_now) -> list[Account]:
    """Make the demo accounts and print them; nothing for a read model that is no demo.

    Raises ReadModelError and AccountsUnreachable.
    """
    with open_reader(open_viewer(settings.read_model)) as reader:
        if not reader.version.is_demo:
            return []
        district, committee, branch = demo_places.load(reader)
    wanted = (
        DemoAccount("leader", "区委领导", "district_leader", district.org_id),
        DemoAccount("orgdept", "区委组织部", "district_org_dept", district.org_id),
        DemoAccount("committee", committee.short_name, "committee_admin", committee.org_id),
        DemoAccount("secretary", f"{branch.short_name} 书记", "branch_secretary", branch.org_id),
        DemoAccount("operator", "中心运行人员", "operator", district.org_id),
    )
    made = demo.ensure(open_accounts(settings.accounts), wanted, clock())
    _announce(made)
    return made


def _announce(made: Sequence[Account]) -> None:
    if made:
        logins = "，".join(f"{one.login}（{one.name}）" for one in made)
        console.print(f"演示账号：{logins}；密码都是 {DEMO_PASSWORD}", highlight=False, soft_wrap=True)
