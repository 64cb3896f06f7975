"""Datum conversion against published values, and detection of an undeclared datum."""

import numpy as np
import pytest
import shapely
from fast_geocn import gcj02_to_wgs84, wgs84_to_gcj02

from geo.datum import Datum, detect_datum, from_wgs84, geometry_from_wgs84, geometry_to_wgs84, to_wgs84
from geo.errors import DatumUnknownError
from geo.outlines import district_outline
from geo.partition import schematic_areas
from geo.plane import METRES_PER_DEGREE

LNG, LAT = np.meshgrid(np.linspace(100.0, 122.0, 23), np.linspace(22.0, 40.0, 19))


def metres(dlng: np.ndarray, dlat: np.ndarray) -> np.ndarray:
    return np.asarray(METRES_PER_DEGREE * np.hypot(dlng * np.cos(np.radians(LAT)), dlat))


@pytest.mark.parametrize("datum", Datum)
def test_there_and_back_is_within_a_millimetre(datum: Datum) -> None:
    lng, lat = to_wgs84(*from_wgs84(LNG, LAT, datum), datum)
    assert metres(lng - LNG, lat - LAT).max() < 0.001


@pytest.mark.parametrize(("datum", "least", "most"), [(Datum.GCJ02, 50, 800), (Datum.BD09, 500, 1900)])
def test_the_offsets_have_their_known_sizes(datum: Datum, least: float, most: float) -> None:
    lng, lat = from_wgs84(LNG, LAT, datum)
    offset = metres(lng - LNG, lat - LAT)
    assert least < offset.min() < offset.mean() < offset.max() < most


def test_gcj02_is_some_500_m_off_in_haishu() -> None:
    lng, lat = from_wgs84(np.array(121.45), np.array(29.85), Datum.GCJ02)
    offset = METRES_PER_DEGREE * np.hypot((lng - 121.45) * np.cos(np.radians(29.85)), lat - 29.85)
    assert 400 < float(offset) < 650


def test_gcj02_equals_the_scalar_reference() -> None:
    lng, lat = from_wgs84(LNG.ravel(), LAT.ravel(), Datum.GCJ02)
    expected = [wgs84_to_gcj02(x, y) for x, y in zip(LNG.ravel(), LAT.ravel(), strict=True)]
    assert np.allclose(np.column_stack([lng, lat]), expected, rtol=0, atol=1e-12)
    assert np.allclose(
        np.ravel(to_wgs84(np.array(116.404), np.array(39.915), Datum.GCJ02)),
        gcj02_to_wgs84(116.404, 39.915),
        rtol=0,
        atol=1e-8,
    )


def test_bd09_equals_the_published_example() -> None:
    # Example of the README of github.com/wandergis/coordtransform: gcj02tobd09(116.404, 39.915).
    wgs = to_wgs84(np.array(116.404), np.array(39.915), Datum.GCJ02)
    lng, lat = from_wgs84(*wgs, Datum.BD09)
    assert (float(lng), float(lat)) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


def test_a_geometry_comes_back_with_its_rings() -> None:
    shape = shapely.box(121.3, 29.7, 121.5, 29.9).difference(shapely.box(121.38, 29.78, 121.4, 29.8))
    back = geometry_to_wgs84(geometry_from_wgs84(shape, Datum.BD09), Datum.BD09)
    assert back.equals_exact(shape, tolerance=1e-8)
    assert not back.equals_exact(geometry_from_wgs84(shape, Datum.BD09), tolerance=1e-4)


@pytest.mark.parametrize("code", ["330203", "320412", "410108"])
@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02, Datum.BD09])
def test_the_datum_of_shifted_data_is_detected_though_the_border_differs(code: str, datum: Datum) -> None:
    outline = district_outline(code)
    other_survey = outline.simplify(0.001)
    fit = detect_datum(geometry_from_wgs84(other_survey, datum), outline)
    assert fit.datum is datum
    assert fit.certain
    assert fit.misfit_m[datum] < 100


def test_missing_towns_do_not_disturb_the_detection() -> None:
    areas = dict(schematic_areas("330203"))
    del areas["章水镇"]
    shifted = geometry_from_wgs84(shapely.union_all(list(areas.values())), Datum.GCJ02)
    assert detect_datum(shifted, district_outline("330203")).datum is Datum.GCJ02


@pytest.mark.parametrize("name", ["gcj02", "GCJ-02", " gcj_02 "])
def test_a_datum_is_recognised_in_common_spellings(name: str) -> None:
    assert Datum.parse(name) is Datum.GCJ02


def test_an_unknown_datum_is_named_with_the_known_ones() -> None:
    with pytest.raises(DatumUnknownError, match=r"'ED50'.*BD-09"):
        Datum.parse("ED50")
