"""What a PDF says: its text as it can be searched, and whether all that should be in it is."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, StreamObject

from data.errors import ExportFailed

# Noto draws some characters and the radicals they stem from with one glyph, and the browser writes the radical's code
# into the PDF: nobody finds 西 there. Kangxi radicals have a compatibility mapping, these of the supplement none.
_RADICALS = dict(
    zip(
        "⺁⺇⺋⺒⺓⺙⺛⺝⺟⺠⺬⺮⺳⺼⻁⻄⻅⻆⻈⻉⻋⻌⻏⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几㔾巳幺攵旡月母民示竹网月虎西见角讠贝车辶阝长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_TARGETS = re.compile(rb"<([0-9A-Fa-f]{4})>(?=\s*(?:\n|endbfchar|endbfrange|$))")
_SPACE = re.compile(r"\s+")


def searchable(pdf: bytes) -> bytes:
    """The same PDF with characters instead of radicals behind its glyphs."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for entry in writer._objects:
        held = entry.get_object() if entry is not None else None
        if isinstance(held, DictionaryObject) and "/ToUnicode" in held:
            stream = held["/ToUnicode"].get_object()
            if isinstance(stream, StreamObject):
                data = stream.get_data()
                mended = _TARGETS.sub(_mended, data)
                if mended != data:
                    stream.set_data(mended)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(pdf: bytes) -> str:
    """All text of all pages, without any space, radicals as characters."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return _bare("".join(page.extract_text() for page in pages))


def require_whole(pdf: bytes, said: Iterable[str]) -> int:
    """Number of pages. Raises ExportFailed when one of these texts is missing or a page is blank."""
    reader = PdfReader(io.BytesIO(pdf))
    pages = [_bare(page.extract_text()) for page in reader.pages]
    text = "".join(pages)
    missing = [one for one in said if _bare(one) not in text]
    if missing:
        raise ExportFailed(f"PDF不完整，缺少：{'、'.join(missing)[:200]}")
    if not pages or not text:
        raise ExportFailed("PDF是空白的")
    return len(pages)


def _bare(text: str) -> str:
    plain = _RADICAL.sub(lambda found: _character(found.group()), text)
    return _SPACE.sub("", unicodedata.normalize("NFKC", plain))


def _character(radical: str) -> str:
    return _RADICALS.get(radical) or unicodedata.normalize("NFKC", radical)


def _mended(found: re.Match[bytes]) -> bytes:
    character = chr(int(found.group(1), 16))
    if not _RADICAL.match(character):
        return found.group()
    return b"<%04X>" % ord(_character(character))
