"""The settings: read from the environment and ``.env``, typed, each documented where it is declared."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from dashboard.profile import available_districts
from dashboard.wall_profile import wall_names
from data.errors import SettingError, without_password
from data.scope import Mode

_STORES = {
    "read_model_url": "读模型",
    "public_url": "公开库",
    "accounts_url": "账号库",
}
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_WALL_MODES: dict[str, Mode] = {"wall_reception": "wall_reception", "wall_internal": "wall_internal"}


class Settings(BaseSettings):
    """All settings with their defaults; the environment variable is the upper-case name."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    district: str = Field("haishu", description="district profile, a file of dashboard/profiles")
    host: str = Field("127.0.0.1", description="address the web server listens on; 0.0.0.0 for the network")
    port: int = Field(8050, ge=1, le=65535, description="port the web server listens on")
    workers: int = Field(
        1,
        ge=1,
        le=64,
        description="processes of the web server; more than one run under gunicorn (Linux, macOS)",
    )
    data_dir: Path = Field(Path("var"), description="folder of the embedded databases")
    operational_url: str = Field(
        "", description="SQLAlchemy URL of the operational database; empty: embedded SQLite in DATA_DIR"
    )
    read_model_url: str = Field(
        "", description="SQLAlchemy URL of the read model; empty: embedded SQLite in DATA_DIR"
    )
    public_url: str = Field(
        "",
        description="SQLAlchemy URL by which the screens of visitors read the public store; empty: embedded SQLite, "
        "with a read model on PostgreSQL the account of READ_MODEL_URL",
    )
    accounts_url: str = Field(
        "", description="SQLAlchemy URL of accounts, sessions and audit; empty: embedded SQLite in DATA_DIR"
    )
    public_oldest_minutes: int = Field(
        15, ge=1, le=1440,
        description="minutes after which a document for visitors that cannot be made anew is withdrawn",
    )  # fmt: skip
    wall: str = Field("3840x1280", description="wall profile, a file of dashboard/walls")
    wall_mode: Mode | None = Field(
        None,
        description="exposure of the wall: wall_reception (visitors) or wall_internal (names red and yellow); "
        "empty: the profile's own",
    )
    schedule: Literal["auto", "on", "off"] = Field(
        "auto",
        description="whether the profile's schedule and dark hours count; auto: unless the data are simulated",
    )
    devices: Literal["auto", "open", "enrolled"] = Field(
        "auto",
        description="open: any browser is a guest wall; enrolled: only screens let in by their code; "
        "auto: enrolled unless the data are simulated",
    )
    cache_url: str = Field("", description="redis:// address of a shared cache; empty: memory of the process")
    town_areas: Path | None = Field(
        None, description="GeoJSON, Shapefile or GeoPackage with the customer's town areas by name"
    )
    town_areas_datum: Literal["", "WGS-84", "CGCS2000", "GCJ-02", "BD-09"] = Field(
        "", description="datum of TOWN_AREAS; empty: found by misfit and reported"
    )
    kiosk_place: str = Field(
        "",
        description="where the kiosk stands, as lng,lat in degrees (CGCS2000), for the nearest places; empty: unknown",
    )
    poll_seconds: float = Field(1.0, gt=0, le=60, description="rhythm of the projector")
    session_idle_minutes: int = Field(
        30, ge=1, le=720, description="minutes without an act of the person after which a login ends"
    )
    session_hours: int = Field(12, ge=1, le=24, description="hours after which a login ends in any case")
    trust_proxy: bool = Field(
        False, description="whether X-Forwarded-For, -Proto and -Host come from a reverse proxy of one's own"
    )
    oidc_issuer: str = Field("", description="issuer address of the single sign-on; empty: passwords only")
    oidc_client_id: str = Field("", description="name of this program at the single sign-on")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="its secret there")
    oidc_label: str = Field("统一身份认证登录", description="words on the button of the single sign-on")
    oidc_login_claim: str = Field(
        "preferred_username", description="claim that holds the login of an account not yet tied to a person"
    )

    @field_validator("district")
    @classmethod
    def _known_district(cls, value: str) -> str:
        return _one_of(value, available_districts())

    @field_validator("wall")
    @classmethod
    def _known_wall(cls, value: str) -> str:
        return _one_of(value, wall_names())

    @field_validator("wall_mode")
    @classmethod
    def _mode_of_a_wall(cls, value: Mode | None) -> Mode | None:
        return None if value is None else _WALL_MODES[_one_of(value, list(_WALL_MODES))]

    @field_validator("wall_mode", mode="before")
    @classmethod
    def _empty_is_the_profiles(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("operational_url", "read_model_url", "public_url", "accounts_url")
    @classmethod
    def _readable_url(cls, value: str) -> str:
        try:
            if value:
                make_url(_with_driver(value)).get_dialect().import_dbapi()
        except NoSuchModuleError as error:
            raise ValueError("no kind of database that SQLAlchemy knows") from error
        except ImportError as error:
            raise ValueError(f"its Python driver is not installed ({error.name})") from error
        except ArgumentError as error:
            raise ValueError("not an SQLAlchemy URL, e.g. postgresql+psycopg://user@host/name") from error
        return value

    @field_validator("read_model_url", "public_url", "accounts_url")
    @classmethod
    def _store_of_a_kind_we_write(cls, value: str, info: ValidationInfo) -> str:
        if value and make_url(_with_driver(value)).get_backend_name() not in ("sqlite", "postgresql"):
            store = _STORES[str(info.field_name)]
            raise ValueError(
                f"{store}只能放在 SQLite 或 PostgreSQL；MariaDB、MySQL 只作业务库（OPERATIONAL_URL）"
            )
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer_nobody_listens_to(cls, value: str) -> str:
        parts = urlsplit(value)
        here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if value and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and here))):
            raise ValueError("an https:// address; http:// only on this machine")
        return value

    @model_validator(mode="after")
    def _public_store_stands_beside_the_read_model(self) -> Settings:
        if _is_server(self.public_url) and not _is_server(self.read_model_url):
            raise SettingError(
                "PUBLIC_URL", without_password(self.public_url),
                "on PostgreSQL the public store is a schema in the database of READ_MODEL_URL, which is none",
            )  # fmt: skip
        return self

    @model_validator(mode="after")
    def _single_sign_on_is_whole(self) -> Settings:
        if self.oidc_issuer and not self.oidc_client_id:
            raise SettingError("OIDC_CLIENT_ID", "", "the single sign-on of OIDC_ISSUER needs it")
        return self

    @field_validator("cache_url")
    @classmethod
    def _redis_address(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://")):
            raise ValueError("not a redis:// address")
        return value

    @field_validator("kiosk_place")
    @classmethod
    def _degrees_in_china(cls, value: str) -> str:
        if value and degrees_of(value) is None:
            raise ValueError("not lng,lat in degrees, e.g. 121.5417,29.8683")
        return value

    @field_validator("data_dir")
    @classmethod
    def _folder_that_can_be(cls, value: Path) -> Path:
        there = next(folder for folder in (value.absolute(), *value.absolute().parents) if folder.exists())
        if not there.is_dir() or not os.access(there, os.W_OK):
            raise ValueError(f"{there} is no folder that can be written to")
        return value

    @field_validator("town_areas", mode="before")
    @classmethod
    def _empty_is_schematic(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("town_areas")
    @classmethod
    def _file_that_is_there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("there is no such file")
        return value

    @property
    def operational(self) -> str:
        """URL of the operational database with the embedded default and a driver where the URL names none."""
        return _with_driver(self.operational_url) or self._embedded("operational.db")

    @property
    def read_model(self) -> str:
        """URL of the read model with the embedded default."""
        return _with_driver(self.read_model_url) or self._embedded("readmodel.db")

    @property
    def public(self) -> str:
        """URL by which screens of visitors read the public store."""
        return _with_driver(self.public_url) or self.public_store

    @property
    def public_store(self) -> str:
        """URL by which the public store is written: its own file, or a schema in the read model's database."""
        if _is_server(self.read_model_url) and (not self.public_url or _is_server(self.public_url)):
            return self.read_model
        return _with_driver(self.public_url) or self._embedded("public.db")

    @property
    def kiosk_degrees(self) -> tuple[float, float] | None:
        """(lng, lat) of the kiosk, if that is known."""
        return degrees_of(self.kiosk_place)

    @property
    def accounts(self) -> str:
        """URL of the accounts with the embedded default."""
        return _with_driver(self.accounts_url) or self._embedded("accounts.db")

    def _embedded(self, name: str) -> str:
        return f"sqlite:///{(self.data_dir / self.district / name).as_posix()}"


def degrees_of(text: str) -> tuple[float, float] | None:
    """(lng, lat) of "lng,lat" within China; None for anything else."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*", text)
    lng, lat = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return (lng, lat) if 73 <= lng <= 136 and 3 <= lat <= 54 else None


def _one_of(value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise ValueError(f"unknown; one of {', '.join(known)}")
    return value


def _is_server(url: str) -> bool:
    return bool(url) and make_url(url).get_backend_name() != "sqlite"


def _with_driver(url: str) -> str:
    """The URL with the driver of requirements.txt when it names none."""
    scheme, separator, rest = url.partition("://")
    return _DRIVERS.get(scheme, scheme) + separator + rest


def load_settings(**overrides: object) -> Settings:
    """Settings of this process. Raises SettingError naming the variable, its value and what is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]).upper() if first["loc"] else "settings"
        # The value names what is wrong; the password of a mistyped URL does not belong on a terminal or in a log.
        value = re.sub(r":[^:@/]*@", ":***@", str(first["input"]))
        raise SettingError(key, value, str(first["msg"]).removeprefix("Value error, ")) from error
