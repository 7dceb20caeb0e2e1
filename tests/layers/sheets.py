"""What the tests of sheets and exports share: readers other than the writers, and a hostile record."""

from __future__ import annotations

import io
import re
from functools import cache

import pikepdf

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


def pdf_text(content: bytes) -> str:
    """The text of a PDF as pikepdf reads it, through the fonts' own tables of Unicode."""
    found: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            tables = {str(name): _unicode(font) for name, font in page.Resources.Font.items()}
            table: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    table = tables[str(operands[0])]
                elif str(operator) == "Tj":
                    found.append(_decoded(bytes(operands[0]), table))
                elif str(operator) == "ET":
                    found.append("\n")
                elif str(operator) == "TJ":
                    parts = [bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)]
                    found.append("".join(_decoded(part, table) for part in parts))
    return "".join(found)


def _decoded(codes: bytes, table: dict[int, str]) -> str:
    return "".join(table.get(int.from_bytes(codes[i : i + 2], "big"), "�") for i in range(0, len(codes), 2))


def _unicode(font: pikepdf.Dictionary) -> dict[int, str]:
    """A font's ToUnicode table, from glyph codes of two bytes to text."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    table: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        single = re.sub(r"\[.*?\]", "", block, flags=re.DOTALL)
        for low, high, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", single):
            *start, last = bytes.fromhex(text).decode("utf-16-be")  # several letters where the glyph is a ligature
            for code in range(int(low, 16), int(high, 16) + 1):
                table[code] = "".join(start) + chr(ord(last) + code - int(low, 16))
        for low, _, texts in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*\[(.*?)\]", block, re.DOTALL):
            for step, text in enumerate(re.findall(r"<([0-9a-fA-F]+)>", texts)):
                table[int(low, 16) + step] = bytes.fromhex(text).decode("utf-16-be")
    return table
