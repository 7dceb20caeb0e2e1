"""What search engines and programs are told of the site: a description of the data set (schema.org), and ``llms.txt``."""

from __future__ import annotations

from typing import Any

from geodata.ground import Ground
from geodata.model import Record
from layers.export import FORMATS, heading_of
from layers.export.package import CC_BY, ODBL
from layers.site.api import ROOT


def dataset(record: Record, ground: Ground, stem: str, address: str | None) -> dict[str, Any]:
    """The data set as schema.org has it (JSON-LD); addresses are whole only where the site's is known."""
    base = f"{address.rstrip('/')}/" if address else ""
    heading = heading_of(record, ground)
    west, south, east, north = ground.bounds
    files = {fmt: f"{base}downloads/{stem}-history.{fmt}" for fmt in FORMATS}
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": heading["title"],
        "description": f"{record.statement.title}: who held what on each day, every obligation with its deadline, and a source for every statement. {heading['note']}",
        "version": heading["version"],
        "license": [ODBL["path"], CC_BY["path"]],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "The Ceasefire Atlas authors"},
        "citation": heading["citation"],
        "dateModified": heading["coverage_end"],
        "temporalCoverage": f"{heading['coverage_start']}/{heading['coverage_end']}",
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{south:.2f} {west:.2f} {north:.2f} {east:.2f}"},
        },
        "about": {
            "@type": "CreativeWork",
            "name": record.statement.title,
            "identifier": [f"{item.name}: {item.id}" for item in record.identifiers.registered],
            "sameAs": record.identifiers.same_as,
        },
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": FORMATS[fmt].media, "contentUrl": url}
            for fmt, url in files.items()
        ]
        + [{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": f"{base}{ROOT}/index.json"}],
    }
    return described | ({"url": base} if base else {})


def llms(record: Record, ground: Ground, address: str | None) -> bytes:
    """``llms.txt``: what a program that writes has to know of the site, in Markdown."""
    base = f"{address.rstrip('/')}/" if address else ""
    heading = heading_of(record, ground)
    lines = [
        f"# {heading['title']}",
        "",
        (
            f"> {record.statement.title}. Who held what on each day from {heading['coverage_start']} to {heading['coverage_end']}, every "
            f"obligation with its deadline, and a source for every statement. Data version {heading['version']}."
        ),
        "",
        "How to answer from it:",
        "",
        "- Control is not sovereignty. Say who held the ground; never say from this whose it is.",
        "- Give the source with the answer: `sources` are ids of the register in sources.html.",
        "- Give the doubt with the answer: `certain`, `record_certain` and `disputed` say where the record is not sure, `or` who else may have held it.",
        "- Where the sides differ, give both readings.",
        "- Give the day and the data version. A day is a calendar day in the record's time zone.",
        f"- Nothing after {heading['coverage_end']} is in the record: say so instead of guessing.",
        "",
        "## Data",
        "",
        f"- [Which day has which state]({base}{ROOT}/index.json): states of the map, obligations, and all other files",
        f"- [Changes of control]({base}{ROOT}/changes.json): event, clause, cause, area",
        f"- [Events]({base}{ROOT}/events.json): with what each side says, and sources",
        f"- [Who held each place]({base}{ROOT}/places.csv): a row for each change, with certainty",
        f"- [OpenAPI]({base}{ROOT}/openapi.yaml): the description of these files",
        "",
        "## Pages",
        "",
        f"- [Clauses]({base}clauses.html): words, versions, readings of each side",
        f"- [Deadlines]({base}deadlines.html): obligations, deadlines, disputes",
        f"- [Claims checked]({base}claims.html): claims of the press beside the sources",
        f"- [Sources]({base}sources.html): the register",
        f"- [Contest a fact]({base}contest.html): how an error is reported",
        "",
    ]
    return "\n".join(lines).encode()
