"""A customer's own town areas: formats, spellings, encodings, datums, broken geometry."""

import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.datum import Datum, geometry_from_wgs84
from geo.errors import (
    FileMisplacedError,
    FileUnreadableError,
    GeometryRefusedError,
    NoTownMatchedError,
    PlaceUnknownError,
)
from geo.partition import schematic_areas
from geo.places import read_towns
from geo.town_areas import SCHEMATIC_LABEL, TownAreas, load_town_areas
from geo.town_names import TownNames

HAISHU = "330203"
TOWNS = [town.name for town in read_towns(HAISHU)]
AREAS = schematic_areas(HAISHU)
BOW_TIE = shapely.Polygon([(121.3, 29.8), (121.4, 29.9), (121.4, 29.8), (121.3, 29.9)])


def frame(**changed: object) -> geopandas.GeoDataFrame:
    shapes = {**AREAS, **changed}
    geometry = geopandas.GeoSeries(list(shapes.values()), crs=4326)
    return geopandas.GeoDataFrame({"序号": range(len(shapes)), "名称": list(shapes)}, geometry=geometry)


def load(path: Path, **options: object) -> TownAreas:
    return load_town_areas(HAISHU, TOWNS, path, **options)  # type: ignore[arg-type]


def same(loaded: TownAreas) -> bool:
    return list(loaded.areas) == TOWNS and all(
        loaded.areas[t].symmetric_difference(AREAS[t]).area < 1e-4 * AREAS[t].area for t in TOWNS
    )


def written(folder: Path, form: str, data: geopandas.GeoDataFrame) -> Path:
    path = folder / f"towns.{form.removesuffix('.zip')}"
    if form == "gpkg":
        data.to_file(path, layer="乡镇")
    elif form == "geojson":
        data.to_file(path)
    else:
        data.to_file(path, encoding="GBK")
        path.with_suffix(".cpg").unlink()
    if form.endswith(".zip"):
        path = folder / "towns.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for part in sorted(folder.glob("towns.*")):
                if part != path:
                    archive.write(part, f"资料/乡镇{part.suffix}")
    return path


SPELLINGS = {
    "full": lambda name: name,
    "short": lambda name: name.removesuffix("街道").removesuffix("镇").removesuffix("乡"),
    "trailing spaces": lambda name: f" {name}  \u3000",
    "office": lambda name: name.replace("街道", "街道办事处"),
    "with district": lambda name: f"浙江省宁波市海曙区{name}",
}


@pytest.mark.parametrize("form", ["geojson", "gpkg", "shp", "shp.zip"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_towns_are_found_in_every_format_and_spelling(tmp_path: Path, form: str, spelling: str) -> None:
    data = frame()
    data["名称"] = data["名称"].map(SPELLINGS[spelling])
    loaded = load(written(tmp_path, form, data))
    assert same(loaded)
    assert not loaded.schematic
    assert loaded.label == ""


def test_without_a_file_the_areas_are_schematic_and_say_so() -> None:
    loaded = load_town_areas("320412", [town.name for town in read_towns("320412")])
    assert loaded.schematic
    assert loaded.label == SCHEMATIC_LABEL == "示意图 · 非行政区界线"
    assert loaded.findings == []
    assert not loaded.areas["高新区"].is_empty, "a zone without seeds is drawn around its seat"


def test_a_district_nobody_drew_is_partitioned_around_the_seats_of_its_towns() -> None:
    seats = (("东乡镇", 119.0, 30.0), ("西乡镇", 118.9, 30.0), ("南乡镇", 118.95, 29.9))
    loaded = load_town_areas("999999", [name for name, *_ in seats], seats=seats)
    assert loaded.schematic
    for name, lng, lat in seats:
        assert loaded.areas[name].contains(shapely.Point(lng, lat))
    areas = list(loaded.areas.values())
    assert sum(area.area for area in areas) == pytest.approx(shapely.union_all(areas).area)


def test_without_seeds_and_seats_there_is_no_map() -> None:
    with pytest.raises(PlaceUnknownError):
        load_town_areas("999999", ["东乡镇"])


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("declared", [True, False])
def test_a_shifted_file_is_converted_whether_declared_or_not(
    tmp_path: Path, datum: Datum, declared: bool
) -> None:
    data = frame()
    data.geometry = [geometry_from_wgs84(shape, datum) for shape in data.geometry]
    loaded = load(written(tmp_path, "geojson", data), datum=datum if declared else None)
    assert same(loaded)
    assert any(f"datum detected {datum}, misfit WGS-84 " in line for line in loaded.findings) is not declared


def test_a_wrongly_declared_datum_is_reported(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "geojson", frame()), datum=Datum.GCJ02)
    assert any("declared GCJ-02, but WGS-84 fits better" in line for line in loaded.findings)


@pytest.mark.parametrize("epsg", [4490, 4549, 32651, 3857])
def test_a_declared_coordinate_system_is_respected(tmp_path: Path, epsg: int) -> None:
    assert same(load(written(tmp_path, "gpkg", frame().to_crs(epsg))))


def test_metres_without_a_coordinate_system_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "shp", frame().to_crs(4549))
    path.with_suffix(".prj").unlink()
    with pytest.raises(FileUnreadableError, match="no coordinate system"):
        load(path)


def test_a_broken_polygon_is_repaired_and_named(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "geojson", frame(横街镇=BOW_TIE)))
    assert any("repaired polygon of 横街镇 (Self-intersection" in line for line in loaded.findings)
    assert loaded.areas["横街镇"].is_valid
    assert loaded.areas["横街镇"].area == pytest.approx(0.005, rel=1e-3)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "empty"),
        (shapely.Point(121.3, 29.8), "a Point is not an area"),
        (
            shapely.Polygon([(121.3, 29.8), (121.4, 29.9), (121.3, 29.8), (121.3, 29.8)]),
            "nothing with an area",
        ),
    ],
)
def test_a_geometry_that_cannot_be_an_area_is_refused_by_name(
    tmp_path: Path, geometry: object, reason: str
) -> None:
    path = written(tmp_path, "geojson", frame(横街镇=geometry))
    with pytest.raises(GeometryRefusedError, match=reason) as refused:
        load(path)
    assert (refused.value.path, refused.value.town) == (path, "横街镇")
    assert "towns.geojson: town 横街镇" in str(refused.value)


def test_missing_foreign_and_repeated_towns_are_named(tmp_path: Path) -> None:
    data = frame()
    data.loc[data["名称"] == "章水镇", "名称"] = "邱隘镇"
    data.loc[data["名称"] == "龙观乡", "名称"] = "鄞江镇"
    loaded = load(written(tmp_path, "gpkg", data))
    assert "towns.gpkg: 邱隘镇 is not a town of the district" in loaded.findings
    assert "towns.gpkg: no area for 章水镇" in loaded.findings
    assert "towns.gpkg: 鄞江镇 appears 2 times, its areas are joined" in loaded.findings
    assert loaded.areas["鄞江镇"].area == pytest.approx(AREAS["鄞江镇"].area + AREAS["龙观乡"].area)


def test_overlapping_towns_are_named(tmp_path: Path) -> None:
    grown = AREAS["横街镇"].union(AREAS["古林镇"])
    assert (
        "towns.gpkg: 横街镇 and 古林镇 overlap"
        in load(written(tmp_path, "gpkg", frame(横街镇=grown))).findings
    )


def test_a_survey_grade_file_is_simplified_to_what_a_screen_can_draw(tmp_path: Path) -> None:
    data = frame()
    data.geometry = shapely.segmentize(data.geometry.to_numpy(), 0.0002)
    loaded = load(written(tmp_path, "gpkg", data))
    assert shapely.get_num_coordinates(list(loaded.areas.values())).sum() <= 8000
    assert any("vertices simplified" in line for line in loaded.findings)
    assert same(loaded)


def test_the_declared_name_column_is_used(tmp_path: Path) -> None:
    data = frame()
    data["旧名"] = data["名称"].to_list()[::-1]
    path = written(tmp_path, "gpkg", data)
    assert same(load(path, name_field="名称"))
    assert not same(load(path, name_field="旧名"))


def test_a_file_of_another_place_is_refused(tmp_path: Path) -> None:
    data = frame()
    data.geometry = data.geometry.translate(1.0, 0.0)
    with pytest.raises(FileMisplacedError, match="do not lie on the district"):
        load(written(tmp_path, "geojson", data))


def test_a_file_without_our_towns_is_refused(tmp_path: Path) -> None:
    data = frame()
    data["名称"] = "某地"
    with pytest.raises(NoTownMatchedError, match="南门街道"):
        load(written(tmp_path, "geojson", data))


@pytest.mark.parametrize("name", ["absent.geojson", "words.geojson", "words.zip", "words.shp"])
def test_a_file_that_is_no_map_is_refused_with_its_path(tmp_path: Path, name: str) -> None:
    if name.startswith("words"):
        (tmp_path / name).write_text("not a map")
    with pytest.raises(FileUnreadableError, match=name):
        load(tmp_path / name)


def test_a_short_name_two_towns_share_matches_neither() -> None:
    names = TownNames(["湖塘镇", "湖塘街道"])
    assert names.match("湖塘") is None
    assert names.match("湖塘街道办事处") is None
    assert names.match("湖塘镇 ") == "湖塘镇"
