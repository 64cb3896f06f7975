"""A side database that does not answer: few wait for it, and none for long."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from callbacks.direction import reach
from data.accounts.store import open_accounts
from data.errors import AccountsUnreachable


def test_a_database_that_is_away_is_asked_by_one_now_and_then_until_it_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(reach, "monotonic", lambda: now[0])
    found, asked = reach.Reach(), []

    def ask(*, answers: bool) -> bool:
        try:
            with found.asking():
                asked.append(now[0])
                if not answers:
                    raise AccountsUnreachable("postgresql://db/accounts", "gone")
        except AccountsUnreachable:
            return False
        return True

    assert ask(answers=True)
    assert not ask(answers=False)
    for now[0] in (101.0, 104.9):
        assert not ask(answers=True)
    now[0] = 105.0
    with found.asking():
        # The others do not wait beside the one who tries.
        assert not ask(answers=True)
    assert ask(answers=True)
    assert asked == [100.0, 100.0, 105.0]


def test_a_server_of_accounts_that_is_gone_is_given_up_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}

    def connect(*_: object, **options: Any) -> None:
        told.update(options)
        raise psycopg.OperationalError("nobody there")

    monkeypatch.setattr(psycopg, "connect", connect)
    with pytest.raises(AccountsUnreachable):
        open_accounts("postgresql+psycopg://db.invalid/accounts")
    assert (told["connect_timeout"], told["tcp_user_timeout"]) == (3, 3000)
