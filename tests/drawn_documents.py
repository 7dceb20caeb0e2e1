"""Spreadsheets, KML and GPX drawn by rule: the same rows for the command and for the browser."""

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter

Case = tuple[float, float, date]
NOTES = ["ə &amp; &lt;b&gt;", "<![CDATA[<b>&amp;]]>", " \u2009x ", "", "=1+1", "\U0001f600", "&#233;&quot;"]
"""As XML, with what must be escaped in it."""
ODD_TIMES = [
    "",
    "<TimeStamp/>",
    "<TimeStamp><when>soon</when></TimeStamp>",
    "<TimeSpan><end>2020-12-01</end></TimeSpan>",
]
ODD_SHAPES = [
    "", "<Point/>", "<Point><coordinates>here</coordinates></Point>", "<LineString><coordinates>46,39 46,40</coordinates></LineString>",
    "<Point><coordinates>46</coordinates></Point>", "<gx:Track><gx:coord>46 39 0</gx:coord></gx:Track>", "<Point><coordinates>146,99</coordinates></Point>",
]  # fmt: skip


def documents(drawn: list[Case]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of four files: two spreadsheets by different programs, a KMZ and a GPX, with a fifth, a fifth, two and one of the rows."""
    draw, fifth = random.Random(20201125), len(drawn) // 5
    yield "book.xlsx", _by_xlsxwriter(draw, drawn[:fifth])
    yield "old.xlsx", _by_openpyxl(draw, drawn[fifth : 2 * fifth])
    yield "places.kmz", _kmz(draw, drawn[2 * fifth : 4 * fifth])
    yield "tracks.gpx", _gpx(draw, drawn[4 * fifth :])


def _by_xlsxwriter(draw: random.Random, drawn: list[Case]) -> bytes:
    """Texts that cells share, dates in many formats, results of formulas, columns of other kinds, empty rows and cells."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "remove_timezone": True})
    book.add_worksheet("draft").hide()
    sheet = book.add_worksheet("Список")
    sheet.activate()
    book.add_worksheet("notes").write(0, 0, "x")
    formats = [
        book.add_format({"num_format": code})
        for code in ("dd.mm.yyyy", "yyyy-mm-dd hh:mm", '[$-419]d mmm yyyy "г."', 14, 22)
    ]
    others = [
        book.add_format({"num_format": code})
        for code in ("[h]:mm:ss", "hh:mm", "0.00%", '"day" 0', "General", "[Red]0.0")
    ]
    sheet.write_row(2, 0, ["Event Date", "Latitude", "Longitude", "", "geo_precision", "note", "note"])
    row = 3
    for number, (lat, lon, day) in enumerate(drawn):
        row += draw.choice([1] * 30 + [3])
        moment = datetime(day.year, day.month, day.day, draw.choice([0, 0, 9]), draw.choice([0, 30]), tzinfo=UTC)
        if number % 7 == 3:
            sheet.write(row, 0, draw.choice([f"{day}", f"{day:%d.%m.%Y}", "soon", "", 44153, f"{day:%Y-%m}"]))
        else:
            sheet.write_datetime(row, 0, moment.replace(tzinfo=None), draw.choice(formats))
        if number % 11:
            sheet.write(row, 1, draw.choice([lat, f"{lat}".replace(".", ",")]))
            sheet.write_formula(row, 2, "=A1*1", None, draw.choice([lon, f"{lon}"]))
        value = draw.choice([0, 0.5, 1 / 3, 1e-9, 1e17, 2.0**60, 1.25, 61, -3, 1e5, True, "x", ""])
        if value == "" or isinstance(value, str | bool):
            sheet.write(row, 3, value)
        else:
            shown = [form for form in others if not (form in others[:2] and not 0 <= value < 1e4)]
            sheet.write_number(row, 3, value, draw.choice(shown))
        sheet.write(row, 4, draw.choice([1, 2, 3, 7, "2", ""]))
        sheet.write_string(row, 5, draw.choice(["ə <&>", " x ", "_x005F_", "=1", "#N/A"]))
        sheet.write_formula(row, 6, "=NA()", None, draw.choice(["#N/A", "", "text", 3]))
        if number % 13 == 5:  # beyond the header
            sheet.write(row, draw.choice([7, 12, 150]), draw.choice(["beside", 0, ""]))
    book.close()
    return stream.getvalue()


def _by_openpyxl(draw: random.Random, drawn: list[Case]) -> bytes:
    """Texts of their own in each cell, days counted from 1904, hours and lengths of time, both coordinates in one cell."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["tarix", "koordinatlar", "saat", "müddət", "accuracy_m"])
    for lat, lon, day in drawn:
        hour = time(draw.randrange(24), draw.randrange(60), draw.randrange(60))
        length = timedelta(hours=draw.randrange(100), minutes=draw.randrange(60))
        sheet.append(
            [draw.choice([day, f"{day}"]), f"{lat}, {lon}", hour, length, draw.choice([None, 30, 25_000, 1e5, "300 m"])]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _kmz(draw: random.Random, drawn: list[Case]) -> bytes:
    """Folders within folders, data of two kinds, times as moments and as spans, geometries that are no point; UTF-16 within an archive."""
    marks = []
    for number, (lat, lon, day) in enumerate(drawn):
        other = day + timedelta(days=draw.choice([0, 3, 90]))
        when = draw.choice(
            [
                f"<TimeStamp><when>{day}</when></TimeStamp>",
                f"<TimeSpan><begin>{day}</begin><end>{other}</end></TimeSpan>",
            ]
        )
        point = f"<Point><coordinates>\n {lon},{lat},{draw.choice([0, 350.5])} </coordinates></Point>"
        shape = draw.choice([point, f"<MultiGeometry>{point}</MultiGeometry>"])
        if number % 15 == 4:
            when, shape = draw.choice(ODD_TIMES), draw.choice([shape, *ODD_SHAPES])
        data = f"<Data name={quoteattr('where_prec')}><value>{draw.choice(['1', '2', '4', '9', ''])}</value></Data>"
        schema = f'<SchemaData schemaUrl="#s"><SimpleData name="code">{number}</SimpleData></SchemaData>'
        note = draw.choice(NOTES)
        marks.append(
            f"<Placemark id='p{number}'><name>{number}</name><description>{note}</description>{when}"
            f"<ExtendedData>{data}{schema if number % 2 else ''}</ExtendedData>{shape}</Placemark>"
        )
    inner = f"<Folder><name>a</name><Folder>{''.join(marks)}</Folder></Folder>"
    head = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
    text = f'<?xml version="1.0" encoding="UTF-16"?>\n{head}{inner}</Document></kml>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/other.kml", "<kml/>")
        archive.writestr("doc.kml", text.encode("utf-16"))
    return stream.getvalue()


def _gpx(draw: random.Random, drawn: list[Case]) -> bytes:
    """Waypoints, a route and a track; instants with their zone, a code page in the head."""
    points = []
    for number, (lat, lon, day) in enumerate(drawn):
        moment = f"{day}T{draw.choice(['00:00', '21:30'])}:00Z"
        at = (
            f'lat="{lat}" lon="{lon}"'
            if number % 40
            else draw.choice(['lat="x" lon="46"', 'lat="40"', 'lat="140" lon="46"'])
        )
        inner = f"<ele>{draw.randrange(3000)}.5</ele>" + (f"<time>{moment}</time>" if number % 17 else "")
        points.append((at, inner + f"<name>{escape(draw.choice(['А & Б', 'x']))}</name><sym>Flag</sym>"))
    cut = len(points) // 2
    way = "".join(f"<wpt {at}>{inner}</wpt>" for at, inner in points[:cut])
    route = "".join(f"<rtept {at}>{inner}</rtept>" for at, inner in points[cut : cut + 50])
    track = "".join(f"<trkpt {at}>{inner}</trkpt>" for at, inner in points[cut + 50 :])
    text = (
        '<?xml version="1.0" encoding="windows-1251"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'
        f"{way}<rte>{route}</rte><trk><name>t</name><trkseg>{track}</trkseg></trk></gpx>"
    )
    return text.encode("cp1251")
