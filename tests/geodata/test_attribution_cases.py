"""Lists as people and programs write them: small, made up, and read as they are meant."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from babel.dates import format_date

from geodata.attribution.positions import read_pair
from tests.geodata.attribution_documents import BOMB, GPX, KML, OUTSIDE, SHEET, archive_of, changed, workbook
from tests.geodata.attribution_files import BLOCKS, place, refused, write

AT = "39.991,46.9274"
BEFORE, AFTER = "armenian-forces", "azerbaijan"


def held(path, **options):
    """Holder and whether it is certain of every row that holds data, and the summary."""
    rows, summary = place(path, **options)
    return [(row["controller"], row["certain"]) for row in rows if row["outside"] is not None], summary


@pytest.mark.parametrize(
    "text",
    [
        "10 ноября 2020", "10 Ноябрь 2020", "10 ноября 2020 г.", "10 ноября 2020 года", "10 ноя. 2020", "10 noyabr 2020", "10 noyabr 2020-ci il",
        "10 նոյեմբերի 2020", "10 նոյեմբեր 2020", "10 նոյեմբերի, 2020 թ.", "2020 թ. նոյեմբերի 10", "10 Kasım 2020", "10 KASIM 2020",
        "10-Nov-2020", "10-Nov-20", "Nov 10, 2020", "10.11.20", "10.11.2020 г.", "10. 11. 2020", "10.11.2020 14:30", "11/10/2020 9:05:00 PM",
        "1604995200000", "1604995200", "2020-11-10T00:00:00/2020-11-10T12:00:00", "10 Nov 2020, 14:30",
    ],
)  # fmt: skip
def test_dates_in_five_languages_and_many_habits(tmp_path, text):
    order = "mdy" if "/" in text and text.startswith("11/") else None
    (row,), _ = place(write(tmp_path, f'date,lat,lon\n"{text}",{AT}\n'), order=order)
    assert str(row["as_of"]) == "2020-11-10", row["problem"]
    assert row["rule"] is None


@pytest.mark.parametrize("language", ["en", "ru", "az", "hy", "tr"])
@pytest.mark.parametrize("form", ["long", "d MMM y", "d MMMM, y"])
def test_a_date_as_babel_writes_it_is_read(tmp_path, language, form):
    days = [dt.date(2020, month, 9) for month in range(1, 13)]
    lines = "".join(f'"{format_date(day, form, language)}",{AT}\n' for day in days)
    rows, _ = place(write(tmp_path, "date,lat,lon\n" + lines))
    assert [row["as_of"] for row in rows] == days


def test_a_month_in_words_is_a_span(tmp_path):
    rows, _ = place(write(tmp_path, f"date,lat,lon\nноябрь 2020,{AT}\nNovember 2020,{AT}\n2020.0,{AT}\n"))
    assert [(str(row["first"]), str(row["last"])) for row in rows[:2]] == [("2020-11-01", "2020-11-30")] * 2
    assert str(rows[2]["first"]) == "2020-01-01"
    assert {row["certain"] for row in rows} == {False}


def test_day_numbers_of_a_spreadsheet_are_read_only_when_declared(tmp_path):
    path = write(tmp_path, f"date,lat,lon\n44153,{AT}\n")
    assert "--serial 1900" in place(path)[0][0]["problem"]
    (tmp_path / "out.parquet").unlink()
    assert str(place(path, serial=1900)[0][0]["as_of"]) == "2020-11-18"


@pytest.mark.parametrize(
    "header",
    [
        "Event Date,Latitude,Longitude", "дата,широта,долгота", "Дата события,Широта (WGS84),Долгота (WGS84)", "tarix,enlik,uzunluq",
        "TARİX,ENLİK,UZUNLUQ", "Ամսաթիվ,Լայնություն,Երկայնություն", "Tarih,Enlem,Boylam", "date,Y,X", "eventDate,decimalLatitude,decimalLongitude",
        "today,_location_latitude,_location_longitude", "Datum,Breite,Länge", "acq_date,LAT,LONG", "when happened? date,gps-lat,gps-lon",
    ],
)  # fmt: skip
def test_headers_in_five_languages_and_many_habits(tmp_path, header):
    assert held(write(tmp_path, f"{header}\n2020-11-18,{AT}\n"))[0] == [(BEFORE, True)]


@pytest.mark.parametrize(
    ("header", "row", "wanted"),
    [
        ("date_start,date_end,date_prec,where_prec,latitude,longitude", "2020-11-18 00:00:00.000,2020-11-22 00:00:00.000,3,4", False),
        ("event_date,time_precision,geo_precision,latitude,longitude", "18 November 2020,3,3", False),
        ("event_date,time_precision,geo_precision,latitude,longitude", "10 November 2020,1,1", True),
        ("start_date,end_date,lat,lon", "2020-11-18,2020-11-22", False),
        ("date,end_date,lat,lon", "2020-11-18,2020-11-22", False),
        ("date,end_date,lat,lon", "2020-11-18,2020-11-19", True),
        ("from,to,lat,lon", "2020-11-18,2020-11-22", False),
        ("дата начала,дата окончания,широта,долгота", "18.11.2020,22.11.2020", False),
        ("eventDate,coordinateUncertaintyInMeters,decimalLatitude,decimalLongitude", "2020-11-18,30000", False),
        ("eventDate,coordinateUncertaintyInMeters,decimalLatitude,decimalLongitude", "2020-11-18,30", True),
        ("date,_location_precision,_location_latitude,_location_longitude", "2020-11-18,25000", False),
        ("date,horizontalAccuracy,lat,lon", "2020-11-18,5.5", True),
    ],
)  # fmt: skip
def test_a_row_is_as_sure_as_its_list(tmp_path, header, row, wanted):
    (found,), _ = place(write(tmp_path, f"{header}\n{row},{AT}\n"))
    assert found["certain"] is wanted
    assert found["rule"] is not None
    if wanted:
        assert found["or"] is None
    else:
        assert {BEFORE, AFTER} <= {found["controller"], *found["or"].split("; ")}
        shares = dict(part.rsplit(" ", 1) for part in found["share"].split("; "))
        assert abs(sum(map(Decimal, shares.values())) - 1) <= Decimal("0.03")


def test_a_code_that_no_table_has_is_told_and_makes_the_row_uncertain(tmp_path):
    (row, blank), summary = place(write(tmp_path, f"date,where_prec,lat,lon\n2020-11-10,9,{AT}\n2020-11-10,,{AT}\n"))
    assert "where_prec “9” is not in the precision table" in row["problem"]
    assert (row["certain"], blank["certain"], blank["problem"]) == (False, True, None)
    assert sum(summary.reasons.values()) == 1


def test_precision_can_be_switched_off_changed_and_given(tmp_path):
    path = write(tmp_path, f"event_date,geo_precision,lat,lon\n18 November 2020,3,{AT}\n")
    from geodata.attribution.precision_table import precision_tables

    own = tmp_path / "own.yaml"
    own.write_text(
        "- id: mine\n  source: me\n  columns: [{names: [geo_precision], gives: metres, codes: {'3': {value: 100}}}]"
    )
    assert place(path, tables=())[0][0]["certain"] is True
    assert place(path, tables=precision_tables(own))[0][0]["radius_m"] == 100
    assert place(path, tables=(), accuracy="30000")[0][0]["certain"] is False
    (tmp_path / "out.parquet").unlink()
    assert "--accuracy takes a column or a number" in refused(path, accuracy="far")


def test_contradictory_orders_in_one_column_are_told_with_the_rows(tmp_path):
    rows, _ = place(write(tmp_path, f"date,lat,lon\n11/18/2020,{AT}\n18/11/2020,{AT}\n2020-11-18,{AT}\n"))
    assert ["say what 03/04/2020 means" in (row["problem"] or "") for row in rows] == [True, True, False]


def test_a_form_s_timestamp_does_not_win_over_a_date(tmp_path):
    header = "Timestamp,Date of incident,lat,lng"
    assert held(write(tmp_path, f"{header}\n2020-11-21T09:00:00+04:00,2020-11-18,{AT}\n"))[0] == [(BEFORE, True)]


@pytest.mark.parametrize(
    "text",
    [
        "39.991, 46.9274", "39.991,46.9274", "39,991; 46,9274", "39.991 46.9274", "(39.991, 46.9274)", "39,991, 46,9274", "N39.991 E46.9274",
        "46.9274°E, 39.991°N", "39°59'27.6\"N 46°55'38.6\"E", "39° 59′ 27.6″ N, 46° 55′ 38.6″ E", "39°59.46' N 46°55.644' E",
        "39.991° с.ш. 46.9274° в.д.", "POINT (46.9274 39.991)", "SRID=4326;POINT Z (46.9274 39.991 350)", "MULTIPOINT ((46.9274 39.991))",
        "39.991 46.9274 350 5.5",
    ],
)  # fmt: skip
def test_both_coordinates_in_one_text(tmp_path, text):
    assert read_pair(text) == pytest.approx((39.991, 46.9274), abs=1e-4)
    quoted = text.replace('"', '""')
    rows, _ = place(write(tmp_path, f'date,coordinates\n2020-11-18,"{quoted}"\n'))
    assert rows[0]["controller"] == BEFORE
    assert rows[0]["lat"] == pytest.approx(39.991, abs=1e-4)


@pytest.mark.parametrize(
    "text", ["", "39.991", "Agdam", "39.991, 46.9274, 3, 4", "SRID=3857;POINT (1 2)", "LINESTRING (1 2, 3 4)"]
)
def test_a_place_that_is_none_is_told(tmp_path, text):
    (row,), _ = place(write(tmp_path, f'date,coordinates\n2020-11-18,"{text}"\n'))
    assert "place" in row["problem"]


RUSSIAN = "Дата;Широта;Долгота;Место\n18.11.2020;39,991;46,9274;Агдам\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251", "koi8_r", "cp866", "utf-8-sig"])
def test_other_encodings_are_found_and_told(tmp_path, encoding):
    from geodata.attribution.reading import open_source

    path = write(tmp_path, RUSSIAN.encode(encoding))
    said = [str(one) for one in open_source(path).messages]
    assert encoding == "utf-8-sig" or encoding.replace("utf-16-le", "utf-16").upper() in said[0].upper()
    rows, _ = place(path)
    assert (rows[0]["Место"], rows[0]["controller"]) == ("Агдам", BEFORE)


def test_turkish_letters_are_read_and_a_large_file_goes_through(tmp_path):
    lines = "18.11.2020;39,991;46,9274;Ağdam şehri\n" * 60_000
    path = write(tmp_path, ("Tarih;Enlem;Boylam;Yer adı\n" + lines).encode("cp1254"))
    rows, _ = place(path, limits=BLOCKS)
    assert (len(rows), rows[-1]["Yer adı"]) == (60_000, "Ağdam şehri")


def test_a_line_that_names_the_delimiter_is_taken_at_its_word(tmp_path):
    assert held(write(tmp_path, "sep=;\ndate;lat;lon\n18.11.2020;39,991;46,9274\n"))[0] == [(BEFORE, True)]


def test_empty_rows_and_hxl_tags_are_kept_and_are_no_faults(tmp_path):
    lines = f"Date,Lat,Lon\n#date+occurred,#geo+lat,#geo+lon\n2020-11-18,{AT}\n,,\n,,\n"
    rows, summary = place(write(tmp_path, lines))
    assert len(rows) == 4
    assert (summary.placed, summary.unreadable, summary.no_data, dict(summary.reasons)) == (1, 0, 3, {})
    assert any("3 rows hold no data" in line for line in summary.sentences())


def features(*items):
    return json.dumps({"type": "FeatureCollection", "features": list(items)})


def feature(properties=None, geometry=None, **more):
    point = {"type": "Point", "coordinates": [46.9274, 39.991]}
    return {"type": "Feature", "properties": properties or {}, "geometry": geometry or point, **more}


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        ({"timespans": [{"start": {"in": "2020-11-18"}}]}, (BEFORE, True)),
        ({"timespans": [{"start": {"in": "2020-11-18"}, "end": {"in": "2020-11-22"}}]}, (AFTER, False)),
        ({"timespans": [["2020-11-18", "", "", "2020-11-19"]]}, (BEFORE, True)),
        ({"timespans": [{"start": {"earliest": "2020-11-18", "latest": "2020-11-22"}}]}, (AFTER, False)),
        ({"start": "2020-11-21", "stop": "2020-11-22"}, (AFTER, True)),
    ],
)  # fmt: skip
def test_geojson_t_carries_its_own_time(tmp_path, when, wanted):
    assert held(write(tmp_path, features(feature(when=when)), "a.geojson"))[0] == [wanted]


def test_one_member_of_a_multipoint_is_a_point(tmp_path):
    multi = {"type": "MultiPoint", "coordinates": [[46.9274, 39.991]]}
    two = {"type": "MultiPoint", "coordinates": [[46.9274, 39.991], [47, 40]]}
    date = {"date": "2020-11-18"}
    rows, _ = place(write(tmp_path, features(feature(date, multi), feature(date, two)), "a.geojson"))
    assert [row["controller"] for row in rows] == [BEFORE, None]


@pytest.mark.parametrize(("name", "start"), [("a.geojsonl", ""), ("a.json", ""), ("a.geojsons", "\x1e")])
def test_features_on_lines_of_their_own(tmp_path, name, start):
    lines = "".join(f"{start}{json.dumps(feature({'date': f'2020-11-{day}'}))}\n" for day in (18, 21))
    assert held(write(tmp_path, lines, name))[0] == [(BEFORE, True), (AFTER, True)]


def test_kml_and_kmz(tmp_path):
    text = KML.format(doctype="", note="hit")
    rows, _ = place(write(tmp_path, text, "a.kml"))
    assert [(row["name"], row["controller"], row["certain"]) for row in rows] == [
        ("a", BEFORE, True),
        ("b", AFTER, False),
        ("c", None, None),
    ]
    assert rows[0]["note"] == "hit"
    assert "LineString" in rows[2]["problem"]
    with zipfile.ZipFile(tmp_path / "a.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", text)
    assert len(place(tmp_path / "a.kmz")[0]) == 3


def test_gpx(tmp_path):
    rows, _ = place(write(tmp_path, GPX, "a.gpx"))
    assert [(row["kind"], row["controller"]) for row in rows] == [("wpt", BEFORE), ("trkpt", AFTER)]


def test_a_spreadsheet(tmp_path):
    rows = [
        ("Дата", "Широта", "Долгота", "n"),
        (dt.date(2020, 11, 18), 39.991, 46.9274, 1),
        (),
        (dt.datetime(2020, 11, 21, 9), "39,991", "46,9274", None, None, "beside the header"),
    ]
    path = write(tmp_path, workbook(("Лист1", rows), ("other", [("a",)])), "a.xlsx")
    found, summary = place(path)
    assert [(row["controller"], row["n"]) for row in found if row["controller"]] == [(BEFORE, "1"), (AFTER, None)]
    assert (len(found), summary.no_data) == (3, 1)
    assert [row["problem"] for row in found] == [
        None,
        "the row is empty",
        "it has cells to the right of the header, which are left out",
    ]
    from geodata.attribution.reading import open_source

    source = open_source(path)
    assert "“Лист1” is read" in str(source.messages[0])
    source.close()
    (tmp_path / "out.parquet").unlink()
    assert "there is no sheet “x”" in refused_layer(path, "x")


def refused_layer(path, layer):
    from geodata.attribution.reading import InputError, open_source

    with pytest.raises(InputError) as caught:
        open_source(path, layer=layer)
    return str(caught.value)


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, "<!DOCTYPE kml>"], ids=["bomb", "outside", "plain"])
def test_entities_in_kml_are_refused(tmp_path, doctype):
    note = "&b;" if doctype is BOMB else "&a;" if doctype is OUTSIDE else "x"
    assert "document type or entities" in refused(write(tmp_path, KML.format(doctype=doctype, note=note), "a.kml"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<kml>" + "<Folder>" * 500, "nests deeper"), ("<html></html>", "neither KML nor GPX"), ("<kml><Placemark>", "not well-formed"),
        ("<kml></kml>", "empty"), ("<kml><Placemark><name>" + "x" * 200_000 + "</name></Placemark></kml>", "longer than"), ("kml", "not well-formed"),
    ],
    ids=["deep", "html", "cut", "empty", "long", "text"],
)  # fmt: skip
def test_damaged_kml_is_refused_in_a_sentence(tmp_path, content, said):
    assert said in refused(write(tmp_path, content, "a.kml"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (b"date,lat,lon\n", "is not a spreadsheet"),
        (archive_of([("a.txt", b"x")]), "damaged"),
        (changed([("xl/worksheets/big.xml", b"0" * 60_000_000)]), "expands to more"),
        (changed([("a", b"")] * 0 + [(f"p{n}", b"") for n in range(10_001)]), "parts"),
        (changed(sheet1=(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')), "document type"),
        (changed(sheet1=(b"<sheetData>", b"<sheetData><row>")), "damaged"),
        (workbook(("a", [])), "empty"),
    ],
    ids=["no archive", "text", "no workbook", "bomb", "parts", "entities", "cut", "nothing"],
)
def test_damaged_spreadsheets_are_refused_in_a_sentence(tmp_path, content, said):
    assert said in refused(write(tmp_path, content, "a.xlsx"))


def test_macros_links_and_formulas_of_a_spreadsheet_do_nothing(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(("a", SHEET))))
    book.active["D1"], book.active["D2"] = "note", '=HYPERLINK("http://127.0.0.1:9/x", "x")'
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    link = (
        "xl/externalLinks/externalLink1.xml",
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    )
    macro = ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"x" * 100)
    rows, _ = place(write(tmp_path, archive_of([*members, link, macro]), "a.xlsx"))
    assert (rows[0]["controller"], rows[0]["note"]) == (BEFORE, None)


def test_rows_far_down_a_sheet_take_no_more_than_the_limit(tmp_path):
    from geodata.attribution.reading import Limits

    path = write(tmp_path, changed(sheet1=(b'<row r="2"', b'<row r="999999999"')), "a.xlsx")
    with pytest.raises(ValueError, match=r"more than 1,000 rows|empty"):
        place(path, limits=Limits(rows=1000))
