"""Points in another reference system than WGS84, converted while they are read: UTM, Web Mercator, national systems.

What a file says of its system is never handed to PROJ as it is: only codes and definitions without a reference to another
file are taken, so that a list of points can't make it open one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geodata.attribution.budget import InputError
from geodata.attribution.reading.source import Chunk, Opened, Source
from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said
from geodata.attribution.wkb_points import read_points

Floats = NDArray[np.float64]
WGS84 = {"EPSG:4326", "EPSG:4979", "OGC:CRS84", "OGC:CRS84h"}
LONGEST = 50_000
"""Letters of a definition."""
_CODE = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|ESRI|OGC):(?:[\d.]*:)?([A-Za-z0-9]{1,12})", re.IGNORECASE)
_REACHING = ("EXTENSION[", "PARAMETERFILE[", "PROJ-BASED")
"""What in a definition can name a file."""


class Conversion:
    """From one reference system to WGS84 longitude and latitude.

    Attributes
    ----------
    name
        The system as a reader knows it: ``EPSG:32638 (WGS 84 / UTM zone 38N)``.
    """

    def __init__(self, system: Any, name: str) -> None:
        from pyproj import Transformer

        self.name = name
        self._transformer = Transformer.from_crs(system, 4326, always_xy=True, allow_ballpark=False)

    @property
    def message(self) -> Said:
        """What the user should know."""
        return Said.of("The points are in {system}: they are converted to WGS84.", system=self.name)

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats, Reasons]:
        """Latitude and longitude, NaN where there is none, with a reason for each place that the system does not reach."""
        given = np.isfinite(x) & np.isfinite(y)
        lon, lat = (np.array(axis, np.float64) for axis in self._transformer.transform(x, y))
        reasons = Reasons.none(len(lat))
        lost = given & ~(np.isfinite(lon) & np.isfinite(lat))
        reasons.mark(lost, Said.of("its coordinates are not a place that {system} can describe", system=self.name))
        lon[~given | lost] = lat[~given | lost] = np.nan
        return lat, lon, reasons


def conversion(definition: str | dict[str, Any]) -> Conversion | None:
    """How to come from a system to WGS84; None where it is WGS84.

    Parameters
    ----------
    definition
        A code (``EPSG:32638``, ``urn:ogc:def:crs:EPSG::32638``), well-known text, or PROJJSON.

    Raises
    ------
    InputError
        Where the system is not known, refers to a file, or has no known way to WGS84.
    """
    code = _CODE.fullmatch(definition.strip()) if isinstance(definition, str) else None
    if code and f"{code[1]}:{code[2]}".upper() in {name.upper() for name in WGS84}:
        return None
    from pyproj.exceptions import ProjError

    unknown = InputError(
        "the points are in a reference system that can't be converted ({system}): convert them to WGS84 (EPSG:4326) first.",
        system=_short(definition),
    )
    try:
        system = _system(definition, code)
        known = system.to_epsg()
        if known is None and any(word in system.to_wkt().upper() for word in _REACHING):
            raise unknown
        if known in {4326, 4979}:
            return None
        name = f"EPSG:{known} ({system.name[:80]})" if known else f"“{system.name[:80]}”"
        return Conversion(known or system, name)
    except (ProjError, ValueError, RecursionError):
        raise unknown from None


def _system(definition: str | dict[str, Any], code: re.Match[str] | None) -> Any:
    from pyproj import CRS

    if code:
        system = CRS.from_authority(code[1].upper(), code[2])
    elif isinstance(definition, dict):
        if len(text := json.dumps(definition)) > LONGEST:
            raise ValueError("too long")
        system = CRS.from_json(text)
    elif len(definition) <= LONGEST and "[" in definition:
        system = CRS.from_wkt(definition)
    else:
        raise ValueError("neither a code nor a definition")
    return system.sub_crs_list[0] if system.is_compound else system


def _short(definition: str | dict[str, Any]) -> str:
    name = str(definition.get("name")) if isinstance(definition, dict) else " ".join(definition.split())
    return f"“{name[:80]}”"


class Converted(Opened):
    """A source whose column of geometry (well-known binary) is in another system, with that column in WGS84.

    A row that is not a point keeps its reason and loses its geometry, which would be in the wrong system.
    """

    def __init__(self, source: Source, change: Conversion) -> None:
        self._source, self._change = source, change
        assert source.geometry is not None
        self._column = source.schema.get_field_index(source.geometry)
        messages = [*source.messages, change.message]
        super().__init__(source.schema, source.format, geometry=source.geometry, messages=messages)

    def chunks(self) -> Iterator[Chunk]:
        """The rows of the source."""
        for chunk in self._source.chunks():
            y, x, reasons = read_points(chunk.table.column(self._column).combine_chunks())
            lat, lon, beyond = self._change.degrees(x, y)
            reasons.add(beyond)
            chunk.reasons.add(reasons)
            shapes = np.full(len(lat), None, object)
            good = ~reasons.wrong
            shapes[good] = shapely.to_wkb(shapely.points(lon[good], lat[good]))
            field = self.schema.field(self._column)
            table = chunk.table.set_column(self._column, field, pa.array(shapes, field.type))
            yield Chunk(table, chunk.reasons, chunk.notes, chunk.done)

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()
