"""Nothing personal by data: what stands in the public store itself, whoever may read it and however."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from commands.publishing import visitors_documents
from dashboard.leadership.export.worker import Worker
from dashboard.profile import load_profile
from data.contract import METADATA
from data.public.document import encode
from data.public.schema import METADATA as PUBLIC
from data.public.schema import documents, versions
from data.readmodel.light import Light
from data.readmodel.reader import open_reader
from data.readmodel.schema import branch_results, nodes, org_warnings
from tests.marked_district import ORGANISATION, Marked, marked
from tests.readmodel_district import fill
from tests.visitors_district import TEXT, Told, hide_half

# Names of personal columns that name something else here, or a distribution of it over all members.
ALSO_OF_THINGS = {
    "name",
    "title",
    "amount",
    "score",
    "status",
    "reason",
    "number",
    "basis",
    "points",
    "rate",
} | {"gender", "education", "passed"}
# Where a number counts persons. Organisations by sector are no persons.
COUNTS_PERSONS = {"members", "count", "waiting", "reached", "passed", "admitted", "transfers"}
NO_PERSONS = {"sectors"}


@pytest.fixture(scope="module", params=[11, 12, 13])
def district(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Marked]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "wake", lambda self: None)
        yield from marked(tmp_path_factory.mktemp("public"), request.param, alter=hide_half)


@pytest.fixture(scope="module")
def bodies(district: Marked) -> dict[str, Any]:
    """Every document by name."""
    with district.public.connect() as connection:
        rows = connection.execute(sa.select(documents)).all()
    assert len(rows) > 40
    assert not [row.name for row in rows if row.failed_since]
    return {row.name: json.loads(row.body) for row in rows}


def test_no_table_of_the_public_store_has_a_personal_column() -> None:
    assert set(PUBLIC.tables.values()) == {documents, versions}
    found = {column.name for table in PUBLIC.tables.values() for column in table.columns}
    assert found & personal_columns() == {"name"}, "name of a document"


def personal_columns() -> set[str]:
    columns = [column for table in METADATA.tables.values() for column in table.columns]
    return {column.name for column in columns if column.info.get("personal") in ("P1", "P2")}


def test_no_document_has_a_field_named_as_a_personal_column(bodies: dict[str, Any]) -> None:
    forbidden = personal_columns() - ALSO_OF_THINGS
    assert "member_no" in forbidden
    for name, body in bodies.items():
        assert not forbidden & set(fields_of(body)), name


def fields_of(value: Any) -> Iterator[str]:
    """Names of fields that say something."""
    if isinstance(value, dict):
        yield from (name for name, part in value.items() if part is not None)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from fields_of(part)


def test_no_document_tells_of_persons_nor_of_what_is_not_public(
    district: Marked, bodies: dict[str, Any]
) -> None:
    told = Told.of(district.district)
    assert 2 < len(told.organisations) < len(district.district.rows["organizations"]) - 2
    whole = json.dumps(bodies, ensure_ascii=False)
    assert ORGANISATION.search(whole), "public organisations are named"
    assert TEXT.search(whole), "public texts are read"
    for name, body in bodies.items():
        assert not told.complaints(json.dumps(body, ensure_ascii=False)), name


def test_no_document_counts_one_to_four_persons(bodies: dict[str, Any]) -> None:
    for name, body in bodies.items():
        assert not list(small_counts(body)), name


def small_counts(value: Any, key: str = "") -> Iterator[tuple[str, float]]:
    """Numbers of persons between one and four."""
    if isinstance(value, dict) and set(value) == {"state", "value"}:
        value = value["value"]
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in NO_PERSONS:
                yield from small_counts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from small_counts(part, key)
    elif key in COUNTS_PERSONS and isinstance(value, int | float) and 0 < value < 5:
        yield key, value


def test_a_small_cell_is_never_the_only_one_that_is_missing(bodies: dict[str, Any]) -> None:
    small = 0
    for name, body in bodies.items():
        for cells in distributions(body):
            if any(cell["is_small"] for cell in cells):
                small += 1
                hidden = [cell for cell in cells if cell["count"] is None]
                larger = [cell for cell in cells if cell["count"]]
                assert len(hidden) > 1 or not larger, name
                assert any(not cell["is_small"] for cell in hidden) or not larger, name
    assert small, "the trial district has no small cells"


def distributions(value: Any) -> Iterator[list[dict[str, Any]]]:
    """Lists of counted cells."""
    if (
        isinstance(value, list)
        and value
        and all(isinstance(v, dict) and {"count", "is_small"} <= set(v) for v in value)
    ):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from distributions(part)


@pytest.fixture
def lit(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/readmodel.db", poolclass=sa.NullPool)
    fill(engine, towns=4, months=14, branches=60)
    yield engine
    engine.dispose()


def test_what_is_said_of_an_organisation_by_name_does_not_hang_on_its_lights(lit: sa.Engine) -> None:
    """Every branch without a light and a warning, then every one red: nothing about any of them differs."""
    columns = [c.name for c in branch_results.c if c.name == "light" or c.name.endswith("_light")]
    assert len(columns) > 20
    found = []
    for light in (Light.GREEN, Light.RED):
        with lit.begin() as connection:
            connection.execute(branch_results.update().values(dict.fromkeys(columns, float(light))))
            if light == Light.GREEN:
                kept = connection.execute(sa.select(org_warnings)).mappings().all()
                connection.execute(org_warnings.delete())
            else:
                red = [dict(row) | {"level": "red", "state": "raised"} for row in kept]
                assert red
                connection.execute(org_warnings.insert(), red)
        found.append(said_by_name(lit))
    assert len(found[0]) > 10, "no organisation is named at all"
    assert found[0] == found[1]


def said_by_name(engine: sa.Engine) -> Counter[str]:
    """The objects of all documents that hold the name of an organisation below the district."""
    found: Counter[str] = Counter()
    with open_reader(engine) as reader:
        below = sa.select(nodes.c.short_name, nodes.c.name).where(nodes.c.parent_org_id.is_not(None))
        names = {name for row in reader.connection.execute(below) for name in row}
        for document in visitors_documents(load_profile("haishu"))(reader):
            body = json.loads(encode(document.load(reader), document.type))
            found.update(f"{document.name} {one}" for one in naming(body, names))
    return found


def naming(value: Any, names: set[str]) -> Iterator[str]:
    if isinstance(value, dict) and names & {part for part in value.values() if isinstance(part, str)}:
        yield json.dumps(value, ensure_ascii=False)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from naming(part, names)
