"""Writes the static site into a folder: beside it first, then renamed, so that no half-made site takes its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from layers.cli.folders import own_folder, write_folder
from layers.cli.progress import watched
from layers.export import FORMATS, export, heading_of
from layers.export.csvw import ENDING, FOLDER, of_features, of_tables
from layers.export.package import package
from layers.export.tables import FORMATS as TABLE_FORMATS
from layers.export.tables import tables, write
from layers.map.embed import CONTROLS, snippet
from layers.sheet import KINDS
from layers.site.api import api
from layers.site.archive import archived, editions
from layers.site.dataset import dataset, llms
from layers.site.pages import PAGES, Site
from layers.site.pages import address as page_address
from layers.view_state import default, limits
from layers.wording import LANGUAGES
from layers.wording.vocabulary import N

SHEET_DAYS = (
    "1994-05-12",
    "2020-10-20",
    "2020-11-10",
    "2020-11-20",
    "2020-11-25",
    "2020-12-01",
    "2022-08-30",
    "2023-10-01",
)
"""Days whose sheet lies ready on the site."""
SHEET_KINDS = tuple(kind for kind in KINDS if kind != "one")
"""Kinds of page that lie ready on the site, in every language, beside the sheets of the days."""
LABELS = {
    "geojson": "GeoJSON",
    "gpkg": N("GeoPackage, for QGIS and its temporal controller"),
    "kml": N("KML, with time spans"),
    "csv": N("CSV, for spreadsheets"),
    "parquet": "GeoParquet",
    "fgb": "FlatGeobuf",
    "zip": N("Shapefile (short column names, long texts cut)"),
}
TABLE_NAMES = {
    "obligations": N("Obligations"),
    "events": N("Events"),
    "changes": N("What changed hands"),
    "sources": N("Sources"),
}
STEM = "ceasefire-atlas"


def build(
    folder: Path | str,
    record: Record,
    ground: Ground,
    address: str | None = None,
    archive: Path | str | None = None,
) -> list[str]:
    """Write the site.

    Parameters
    ----------
    folder
        New, empty, or an earlier site, which is replaced.
    address
        Where the site will be served; the frames for other pages name it.
    archive
        Folder of earlier editions, which the site keeps (see :mod:`layers.site.archive`).

    Returns
    -------
    list of str
        The files written, by their path in the site.

    Raises
    ------
    OutputError
        Where the folder holds something else or can't be written.
    ValueError
        Where the archive holds something that is not an edition.
    """
    own_folder(folder)  # before any work is done
    return write_folder(folder, dict(_parts(record, ground, address, archive)), lambda names: watched(names, "Site"))


def _parts(
    record: Record, ground: Ground, address: str | None, archive: Path | str | None
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file of the site and how it is made."""
    from layers.map.standalone import html
    from layers.sheet import render, sheet

    last = ground.coverage_end.isoformat()
    yield "site.css", Path(__file__).with_name("site.css").read_bytes
    own: dict[str, Callable[[], bytes]] = {
        "map.html": lambda: html(record, ground, site="../../").encode(),
        f"{STEM}-data.zip": lru_cache(maxsize=1)(partial(package, record, ground)),
    }
    yield "map.html", lambda: html(record, ground, site="./").encode()
    yield "llms.txt", partial(llms, record, ground, address)
    version = data_version()
    listed = {"editions": editions(version, archive), "dataset": dataset(record, ground, STEM, address)}
    site = Site(record, ground, downloads(record, address) | listed)
    for lang in LANGUAGES:
        for name in PAGES:
            yield page_address(name, lang), partial(site.page, name, lang)
    for fmt in FORMATS:
        whole = partial(export, last, record, ground, fmt, history=True, name=f"{STEM}-history")
        yield f"downloads/{STEM}-history.{fmt}", whole
    about = heading_of(record, ground)
    yield f"downloads/{STEM}-history.csv{ENDING}", partial(of_features, f"{STEM}-history.csv", about)
    yield f"downloads/{FOLDER}", partial(of_tables, about)
    for name, table in tables(record, ground, last, later=True).items():
        for fmt in TABLE_FORMATS:
            yield f"downloads/{name}.{fmt}", partial(write, table, fmt, name)
    yield f"downloads/{STEM}-data.zip", own[f"{STEM}-data.zip"]
    yield from archived(version, own, archive)
    yield from api(record, ground)
    for day in SHEET_DAYS:
        for lang in LANGUAGES:
            end = "" if lang == "en" else f"-{lang}"
            yield f"downloads/sheet-{day}{end}.pdf", partial(render, {"on": day, "lang": lang}, record, ground, "pdf")
        yield f"downloads/sheet-{day}.png", partial(render, {"on": day}, record, ground, "png", dpi=72)
    for kind, end, keys in hand_outs(record):
        for lang in LANGUAGES:
            shown = {key.rstrip("_"): value for key, value in keys.items() if value is not None}
            yield f"downloads/{kind}{end}-{lang}.pdf", partial(sheet, kind, {**shown, "lang": lang}, record, ground)


def hand_outs(record: Record) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every page of :data:`SHEET_KINDS`: its kind, the end of its name, and the keys of its state."""
    from layers.sheet.batch import pages

    for kind in SHEET_KINDS:
        for end, keys in pages(kind, record, ()):
            yield kind, end, keys


def downloads(record: Record, address: str | None = None) -> dict[str, Any]:
    """What the page of downloads lists: formats, tables, days of sheets, and three frames for other pages."""
    base = f"{address.rstrip('/')}/map.html" if address else "map.html"
    allowed = limits(record)
    shown = default(allowed).with_(on="2020-11-25")
    kept: dict[str, tuple[str, ...] | None] = {
        N("With everything"): None,
        N("With time bar and legend"): ("time", "legend"),
        N("The map alone"): (),
    }
    return {
        "address": address,
        "stem": STEM,
        "formats": {fmt: LABELS[fmt] for fmt in FORMATS},
        "table_formats": TABLE_FORMATS,
        "table_names": TABLE_NAMES,
        "sheet_days": SHEET_DAYS,
        "hand_outs": [(f"{kind}{end}", KINDS[kind].name, keys.get("clause")) for kind, end, keys in hand_outs(record)],
        "languages": LANGUAGES,
        "editions": [data_version()],
        "dataset": {},
        "controls": CONTROLS,
        "frames": {
            lang: {label: snippet(base, shown.with_(lang=lang), allowed, controls) for label, controls in kept.items()}
            for lang in LANGUAGES
        },
    }
