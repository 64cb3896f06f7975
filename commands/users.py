"""`app.py users`: accounts of the leadership pages, kept by an administrator of this machine; changes are audited."""

from __future__ import annotations

import getpass
import sys

import click
import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from commands.arguments import one_place
from dashboard.formats import moment_label
from dashboard.settings import Settings, load_settings
from data.accounts import account, audit, login_failures
from data.accounts.account import Account
from data.accounts.passwords import one_time, require_good
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.errors import PasswordRefused, ReadModelError, SettingError
from data.queries import trace
from data.readmodel.reader import open_reader
from data.readmodel.viewer import open_viewer
from data.viewer import ROLES, Role

_ASK = click.option("--ask", is_flag=True, help="ask for the password instead of printing a one-time one")
_OF_THE_DISTRICT = ("district_leader", "district_org_dept", "operator")


@click.group()
def users() -> None:
    """Accounts of /leadership: who may log in, and what they did."""


@users.command()
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--org", "organisation", default="", help="code, name or id; none: the district")
@click.option(
    "--name", default="", help="as greeted, an office rather than a person; none: the organisation's"
)
@click.option("--sso-only", is_flag=True, help="no password: single sign-on only")
@_ASK
def add(login: str, role: Role, organisation: str, name: str, sso_only: bool, ask: bool) -> None:
    """Add LOGIN with a role for an organisation and everything below it."""
    settings = load_settings()
    org_id, short_name = _place(settings, role, organisation)
    engine = open_accounts(settings.accounts)
    login = account.written_login(login)
    password = None if sso_only else _new_password(login, ask)
    made = account.add(engine, login, name or short_name, role, org_id, password, shanghai_now())
    _note(engine, "account_added", made, f"{role} {org_id}")
    click.echo(f"added {made.login}: {role}, {short_name}")
    if password is not None and not ask:
        _tell(password)


@users.command("list")
def list_() -> None:
    """List all accounts."""
    settings, now = load_settings(), shanghai_now()
    found = account.all_accounts(open_accounts(settings.accounts))
    names = _names(settings, [one.org_id for one in found])
    table = Table("login", "name", "role", "organisation", "last login", "state", title="accounts")
    for one in found:
        state = []
        state += ["disabled"] if not one.active else []
        if one.locked_until is not None and one.locked_until > now:
            state.append(f"locked until {moment_label(one.locked_until)}")
        state += ["must change password"] if one.must_change else []
        state += ["demo"] if one.is_demo else []
        state += ["single sign-on"] if one.oidc_subject else []
        state += ["no password"] if not one.has_password else []
        where = names.get(one.org_id, f"({one.org_id} is not in the read model)")
        last = moment_label(one.last_login_at)
        table.add_row(one.login, one.name, one.role, where, last, ", ".join(state))
    _console().print(table)


@users.command()
@click.argument("login")
def disable(login: str) -> None:
    """Refuse LOGIN from now on and end its sessions."""
    _set_active(login, False)


@users.command()
@click.argument("login")
def enable(login: str) -> None:
    """Let LOGIN in again."""
    _set_active(login, True)


@users.command()
@click.argument("login")
@_ASK
def reset(login: str, ask: bool) -> None:
    """Give LOGIN a new password, to be changed at the next login, and end its sessions."""
    engine = open_accounts(load_settings().accounts)
    found = account.one(engine, login)
    if found.is_demo:
        raise SettingError(
            "LOGIN", found.login, "a demo account keeps its known password; disable it instead"
        )
    password = _new_password(found.login, ask)
    account.set_password(engine, found.id, password, shanghai_now(), must_change=True)
    login_failures.forget(engine, found.login)
    _note(engine, "account_reset", found)
    click.echo(f"reset {found.login}; all its sessions are ended")
    if not ask:
        _tell(password)


@users.command()
@click.argument("login")
def unlock(login: str) -> None:
    """Forget the failed logins of LOGIN."""
    engine = open_accounts(load_settings().accounts)
    found = account.one(engine, login)
    login_failures.forget(engine, found.login)
    _note(engine, "account_unlocked", found)
    click.echo(f"unlocked {found.login}")


@users.command("audit")
@click.option("--login", help="of one account")
@click.option("--action", help="login, logout, page, member, export …")
@click.option("--last", default=50, show_default=True, help="how many lines, newest first")
def audit_(login: str | None, action: str | None, last: int) -> None:
    """Show who did what, newest first."""
    found = audit.newest(open_accounts(load_settings().accounts), last, login=login, action=action)
    table = Table(
        "at", "login", "action", "page", "org", "subject", "reason", "address", "outcome", title="audit"
    )
    for one in found:
        org = "" if one.org_id is None else str(one.org_id)
        at = f"{one.at:%Y-%m-%d %H:%M:%S}"
        shown = (one.login, one.action, one.page, org, one.subject, one.reason, one.address, one.outcome)
        table.add_row(at, *shown)
    _console().print(table)


def _set_active(login: str, active: bool) -> None:
    engine = open_accounts(load_settings().accounts)
    found = account.one(engine, login)
    account.set_active(engine, found.id, active, shanghai_now())
    _note(engine, "account_enabled" if active else "account_disabled", found)
    click.echo(f"{'enabled' if active else 'disabled'} {found.login}")


def _place(settings: Settings, role: Role, organisation: str) -> tuple[int, str]:
    """Id and short name of the account's organisation. Raises SettingError when it does not suit the role."""
    with open_reader(open_viewer(settings.read_model)) as reader:
        district = trace.root(reader)
        place = one_place(reader, organisation) if organisation else district
    if role in _OF_THE_DISTRICT and place.org_id != district.org_id:
        raise SettingError("ROLE", role, f"sees the whole district, not {place.short_name}; leave --org out")
    if role == "branch_secretary" and not place.is_branch:
        raise SettingError("ORG", organisation, "branch_secretary needs a branch")
    if role == "committee_admin" and (place.is_branch or place.org_id == district.org_id):
        raise SettingError("ORG", organisation, "committee_admin needs a committee below the district")
    return place.org_id, place.short_name


def _names(settings: Settings, org_ids: list[int]) -> dict[int, str]:
    """Short names of organisations; none while the read model cannot be read."""
    try:
        with open_reader(open_viewer(settings.read_model)) as reader:
            return {
                place.org_id: place.short_name
                for id_ in set(org_ids)
                for place in trace.find(reader, str(id_))
            }
    except ReadModelError:
        return {}


def _new_password(login: str, ask: bool) -> str:
    if not ask:
        return one_time()
    password: str = click.prompt("password", hide_input=True, confirmation_prompt=True)
    try:
        require_good(password, login)
    except PasswordRefused as refused:
        raise click.ClickException(refused.rule) from refused
    return password


def _tell(password: str) -> None:
    click.echo(f"one-time password: {password}")
    click.echo("shown once; it has to be changed at the first login")


def _note(engine: sa.Engine, action: str, about: Account, more: str = "") -> None:
    subject = f"{about.login} {more}".strip()
    audit.record(engine, shanghai_now(), None, action, subject=subject, login=f"({getpass.getuser()})")


def _console() -> Console:
    # A pipe has no width of its own; nothing is cut for it.
    return Console(width=None if sys.stdout.isatty() else 240)
