"""Wall profiles: the pixel grid, the size and the viewers of one LED wall, and the type scale they demand."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

WALLS = Path(__file__).parent / "walls"
DESIGN_WIDTH, DESIGN_HEIGHT = 3840, 1280

# Height of a glyph as a share of its font-size: Chinese body, digits and capitals.
CJK_EM, DIGIT_EM = 0.9, 0.7
CAPTION_ARCMIN, DATA_ARCMIN, NUMBER_ARCMIN = 16.0, 20.0, 16.0


@dataclass(frozen=True)
class WallProfile:
    """One wall; 1 CSS pixel is 1 LED pixel. The picture wanders by up to ``shift_px`` LED pixels in both axes, one
    pixel every ``shift_minutes`` (0: it stands)."""

    name: str
    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    module_px: tuple[int, int]
    nearest_m: float
    farthest_m: float
    shift_px: int = 2
    shift_minutes: float = 4

    @property
    def u(self) -> float:
        """Real pixels per design pixel: the design of 3840 x 1280 fits whole, gutters take what is left."""
        return min(self.width_px / DESIGN_WIDTH, self.height_px / DESIGN_HEIGHT)

    @property
    def pitch_mm(self) -> float:
        """Size of a pixel; the larger of the two directions, so that text is never too small."""
        return max(self.width_mm / self.width_px, self.height_mm / self.height_px)

    def font_px(self, arcmin: float, glyph_em: float) -> int:
        """Smallest whole font-size whose glyph is seen under ``arcmin`` by the farthest viewer."""
        return math.ceil(glyph_mm(arcmin, self.farthest_m) / glyph_em / self.pitch_mm)

    def arcmin(self, font_px: float, glyph_em: float) -> float:
        """Angle under which the farthest viewer sees a glyph of this font-size."""
        return math.degrees(2 * math.atan(font_px * glyph_em * self.pitch_mm / 2000 / self.farthest_m)) * 60

    @property
    def caption_px(self) -> int:
        """Font-size of captions and axis figures."""
        return self.font_px(CAPTION_ARCMIN, CJK_EM)

    @property
    def data_px(self) -> int:
        """Font-size of text that carries data."""
        return self.font_px(DATA_ARCMIN, CJK_EM)

    @property
    def number_px(self) -> int:
        """Font-size of digits that carry the message."""
        return self.font_px(NUMBER_ARCMIN, DIGIT_EM)


class UnknownWallError(KeyError):
    """No wall profile of this name; ``known`` lists those there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


def glyph_mm(arcmin: float, distance_m: float) -> float:
    """Height that is seen under an angle from a distance: 2 d tan(angle / 2)."""
    return 2 * distance_m * 1000 * math.tan(math.radians(arcmin / 60) / 2)


def wall_names() -> tuple[str, ...]:
    """Names of the built-in profiles, widest last."""
    return tuple(sorted((path.stem for path in WALLS.glob("*.toml")), key=lambda n: int(n.split("x")[0])))


def load_wall(name: str) -> WallProfile:
    """The profile of this name; a name is never used as a path. Raises UnknownWallError."""
    known = wall_names()
    if name not in known:
        raise UnknownWallError(name, known)
    found = tomllib.loads((WALLS / f"{name}.toml").read_text(encoding="utf-8"))
    return WallProfile(
        name=name,
        width_px=found["width_px"],
        height_px=found["height_px"],
        width_mm=found["width_mm"],
        height_mm=found["height_mm"],
        module_px=(found["module_px"][0], found["module_px"][1]),
        nearest_m=found["nearest_m"],
        farthest_m=found["farthest_m"],
        shift_px=found.get("shift_px", WallProfile.shift_px),
        shift_minutes=found.get("shift_minutes", WallProfile.shift_minutes),
    )
