"""Made-up rows in the columns of the two data sets of events that readers bring most: UCDP GED (24.1, 25.1) and ACLED's export.

Nothing in them happened.  ``SURE`` says of each row whether it is certain, by the codebook of its data set.
"""

import csv
import io

GED = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
AGDAM, KALBAJAR, MIDDLE = ("39.991", "46.9274"), ("40.1", "46.04"), ("40.3", "47.5")
GED_ROWS = [
    # the province, and the week in which it changed hands
    ("4", "3", "2020-11-18", "2020-11-22", AGDAM),
    # the town on a day
    ("1", "1", "2020-11-18", "2020-11-18", AGDAM),
    # within 25 km
    ("2", "1", "2020-11-26", "2020-11-26", KALBAJAR),
    # the country in a year
    ("6", "5", "2020-01-01", "2020-12-31", MIDDLE),
    # the town on one of three days
    ("1", "2", "2020-11-19", "2020-11-21", AGDAM),
    # a code that is none
    ("8", "1", "2020-11-19", "2020-11-19", AGDAM),
]
ACLED_ROWS = [
    ("3", "3", "18 November 2020", AGDAM),
    ("1", "1", "2020-11-18", AGDAM),
    ("1", "2", "26 November 2020", KALBAJAR),
    ("2", "1", "18-Nov-20", AGDAM),
    ("4", "1", "18 November 2020", AGDAM),
]
SURE = {
    "GEDEvent_v25_1.csv": ["false", "true", "false", "false", "false", "false"],
    "ACLED.csv": ["false", "true", "false", "false", "false"],
}
PRECISION = {
    "GEDEvent_v25_1.csv": "where_prec (ucdp-ged), date_prec (ucdp-ged)",
    "ACLED.csv": "time_precision (acled), geo_precision (acled)",
}


def event_lists():
    """Names and contents."""
    ged = [
        {
            "id": number, "relid": f"AZE-2020-1-{number}", "year": 2020, "source_date": "2020-11-30", "where_prec": where,
            "where_coordinates": "made up", "latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})", "priogrid_gid": 187414,
            "country": "Azerbaijan", "date_prec": when, "date_start": f"{first} 00:00:00.000", "date_end": f"{last} 00:00:00.000", "best": 0,
        }
        for number, (where, when, first, last, (lat, lon)) in enumerate(GED_ROWS, start=1)
    ]  # fmt: skip
    acled = [
        {
            "event_id_cnty": f"AZE{number}", "event_date": day, "year": 2020, "time_precision": when, "location": "made up",
            "latitude": lat, "longitude": lon, "geo_precision": where, "notes": "Made up, on 3 November 2020.", "timestamp": 1606262400,
        }
        for number, (when, where, day, (lat, lon)) in enumerate(ACLED_ROWS, start=1)
    ]  # fmt: skip
    return {"GEDEvent_v25_1.csv": _csv(GED, ged), "ACLED.csv": _csv(ACLED, acled)}


def _csv(names, rows):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
