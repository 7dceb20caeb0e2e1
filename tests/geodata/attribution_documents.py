"""Small KML, GPX and spreadsheets, good and bad, for the tests of reading by the command and in the browser."""

import io
import zipfile

import openpyxl

KML = """<?xml version="1.0" encoding="UTF-8"?>{doctype}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>x</name><Style id="s"/>
<Placemark><name>a</name><TimeStamp><when>2020-11-18</when></TimeStamp><ExtendedData><Data name="note"><value>{note}</value></Data></ExtendedData>
<Point><coordinates>46.9274,39.991,0</coordinates></Point></Placemark>
<Folder><Placemark><name>b</name><TimeSpan><begin>2020-11-18</begin><end>2020-11-22</end></TimeSpan><Point><coordinates>46.9274,39.991</coordinates></Point>
</Placemark><Placemark><name>c</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark></Folder></Document></kml>"""
GPX = """<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="39.991" lon="46.9274"><time>2020-11-18T10:00:00Z</time><name>a</name></wpt>
<trk><trkseg><trkpt lat="39.991" lon="46.9274"><time>2020-11-21T10:00:00Z</time></trkpt></trkseg></trk></gpx>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = [("date", "lat", "lon"), ("2020-11-18", 39.991, 46.9274)]


def workbook(*sheets):
    """A spreadsheet of sheets, each a name and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive_of(members):
    """A zip archive of names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def changed(add=(), **replaced):
    """A workbook with parts added, or with a text in a part replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook(("a", SHEET)))) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    for part, (old, new) in replaced.items():
        members = [(name, content.replace(old, new) if part in name else content) for name, content in members]
    return archive_of([*members, *add])
