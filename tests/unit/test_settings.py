"""A wrong setting is named with its value before anything long begins; a right one passes."""

import json
import socket
from pathlib import Path

import pytest

from callbacks.listening import require_free
from dashboard.area_file import AreaFile
from dashboard.settings import load_settings
from data.errors import SettingError


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("PORT", "abc", "valid integer"),
        ("PORT", "99999", "less than or equal to 65535"),
        ("DISTRICT", "nowhere", "one of haishu"),
        ("WALL", "1x1", "one of 2880x960"),
        ("WALL_MODE", "x", "wall_reception"),
        ("POLL_SECONDS", "0", "greater than 0"),
        ("OPERATIONAL_URL", "garbage", "not an SQLAlchemy URL"),
        ("OPERATIONAL_URL", "garbage://host/name", "no kind of database"),
        ("OPERATIONAL_URL", "mysql+mysqldb://host/name", "driver is not installed"),
        ("READ_MODEL_URL", "mssql+pymssql://host/name", "driver is not installed"),
        ("PUBLIC_URL", "postgresql://visitors@host/name", "in the database of READ_MODEL_URL"),
        ("READ_MODEL_URL", "mysql://wall@host/wall", "读模型只能放在 SQLite 或 PostgreSQL"),
        ("ACCOUNTS_URL", "mariadb+pymysql://wall@host/wall", "账号库只能放在 SQLite 或 PostgreSQL"),
        ("PUBLIC_URL", "mssql+pyodbc://host/name", "driver is not installed"),
        ("CACHE_URL", "memcached://host", "not a redis:// address"),
        ("TOWN_AREAS", "/nonexistent.geojson", "no such file"),
        ("TOWN_AREAS_DATUM", "WGS", "BD-09"),
        ("DATA_DIR", "/dev/null/var", "no folder"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(
    key: str, value: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(SettingError, match=reason) as refused:
        load_settings()
    assert str(refused.value).startswith(f"{key}='{value}': ")
    assert len(str(refused.value).splitlines()) == 1


def test_the_password_of_a_wrong_url_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPERATIONAL_URL", "garbage://reader:geheim@host/name")
    with pytest.raises(SettingError) as refused:
        load_settings()
    assert "geheim" not in str(refused.value)
    assert "reader" in str(refused.value)


def test_a_plain_postgresql_address_and_an_empty_value_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPERATIONAL_URL", "postgresql://reader@host/name")
    for key in ("READ_MODEL_URL", "TOWN_AREAS", "TOWN_AREAS_DATUM", "CACHE_URL"):
        monkeypatch.setenv(key, "")
    settings = load_settings()
    assert settings.operational == "postgresql+psycopg://reader@host/name"
    assert settings.town_areas is None
    assert settings.read_model.startswith("sqlite:///var/haishu/")


@pytest.mark.parametrize("kind", ["mysql", "mariadb"])
def test_a_plain_address_of_mysql_or_mariadb_gets_its_driver(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATIONAL_URL", f"{kind}://reader@host/party?charset=utf8mb4")
    assert load_settings().operational == f"{kind}+pymysql://reader@host/party?charset=utf8mb4"


SERVER, VISITORS = "postgresql://projector@host/wall", "postgresql://visitors@host/wall"
DRIVER = "postgresql+psycopg"


@pytest.mark.parametrize(
    ("read_model", "public", "read", "written"),
    [
        ("", "", "sqlite:///var/haishu/public.db", "sqlite:///var/haishu/public.db"),
        ("", "sqlite:///hall.db", "sqlite:///hall.db", "sqlite:///hall.db"),
        (SERVER, "", SERVER, SERVER),
        (SERVER, VISITORS, VISITORS, SERVER),
        (SERVER, "sqlite:///hall.db", "sqlite:///hall.db", "sqlite:///hall.db"),
    ],
)
def test_the_public_store_is_read_by_visitors_and_written_beside_the_read_model(
    read_model: str, public: str, read: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READ_MODEL_URL", read_model)
    monkeypatch.setenv("PUBLIC_URL", public)
    settings = load_settings()
    assert settings.public == read.replace("postgresql", DRIVER)
    assert settings.public_store == written.replace("postgresql", DRIVER)


def test_a_port_in_use_is_refused_and_a_free_one_is_not() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"^PORT={port}: cannot listen on 127.0.0.1"):
            require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)


def test_a_host_that_is_no_address_is_refused() -> None:
    with pytest.raises(SettingError, match=r"^HOST='256\.256\.256\.256\.invalid'"):
        require_free("256.256.256.256.invalid", 8050)


def test_a_file_without_towns_is_named_as_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "towns.geojson"
    point = {"type": "Point", "coordinates": [121.5, 29.9]}
    feature = {"type": "Feature", "properties": {"name": "别处"}, "geometry": point}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    with pytest.raises(SettingError, match=r"^TOWN_AREAS=.*no column names a town of the district"):
        AreaFile(path).load("330203", ["横街镇"])
