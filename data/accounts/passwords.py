"""Passwords: Argon2id, the rules for a new one, and one-time passwords."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from data.errors import PasswordRefused

SHORTEST, LONGEST = 12, 128
# Parameters of RFC 9106 for 64 MiB: 40 ms. Two at a time, so that a flood of logins takes no more than 128 MiB.
HASHER = PasswordHasher()
_AT_A_TIME = threading.BoundedSemaphore(2)
# No letter or digit that is read for another one.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

# Common ones of at least twelve characters, and the beginnings that people lengthen by digits.
_COMMON = frozenset(
    [
        "adminadminadmin",
        "administrator",
        "asdfghjkl123",
        "changeme1234",
        "dangjian2026",
        "iloveyou1314",
        "letmeinplease",
        "passw0rd1234",
        "password1234",
        "passwordpassword",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwertyuiop12",
        "qwertyuiopas",
        "welcome12345",
        "woaini1314520",
        "woaizhongguo",
        "xianfeng2026",
        "zaq12wsxcde3",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
    ]
)
_LENGTHENED = re.compile(
    r"(admin|administrator|password|passw0rd|p@ssw0rd|qwerty|welcome|dangjian|zuzhibu|xianfeng|woaini|iloveyou|abc|a)"
    r"[\d!@#$%.\-_]*"
)
_RUNS = ("0123456789" * 3, "9876543210" * 3, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def hashed(password: str) -> str:
    """What is stored of a password."""
    with _AT_A_TIME:
        return HASHER.hash(_same(password))


def verified(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; without a stored one false, after the same time."""
    with _AT_A_TIME:
        try:
            return HASHER.verify(stored or _nobodys(), _same(password)) and stored is not None
        except (Argon2Error, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether a stored hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def require_good(password: str, login: str) -> None:
    """Raises PasswordRefused with the rule that a new password breaks, in words for the person."""
    plain = _same(password).lower()
    if len(plain) < SHORTEST:
        raise PasswordRefused(f"密码至少 {SHORTEST} 个字符")
    if len(plain) > LONGEST:
        raise PasswordRefused(f"密码至多 {LONGEST} 个字符")
    if login.lower() in plain:
        raise PasswordRefused("密码不能包含用户名")
    if plain in _COMMON or _LENGTHENED.fullmatch(plain):
        raise PasswordRefused("这个密码太常见，请换一个")
    if len(set(plain)) < 5 or any(plain in run for run in _RUNS):
        raise PasswordRefused("密码不能是重复或连续的字符")


def one_time() -> str:
    """A random password to be printed once and changed at the first login: 79 bits, in groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _same(password: str) -> str:
    # An input method may type full-width letters, a keyboard composed or decomposed ones.
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))
