"""Lists of points drawn by rule, of every kind that is read both by the command and in the browser."""

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date

from geodata.ground import Ground
from geodata.model import Record
from tests.drawn import cases
from tests.drawn_documents import documents

BAD_DAYS = ["", "2020-02-30", "soon", "03/04/2020", "1990-01-01", "44153", "2020-12-01/2020-11-01", "2020-13"]
BAD_PLACES = [
    ("", "46"),
    ("north", "46"),
    ("0", "0"),
    ("91", "181"),
    ("100", "40"),
    ("4426000", "8600000"),
    ("46.9", "39.9"),
]
HEMISPHERES = [("N", "E"), (" с. ш.", " в. д."), (" ş.e.", " ş.u."), (" հս. լ.", " արլ. ե.")]


def lists(record: Record, ground: Ground, rows: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of five lists with so many rows each: UCDP's and ACLED's columns, GBIF's, habits of writing, features.

    Then spreadsheets, KML and GPX with as many rows in all.
    """
    draw, drawn = random.Random(20201120), cases(record, ground, 10 * rows)
    yield "ged.csv", _table(_ged(draw, drawn[:rows]))
    yield "acled.tsv", _table(_acled(draw, drawn[rows : 2 * rows]), delimiter="\t")
    yield "gbif.csv", _table(_gbif(draw, drawn[2 * rows : 3 * rows]), delimiter=";")
    yield "habits.csv", _table(_habits(draw, drawn[3 * rows : 4 * rows]))
    yield "features.geojsonl", _features(draw, drawn[4 * rows : 5 * rows])
    yield from documents(drawn[5 * rows :])


def _table(rows: Iterator[list[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def _ged(draw: random.Random, drawn: list[tuple[float, float, date]]) -> Iterator[list[str]]:
    """Spans and codes of place; some codes are in no table, some places and days are none."""
    yield ["id", "date_start", "date_end", "date_prec", "where_prec", "latitude", "longitude"]
    for number, (lat, lon, day) in enumerate(drawn):
        end = day + timedelta(days=draw.choice([0, 0, 1, 4, 30, 400]) - draw.choice([0] * 20 + [9]))
        place = draw.choice(BAD_PLACES) if number % 50 == 7 else (f"{lat}", f"{lon}")
        first = draw.choice(BAD_DAYS) if number % 50 == 9 else f"{day} 00:00:00.000"
        last = draw.choice(["", "?"]) if number % 50 == 11 else f"{end} 00:00:00.000"
        yield [
            f"{number}",
            first,
            last,
            draw.choice("12345"),
            draw.choice(["1", "2", "3", "4.0", "6", "9", "", " 2 "]),
            *place,
        ]


def _acled(draw: random.Random, drawn: list[tuple[float, float, date]]) -> Iterator[list[str]]:
    """Days with codes."""
    yield ["event_id_cnty", "event_date", "time_precision", "geo_precision", "latitude", "longitude", "notes"]
    for number, (lat, lon, day) in enumerate(drawn):
        day_ = format_date(day, "d MMMM y", "en")
        yield [
            f"A{number}",
            day_,
            draw.choice(["1", "2", "3", "4"]),
            draw.choice(["1", "2", "3", ""]),
            f"{lat}",
            f"{lon}",
            '=SUM(1)"\n x',
        ]


def _gbif(draw: random.Random, drawn: list[tuple[float, float, date]]) -> Iterator[list[str]]:
    """Radii in metres; months, years and intervals."""
    yield ["eventDate", "decimalLatitude", "decimalLongitude", "coordinateUncertaintyInMeters", "accuracy"]
    for lat, lon, day in drawn:
        other = day + timedelta(days=draw.choice([0, 3, 40]))
        when = draw.choice(
            [f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day}/{other}", f"{day}T21:30Z", f"{day}T03:00:00+07:30"]
        )
        radius = draw.choice(
            ["", "5", "12,5", "300 m", "2000", "25000", "1e5", "many", "-3", f"{10 ** draw.uniform(1, 5.3):.1f}"]
        )
        yield [when, f"{lat}", f"{lon}".replace(".", ","), radius, draw.choice(["", "", "10", "700"])]


def _habits(draw: random.Random, drawn: list[tuple[float, float, date]]) -> Iterator[list[str]]:
    """Dates in five languages and in figures, both coordinates in one column; some rows are empty, tagged, short or long."""
    yield ["Tarix", "Koordinatlar", "qeyd"]
    for number, (lat, lon, day) in enumerate(drawn):
        form, tongue = (
            draw.choice(["d MMMM y", "d MMM y", "MMMM y", "MMMM d, y"]),
            draw.choice(["en", "ru", "az", "hy", "tr"]),
        )
        moment = datetime(day.year, day.month, day.day, draw.choice([0, 12, 22]), tzinfo=UTC)
        written = [
            format_date(day, form, tongue), f"{day:%d.%m.%Y}", f"{day:%d.%m.%y} г.", f"{day:%Y%m%d}", f"{day:%d-%b-%Y}", f"{day:%d/%m/%Y} 14:30",
            f"{day:%d} {format_date(day, 'MMMM', 'az')} {day:%Y}-ci il", f"{moment.timestamp():.0f}", f"{moment.timestamp():.0f}000", draw.choice(BAD_DAYS),
        ]  # fmt: skip
        cells = [draw.choice(written), _pair(draw, lat, lon), "ə"]
        if number % 90 == 5:
            cells = draw.choice([["", " ", ""], ["#date+start", "#geo+lat", "#meta"], cells[:2], [*cells, "x", "y"]])
        yield cells


def _pair(draw: random.Random, lat: float, lon: float) -> str:
    """Both coordinates in one of many notations."""
    north, east = draw.choice(HEMISPHERES)
    minutes = [f"{int(v)}°{int(v % 1 * 60)}'{v * 60 % 1 * 60:.4f}\"" for v in (lat, lon)]
    return draw.choice([
        f"{lat}, {lon}", f"{lat} {lon}", f"{lat};{lon}".replace(".", ","), f"({lat}, {lon})", f"POINT ({lon} {lat})", f"SRID=4326;POINT({lon} {lat})",
        f"{minutes[0]}{north} {minutes[1]}{east}", f"{lat}° N, {lon}° E", f"E {lon}, N {lat}", f"{lat} {lon} 1200.5 4.5", "somewhere", "",
    ])  # fmt: skip


def _features(draw: random.Random, drawn: list[tuple[float, float, date]]) -> bytes:
    """One feature a line; its time beside its properties, and some that are not points."""
    lines = []
    for number, (lat, lon, day) in enumerate(drawn):
        other = day + timedelta(days=draw.choice([0, 2, 90]))
        spans = [{"start": {"earliest": f"{day}"}, "end": {"latest": f"{other}"}}]
        when = {"timespans": draw.choice([spans, [[f"{day}", "", "", f"{other}"]], [{"start": f"{day}"}]])}
        geometry = {"type": "Point", "coordinates": [lon, lat]}
        if number % 40 == 3:
            geometry = draw.choice([None, {"type": "LineString", "coordinates": [[lon, lat], [lon, lat]]}, {"type": "MultiPoint", "coordinates": [[lon, lat]]}])  # fmt: skip
        lines.append(
            json.dumps(
                {
                    "type": "Feature",
                    "geometry": geometry,
                    "when": when,
                    "properties": {"accuracy_m": draw.choice([None, 10, 3000.5])},
                }
            )
        )
    return "\n".join(lines).encode()
