"""The shipped place facts, and that reading them waits until somebody asks."""

import subprocess
import sys
from collections import Counter

import pytest
import shapely

from geo.errors import PlaceUnknownError
from geo.outlines import district_outline
from geo.places import read_seeds, read_towns, read_villages

DISTRICTS = {"330203": 17, "320412": 20, "320115": 15, "410108": 8, "320583": 12}

NO_FILES = """
import sys
import shapely
def refuse(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".csv", ".geojson")):
        raise SystemExit("opened " + str(arguments[0]))
sys.addaudithook(refuse)
import geo.town_areas, geo.partition, geo.locate, geo.inset, geo.projection, geo.places, geo.outlines
{then}
"""


@pytest.mark.parametrize(("code", "towns"), DISTRICTS.items())
def test_every_district_has_its_towns_and_a_valid_outline(code: str, towns: int) -> None:
    names = [town.name for town in read_towns(code)]
    assert len(names) == towns == len(set(names))
    assert district_outline(code).is_valid
    assert {seed.town for seed in read_seeds(code)} <= set(names)


def test_haishu_has_the_167_villages_and_103_communities_of_the_article() -> None:
    villages = read_villages("330203")
    assert Counter(village.kind for village in villages) == {"建制村": 167, "社区": 103}
    assert {village.town for village in villages} == {town.name for town in read_towns("330203")}
    assert len({village.name for village in villages}) == 270


def test_town_codes_of_villages_are_those_of_their_towns() -> None:
    codes = {town.name: town.code for town in read_towns("330203")}
    assert all(codes[village.town] == village.town_code for village in read_villages("330203"))


def test_every_haishu_town_point_lies_inside_the_outline() -> None:
    outline = district_outline("330203")
    assert all(outline.contains(shapely.Point(town.lng, town.lat)) for town in read_towns("330203"))


@pytest.mark.parametrize("read", [read_towns, district_outline])
def test_an_unknown_district_is_named(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PlaceUnknownError, match="999999"):
        read("999999")


@pytest.mark.parametrize(
    ("then", "code"), [("", 0), ("geo.places.read_towns('330203')", 1)], ids=["import", "read"]
)
def test_importing_geo_opens_no_data_file_but_reading_does(then: str, code: int) -> None:
    script = NO_FILES.format(then=then)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
