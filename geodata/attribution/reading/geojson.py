"""GeoJSON, and what is read as features like it: read twice, once for the columns, once for the rows."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from typing import IO, Any

import numpy as np
import pyarrow as pa

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.json_stream import features
from geodata.attribution.reading.projected import Conversion, conversion
from geodata.attribution.reading.source import Chunk, Limits, Opened
from geodata.attribution.reasons import Reasons
from geodata.attribution.unreadable import UnreadableError, shown

ROWS, CHARACTERS = 20_000, 32_000_000
"""Most of a chunk."""
EXACT = 2**53
"""Up to here every whole number is also a fraction of 64 bits."""
WGS84 = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "OGC:CRS84", "CRS84"}


Walk = Callable[[IO[bytes], Limits, Budget, dict[str, Any]], Iterator[tuple[Any, int]]]
"""Yields the features of a stream with their lengths, and puts the other members of the file into the last argument."""
WHEN = ("when_first", "when_last")
"""Columns for the time of a feature that has one beside its properties (GeoJSON-T, KML)."""


class GeoJsonSource(Opened):
    """A file of features.  Their position comes from the geometry, as columns ``lat`` and ``lon``."""

    def __init__(
        self, stream: IO[bytes], limits: Limits, budget: Budget, walk: Walk = features, kind: str = "FeatureCollection"
    ) -> None:
        self._stream, self._limits, self._budget, self._walk = stream, limits, budget, walk
        head: dict[str, Any] = {}
        kinds: dict[str, set[type]] = {}
        rows = 0
        for feature, _ in walk(stream, limits, budget, head):
            rows += 1
            if rows > limits.rows:
                raise InputError("the file has more than {rows} rows: split it.", rows=limits.rows)
            for key, value in _properties(feature).items():
                kinds.setdefault(key, set())
                if value is not None:
                    kinds[key].add(_kind(value))
            if len(kinds) > limits.columns:
                raise InputError("the features have more than {columns} different properties.", columns=limits.columns)
        if head.get("type") != kind:
            raise InputError("the file is not a {kind} but “{type}”.", kind=kind, type=str(head.get("type"))[:40])
        if rows == 0:
            raise InputError("the file is empty: it has no feature.")
        self._change = _change(head.get("crs"))
        for key in kinds:
            if key != _text(key):
                raise InputError(
                    "the property {name} has a name with an incomplete character, which is not text: rename it.",
                    name=shown(key),
                )
        self._keys = list(kinds)
        lat, lon = (_free(name, kinds) for name in ("lat", "lon"))
        fields = [(key, _type(kind)) for key, kind in kinds.items()]
        schema = pa.schema([*fields, (lat, pa.float64()), (lon, pa.float64())])
        messages = [self._change.message] if self._change else []
        format_ = "GeoJSON" if kind == "FeatureCollection" else kind
        super().__init__(schema, format_, lat=lat, lon=lon, messages=messages)
        if WHEN[0] in kinds:
            self.date, self.date_end = WHEN
        self._rows = rows

    def chunks(self) -> Iterator[Chunk]:
        """The rows; a feature that is not a point comes out with its reason."""
        self._stream.seek(0)
        batch, read, size = [], 0, 0
        for feature, length in self._walk(self._stream, self._limits, self._budget, {}):
            batch.append(feature)
            size += length
            if len(batch) == ROWS or size > CHARACTERS:
                read += len(batch)
                yield self._chunk(batch, read / self._rows)
                batch, size = [], 0
        if batch:
            yield self._chunk(batch, 1.0)

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _chunk(self, batch: list[Any], done: float) -> Chunk:
        reasons = Reasons.none(len(batch))
        positions = []
        for row, feature in enumerate(batch):
            try:
                positions.append(_position(feature))
            except UnreadableError as error:
                positions.append((math.nan, math.nan))
                reasons.codes[row] = reasons.code(error.said)
        properties = [_properties(feature) for feature in batch]
        arrays = [
            pa.array([_value(item.get(key), kind.type) for item in properties], kind.type)
            for key, kind in zip(self._keys, self.schema, strict=False)
        ]
        lat, lon = np.array(positions, float).reshape(-1, 2).T
        if self._change:
            lat, lon, beyond = self._change.degrees(lon, lat)
            reasons.add(beyond)
        arrays += [pa.array(axis, from_pandas=True) for axis in (lat, lon)]
        return Chunk(pa.table(arrays, schema=self.schema), reasons, Reasons.none(len(batch)), done)


def _properties(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict):
        return {}
    given = feature.get("properties")
    properties = given if isinstance(given, dict) else {}
    if "id" in feature and "id" not in properties:
        properties = {"id": feature["id"], **properties}
    when = feature.get("when", properties.get("when"))
    if isinstance(when, dict):
        properties = {**properties, **dict(zip(WHEN, _when(when), strict=True))}
    return properties


def _when(when: dict[str, Any]) -> tuple[Any, Any]:
    """First and last day of GeoJSON-T's ``when``: from the start of its first span to the end of its last."""
    spans = when.get("timespans")
    listed = spans if isinstance(spans, list) and spans else [when]
    first, last = (_ends(span) for span in (listed[0], listed[-1]))
    end = last[1]
    if isinstance(first[0], dict) and end is None:
        end = first[0].get("latest")
    starts = (
        [value for key in ("in", "earliest", "latest") if (value := first[0].get(key))]
        if isinstance(first[0], dict)
        else [first[0]]
    )
    if isinstance(end, dict):
        end = next((value for key in ("in", "latest", "earliest") if (value := end.get(key))), None)
    return (starts[0] if starts else None), end


def _ends(span: Any) -> tuple[Any, Any]:
    """Start and end of a span, written as an object or as a list (start, latest start, earliest end, end)."""
    if isinstance(span, list):
        return (span[0] if span else None) or None, (span[3] if len(span) > 3 else None) or None
    if isinstance(span, dict):
        return span.get("start"), span.get("end", span.get("stop"))
    return span, None


def _position(feature: Any) -> tuple[float, float]:
    """Latitude and longitude of a feature, or why it has none."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise UnreadableError("it is not a feature")
    geometry = feature.get("geometry")
    if geometry is None:
        raise UnreadableError("it has no geometry")
    geometry = _single(geometry)
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    if kind != "Point":
        raise UnreadableError("its geometry is {value}: only points can be placed", value=shown(str(kind)))
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise UnreadableError("its point has no coordinates")
    lon, lat = coordinates[:2]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in (lon, lat)):
        raise UnreadableError("its coordinates are not numbers")
    return float(lat), float(lon)


def _single(geometry: Any) -> Any:
    """The one point of a MultiPoint or collection that has no more; else the geometry as it is."""
    if not isinstance(geometry, dict):
        return geometry
    points, parts = geometry.get("coordinates"), geometry.get("geometries")
    if geometry.get("type") == "MultiPoint" and isinstance(points, list) and len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    if geometry.get("type") == "GeometryCollection" and isinstance(parts, list) and len(parts) == 1:
        return parts[0]
    return geometry


def _kind(value: Any) -> type:
    """The type of a property; a whole number that a column of fractions can't hold exactly is of a kind of its own."""
    return _Large if type(value) is int and abs(value) > EXACT else type(value)


class _Large:
    """Whole numbers beyond 2^53."""


def _type(kinds: set[type]) -> pa.DataType:
    """A column's type; text where nothing else holds all of its values as they are."""
    if kinds == {bool}:
        return pa.bool_()
    if kinds and kinds <= {int, _Large}:
        return pa.int64()
    return pa.float64() if kinds and kinds <= {int, float} else pa.string()


def _value(value: Any, kind: pa.DataType) -> Any:
    """A property as its column holds it: what is not text in a column of text is written as JSON."""
    if value is None or not pa.types.is_string(kind):
        return value
    return _text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _text(text: str) -> str:
    """A text as UTF-8 can hold it: lone surrogates, halves of a character, are replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _free(name: str, taken: dict[str, Any]) -> str:
    while name in taken:
        name = f"geometry_{name}"
    return name


def _change(crs: Any) -> Conversion | None:
    """How to come to WGS84 from the reference system that GeoJSON of before 2016 could name."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name") if isinstance(properties, dict) else crs)
    return None if name in WGS84 else conversion(name)
