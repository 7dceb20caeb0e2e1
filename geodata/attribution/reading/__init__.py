"""Opens files of points, each format by a reader of its own; what a file is follows from its name *and* its first bytes.

Nothing here calls GDAL: it guesses formats, and a file of one kind in disguise makes it read other files of the machine
or of the network.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import IO, Any, cast

from geodata.attribution.budget import Budget, InputError, StoppedError
from geodata.attribution.reading.source import Chunk, Limits, Source

__all__ = ["FORMATS", "Budget", "Chunk", "InputError", "Limits", "Source", "StoppedError", "open_source", "open_stream"]

FORMATS = (
    ".csv", ".tsv", ".txt", ".geojson", ".json", ".gpkg", ".parquet", ".geoparquet", ".fgb", ".zip",
    ".xlsx", ".kml", ".kmz", ".gpx", ".geojsonl", ".ndjson", ".geojsons",
)  # fmt: skip
LAYERED = {".gpkg", ".zip", ".xlsx"}
_TEXT = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"), ".kml": "xml", ".gpx": "xml",
    **dict.fromkeys((".geojson", ".json", ".geojsonl", ".ndjson", ".geojsons"), "geojson"),
}  # fmt: skip
_PACKED = {
    ".xlsx": "the file is called .xlsx but is not a spreadsheet.",
    ".kmz": "the file is called .kmz but is not a KMZ.",
}
_OTHERS = {
    b"PK\x03\x04": "the file is a zip archive or a spreadsheet: name it .xlsx, .kmz or .zip.",
    b"\xd0\xcf\x11\xe0": "the file is an old spreadsheet: save it as XLSX or CSV.",
    b"SQLite format 3": "the file is a GeoPackage: name it .gpkg.",
    b"PAR1": "the file is a Parquet file: name it .parquet.",
    b"\x1f\x8b": "the file is compressed (gzip): unpack it first.",
    b"%PDF": "the file is a PDF.",
}
"""How files begin that text is often mistaken for."""
_PARQUET = {".parquet", ".geoparquet"}
_GZIP = b"\x1f\x8b"


def open_source(
    path: Path, limits: Limits | None = None, budget: Budget | None = None, layer: str | None = None
) -> Source:
    """Open a local file.

    Parameters
    ----------
    path
        A file that ends in one of :data:`FORMATS`; CSV and GeoJSON may be gzipped (``.csv.gz``).
    layer
        The table of a GeoPackage, the Shapefile of a zip archive; the first one of features when None.

    Raises
    ------
    InputError
        With one sentence: no such file, another format than its name says, empty, too large, another reference system.
    """
    ending = _ending(path)
    if layer is not None and ending not in LAYERED:
        raise InputError(
            "only a GeoPackage, a spreadsheet and an archive of Shapefiles have layers: leave out --layer."
        )
    try:
        if not stat.S_ISREG(mode := path.stat().st_mode):
            found = "a directory" if stat.S_ISDIR(mode) else "a device or a pipe"
            raise InputError(f"it is {found}, not a file: give the name of a file.")
        stream = path.open("rb")
    except OSError as error:
        raise InputError("the file can't be read: {reason}.", reason=(error.strerror or str(error)).lower()) from error
    source: Source | None = None
    try:
        source = _open(path, stream, ending, limits or Limits(), budget or Budget(), layer)
    finally:
        if source is None:
            stream.close()
    return source


def _open(path: Path, stream: IO[bytes], ending: str, limits: Limits, budget: Budget, layer: str | None) -> Source:
    from geodata.attribution.reading import geopackage

    head = stream.read(16)
    stream.seek(0)
    size = path.stat().st_size
    if size > limits.size:
        raise InputError("the file has {size} bytes; at most {most} are read.", size=size, most=limits.size)
    if not head:
        raise InputError("the file is empty.")
    if ending == ".gpkg":
        if head != geopackage.HEADER:
            raise InputError("the file is called .gpkg but is not a GeoPackage.")
        stream.close()
        return in_degrees(geopackage.GeoPackageSource(path, limits, budget, layer))
    if ending == ".fgb":
        from geodata.attribution.reading import flatgeobuf

        if not head.startswith(flatgeobuf.MAGIC):
            raise InputError("the file is called .fgb but is not a FlatGeobuf of version 3.")
        return in_degrees(flatgeobuf.FlatGeobufSource(stream, size, limits, budget))
    if ending == ".zip":
        from geodata.attribution.reading import shapefile

        if not head.startswith(shapefile.MAGIC):
            raise InputError("the file is called .zip but is not a zip archive.")
        return in_degrees(shapefile.ShapefileSource(stream, limits, budget, layer))
    if head[:2] == _GZIP and ending in _TEXT:
        from geodata.attribution.reading.gzipped import Unpacked

        return open_stream(cast("IO[bytes]", Unpacked(stream, limits)), ending, size, limits, budget)
    return open_stream(stream, ending, size, limits, budget, layer)


def in_degrees(source: Any) -> Source:
    """The source itself where its points are in WGS84, else with its points converted."""
    if source.change is None:
        return cast("Source", source)
    from geodata.attribution.reading.projected import Converted

    return Converted(source, source.change)


def open_stream(
    stream: IO[bytes], ending: str, size: int, limits: Limits, budget: Budget | None = None, layer: str | None = None
) -> Source:
    """Open text, a spreadsheet or Parquet from a stream of bytes, as the page does with an upload.

    Raises
    ------
    InputError
        As :func:`open_source`.
    """
    budget = budget or Budget()
    head = stream.read(16)
    stream.seek(0)
    if ending in _PARQUET:
        from geodata.attribution.reading import parquet

        if not head.startswith(parquet.HEADER):
            raise InputError("the file is called .parquet but is not a Parquet file.")
        return in_degrees(parquet.ParquetSource(stream, limits, budget))
    if ending in _PACKED:
        return _packed(stream, ending, head, limits, budget, layer)
    _refuse_others(head, ending)
    if _TEXT[ending] == "csv":
        return _table(stream, size, limits, budget)
    from geodata.attribution.reading.geojson import GeoJsonSource

    if _TEXT[ending] == "geojson":
        return GeoJsonSource(stream, limits, budget)
    from geodata.attribution.reading.xml_points import placemarks

    return GeoJsonSource(stream, limits, budget, placemarks, ending[1:].upper())


def _packed(stream: IO[bytes], ending: str, head: bytes, limits: Limits, budget: Budget, layer: str | None) -> Source:
    if not head.startswith(b"PK\x03\x04"):
        raise InputError(_PACKED[ending])
    if ending == ".xlsx":
        from geodata.attribution.reading.xlsx import XlsxSource

        return XlsxSource(stream, limits, budget, layer)
    from geodata.attribution.reading.geojson import GeoJsonSource
    from geodata.attribution.reading.xml_points import placemarks, unpacked

    return GeoJsonSource(unpacked(stream, limits), limits, budget, placemarks, "KML")


def _table(stream: IO[bytes], size: int, limits: Limits, budget: Budget) -> Source:
    """A table as text, in whatever encoding it is."""
    from geodata.attribution.reading.csv import CsvSource
    from geodata.attribution.reading.encoding import HEAD, Recoded, encoding_of, message

    encoding = encoding_of(stream.read(HEAD))
    stream.seek(0)
    if encoding is None:
        return CsvSource(stream, size, limits, budget)
    source = CsvSource(cast("IO[bytes]", Recoded(stream, encoding)), size, limits, budget)
    source.messages.insert(0, message(encoding))
    return source


def _refuse_others(head: bytes, ending: str) -> None:
    """Name the formats that text is often mistaken for."""
    begun = next(filter(head.startswith, _OTHERS), None)
    if begun is not None:
        raise InputError(_OTHERS[begun])
    if _TEXT[ending] != "xml" and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise InputError("the file is XML or HTML: name it .kml or .gpx if it is that; nothing else in XML is read.")


def _ending(path: Path) -> str:
    name = path.name.lower()
    ending = Path(name.removesuffix(".gz")).suffix
    if ending not in FORMATS or (name.endswith(".gz") and ending not in _TEXT):
        raise InputError(
            f"the name “{path.name[:80]}” must end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]} (text also in .gz)."
        )
    return ending
