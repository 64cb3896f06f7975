"""Files served under a fingerprint and cached for a year: the Plotly bundle and the numeral face."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import fontpkg_barlow_semi_condensed as barlow  # type: ignore[import-untyped]

# The smallest official bundle that draws our traces (bar, pie, scatter); the version plotly.py carries (tested).
PLOTLY_BUNDLE = Path(__file__).parent / "vendor" / "plotly-basic-4.1.1.min.js"
FONT_FILES = {500: "Medium", 600: "SemiBold", 700: "Bold"}
# Digits, Latin, the true minus and the middle dot; everything else comes from the Hei face.
FONT_RANGE = "U+0020-007E,U+00B7,U+2013,U+2212"


@dataclass(frozen=True)
class Served:
    """One immutable file."""

    name: str
    path: Path
    mimetype: str

    @cached_property
    def content(self) -> bytes:
        """The file as it is on disk."""
        return self.path.read_bytes()

    @cached_property
    def gzipped(self) -> bytes:
        """The file compressed once for every viewer."""
        return gzip.compress(self.content, 6, mtime=0)

    @cached_property
    def url(self) -> str:
        """Address that changes with the content."""
        return f"/immutable/{hashlib.sha256(self.content).hexdigest()[:12]}/{self.name}"


@cache
def served_files() -> dict[str, Served]:
    """Every immutable file by its address."""
    files = [Served("plotly.min.js", PLOTLY_BUNDLE, "text/javascript")]
    for weight, face in FONT_FILES.items():
        path = barlow.ROOT / "files" / f"BarlowSemiCondensed-{face}.ttf"
        files.append(Served(f"numerals-{weight}.ttf", path, "font/ttf"))
    return {file.url: file for file in files}


def plotly_url() -> str:
    """Address of the Plotly bundle."""
    return next(url for url, file in served_files().items() if file.mimetype == "text/javascript")


def font_urls() -> dict[int, str]:
    """Address of the numeral face by weight."""
    found = {file.name: url for url, file in served_files().items()}
    return {weight: found[f"numerals-{weight}.ttf"] for weight in FONT_FILES}


def build_digest(root: Path, *salts: str) -> str:
    """Fingerprint of everything a page is built from: a browser with another one reloads itself."""
    digest = hashlib.sha256("\n".join(salts).encode())
    for folder in ("assets", "assets_kiosk", "dashboard", "layouts", "callbacks", "data", "geo"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".css", ".js", ".toml", ".csv"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
