"""What the tests of sheets and exports share: readers other than the writers, and a hostile record."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from geodata.ground import Ground, load_ground
from geodata.loading import load_record
from geodata.model import Record

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "]]><evil/>",
    '"><svg onload=alert(1)>',
    "$\\frac{1}{0}$ %n {{ 7*7 }}",
    "\x00\x07bell",
    "a\u202egnp.exe",
)


@cache
def world() -> tuple[Record, Ground]:
    """The record and the ground of the tree."""
    return load_record(), load_ground()


def hostile_record(text: str) -> Record:
    """The record with one text in every title and name that reaches a sheet or an export."""
    record, _ = world()
    names = {"neutral": text, "az": text, "hy": text, "ru": text}
    events = [event.model_copy(update={"title": text, "text": text}) for event in record.events]
    obligations = [duty.model_copy(update={"title": text, "duty": text}) for duty in record.obligations]
    named = {
        kind: [item.model_copy(update={"names": item.names.model_copy(update=names)}) for item in getattr(record, kind)]
        for kind in ("zones", "units", "places")
    }
    return record.model_copy(update={"events": events, "obligations": obligations, **named})


def rasterised(svg: str, width: float, height: float, dpi: int) -> Any:
    """A drawing of a size in mm as pixels, red, green and blue."""
    from layers.sheet.typeset import _compiler

    page = f'#set page(width: {width}mm, height: {height}mm, margin: 0mm)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    png = _compiler().compile(page.encode(), format="png", ppi=dpi, sys_inputs={"svg": svg})
    assert isinstance(png, bytes)
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"), dtype=float)


def pdf_text(content: bytes) -> str:
    """The text of a PDF as PDFium, another program than the writer, reads it: page by page, in reading order."""
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def letters(text: str) -> str:
    """A text without spaces, hyphens and line ends, which a PDF has where its lines break."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
