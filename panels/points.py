"""The reader's own points: a list is placed under holders, zones and clauses, seen on the map and taken away again.

That is the browser's work (:mod:`panels.points_browser`).  What is too much for it, Parquet and long lists, the reader may upload:
it is parsed by our own readers and Arrow's, within limits, and lives in the session's memory only.  It is
never handed to GDAL, whose guessing of formats lets a file in disguise read other files; every text in it is hostile.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
import streamlit as st
from numpy.typing import NDArray

from geodata.attribution.budget import Budget, StoppedError
from geodata.attribution.columns import Columns
from geodata.attribution.local import placed
from geodata.attribution.reading import InputError, Limits, Source, open_stream
from geodata.attribution.reasons import Reasons
from geodata.attribution.rows import Summary
from geodata.attribution.said import Said
from geodata.attribution.writing import csv_bytes
from geodata.attribution.written_day import DateRules
from geodata.integrity import data_version
from layers.atlas import Atlas, atlas_data
from layers.catalogue import styles
from layers.map.files import built
from layers.wording import SOVEREIGNTY, Translate, Wording, wording
from layers.wording.dates import separators
from layers.wording.vocabulary import CONTROLLER
from panels import points_browser
from panels.download_button import button, failures
from panels.points_ask import Opened, ask, columns_of, confirmed, opened_of, preview
from panels.points_counts import by_clause, by_controller, by_month
from panels.points_table import heads, in_words
from panels.session import Session
from panels.text import escape
from server.sessions import reader_gone
from server.uploads import FULL, forget_content, full

MEGABYTES = 10
LIMITS = Limits(size=MEGABYTES * 2**20, rows=200_000, columns=100, member=32 * 1024, depth=16)
ENDINGS = ("parquet", "geoparquet", "csv", "tsv", "txt", "xlsx", "geojson", "json", "geojsonl", "kml", "kmz", "gpx")
SECONDS, MEMORY = 30, 128 * 2**20
"""What one upload may cost: seconds of the processor, and bytes of its rows with their answers."""
HOLDERS = tuple(CONTROLLER)
"""Holders in the order in which the map's layer numbers them."""
MOST_REASONS = 12
"""Kinds of faults that are told."""
SHOWN = 300
"""Rows of the result that the table shows; the download has them all."""
OPENED, RESULT, PACKED = "points-opened", "points-result", "points-packed"


@dataclass(frozen=True, eq=False)
class Placed:
    """The result of one upload: its rows with their answers, the counts, what the map draws, what is said of rows."""

    table: pa.Table
    summary: Summary
    columns: Columns
    drawn: dict[str, NDArray[np.int32]]
    reasons: list[Reasons]

    def problems(self, tell: Callable[[Said], str]) -> pa.Array:
        """What is said of each row, in a language; null where there is nothing to say."""
        return pa.chunked_array([part.column(tell) for part in self.reasons], pa.string()).combine_chunks()


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    st.markdown(
        tr(
            "Bring a list of dated places. For each, the atlas says who held it that day, and which zone and clause governed it."
        )
    )
    points_browser.show(tr, elsewhere=st.session_state.get(points_browser.upload_key()) is not None)
    with st.expander(tr("Parquet, or more than 50,000 rows: the server places it")):
        file = uploaded(session, tr)
    if file is None:
        for key in (OPENED, RESULT, PACKED):
            st.session_state.pop(key, None)
        return
    opened = remembered(OPENED, file.file_id, lambda: look(content_of(file), file.name))
    for message in opened.messages:
        st.info(escape(session.wording.said(message)))
    if opened.error:
        st.error(escape(f"{file.name[:80]}: {session.wording.said(opened.error)}"))
        return
    settings = ask(opened, tr)
    if settings is None:
        return
    wrong = preview(opened, settings, session.wording)
    if wrong:
        st.error(escape(f"{file.name[:80]}: {session.wording.said(wrong)}"))
        return
    if not confirmed(file.file_id, tr):
        return
    with st.spinner(tr("Placing the points …")):
        result = remembered(
            RESULT, (file.file_id, *settings.values()), lambda: place(content_of(file), file.name, settings)
        )
    if isinstance(result, Said):
        st.error(escape(f"{file.name[:80]}: {session.wording.said(result)}"))
        return
    pack(file)
    report(result, atlas, session.state.lang, tr)


def uploaded(session: Session, tr: Translate) -> Any:
    """The list that the reader sends to the server, or None."""
    megabytes = min(MEGABYTES, int(st.get_option("server.maxUploadSize")))
    file: Any = st.file_uploader(
        tr(
            "Parquet, CSV, XLSX, GeoJSON, KML or GPX, up to {rows} rows and {size} MB",
            rows=session.wording.number(LIMITS.rows),
            size=megabytes,
        ),
        type=list(ENDINGS),
        key=points_browser.upload_key(),
        max_upload_size=megabytes,
    )
    st.caption(
        tr(
            "The file is sent to the server and stays in this session's memory there. Nothing of it is stored, logged or shown to others; it is deleted when the page is closed."
        )
    )
    if session.state.lang != "en":
        st.caption(tr("The button “Upload” opens your files; Streamlit writes these words in English only."))
    if file is None and full():
        st.warning(tr(FULL))
    return file


def pack(file: Any) -> None:
    """Keep a list that was placed small, for the case that the reader chooses other columns."""
    if remembered(PACKED, file.file_id, lambda: zlib.compress(file.getvalue(), 1)):
        forget_content(file.file_id)
        # Streamlit keeps both until the next run is over.
        for held in (file, st.session_state[points_browser.upload_key()]):
            held.seek(0)
            held.truncate()


def content_of(file: Any) -> bytes:
    """The bytes of an upload."""
    of, packed = st.session_state.get(PACKED, (None, b""))
    return zlib.decompress(packed) if of == file.file_id else bytes(file.getvalue())


def remembered(key: str, of: Any, make: Any) -> Any:
    """What was made from the same upload and settings before, in this session; made now if there is none."""
    kept = st.session_state.get(key)
    if kept is None or kept[0] != of:
        kept = (of, make())
        st.session_state[key] = kept
    return kept[1]


def source_of(content: bytes, name: str, budget: Budget | None = None) -> Source:
    """Open an upload; its name only chooses between readers."""
    if len(content) > LIMITS.size:
        raise InputError("the file has {size} bytes; at most {most} are read.", size=len(content), most=LIMITS.size)
    ending = "." + name.rpartition(".")[2].lower()
    return open_stream(io.BytesIO(content), ending if ending[1:] in ENDINGS else ".csv", len(content), LIMITS, budget)


def look(content: bytes, name: str) -> Opened:
    """Columns of an upload, which of them look like position and date, and its first rows."""
    try:
        return opened_of(source_of(content, name, Budget(SECONDS, stop=reader_gone())))
    except StoppedError:
        st.stop()  # and nothing is remembered: a reader who comes back gets the answer
    except InputError as error:
        return Opened((), {}, geometry=False, messages=(), error=error.said)


def place(content: bytes, name: str, settings: dict[str, Any]) -> Placed | Said:
    """Place all rows of an upload, or say in one sentence why that can't be done."""
    try:
        source = source_of(content, name, budget := Budget(SECONDS, MEMORY, reader_gone()))
        columns = columns_of(source, settings)
        total, parts = Summary(), []
        for part, _ in placed(atlas_data().ground, source, columns, DateRules(settings["order"]), workers=1):
            budget.keep(part.table.nbytes)
            parts.append(part)
            total.add(part.summary)
    except StoppedError:
        st.stop()
    except InputError as error:
        return error.said
    if not total.rows:
        return Said("the file is empty: there is a header but no row.")
    table = pa.concat_tables([part.table for part in parts]).unify_dictionaries().combine_chunks()
    lat, lon = (np.concatenate([getattr(part, axis) for part in parts]) for axis in ("lat", "lon"))
    reasons = [part.reasons for part in parts]
    return Placed(table, total, columns, drawn(table, columns, lat, lon), reasons)


def drawn(
    table: pa.Table, columns: Columns, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> dict[str, NDArray[np.int32]]:
    """What the map draws of each readable row: position (1e-5 degree), day number, whether certain, number in HOLDERS or -1; oldest first."""
    day = np.asarray(table[columns.added["as_of"]].cast(pa.int32()).fill_null(0))
    certain = np.asarray(table[columns.added["certain"]].fill_null(False)).astype(np.int8)
    held = table[columns.added["controller"]].cast(pa.string()).fill_null("")
    holder = np.asarray(pa.compute.index_in(held, pa.array(HOLDERS)).fill_null(-1))
    rows = np.flatnonzero(np.asarray(table[columns.added["outside"]].is_valid()))
    rows = rows[np.argsort(day[rows], kind="stable")]
    return {
        "lat": np.rint(lat[rows] * 1e5).astype(np.int32),
        "lon": np.rint(lon[rows] * 1e5).astype(np.int32),
        "day": day[rows].astype(np.int32),
        "certain": certain[rows].astype(np.int32),
        "holder": holder[rows].astype(np.int32),
    }


def report(result: Placed, atlas: Atlas, lang: str, tr: Translate) -> None:
    """Counts, points on the map, table and download."""
    summary = result.summary
    w = wording(lang)
    counts = tr("{rows} rows: {placed} placed, {uncertain} of them not certain; {outside} outside Armenia and Azerbaijan; {unread} not readable.")  # fmt: skip
    st.markdown(
        counts.format(
            rows=w.number(summary.rows),
            placed=w.number(summary.placed),
            uncertain=w.number(summary.uncertain),
            outside=w.number(summary.outside),
            unread=w.number(summary.unreadable),
        )
    )
    component()(
        key="points-layer",
        data={
            "points": {name: values.tolist() for name, values in result.drawn.items()},
            "holders": [[w.holder(name), controllers()[name]["line"]] for name in HOLDERS],
            "words": words(tr) | {"group": separators(lang)[1]},
        },
    )
    if summary.placed:
        st.markdown(
            "> "
            + tr(
                "Of {placed} places, {uncertain} lie on ground whose holder that day is uncertain.",
                placed=w.number(summary.placed),
                uncertain=w.number(summary.uncertain),
            )
        )
        st.caption(
            tr(
                "Ceasefire Atlas, data version {version}. A row is answered for the whole disc and span that the list allows.",
                version=data_version(),
            )
        )
    if summary.reasons:
        lines = [
            f"{w.number(count)} × {escape(w.said(kind))}" for kind, count in summary.reasons.most_common(MOST_REASONS)
        ]
        st.warning("  \n".join(lines + ["…"] * (len(summary.reasons) > MOST_REASONS)))
    rows = problem_rows(result, w)
    if rows:
        with st.expander(tr("Rows with a problem, by number")):
            st.dataframe(
                rows, hide_index=True, width="stretch", key="points-problems", alt=tr("Table: rows with a problem")
            )
    tables(result, atlas, w, tr)
    button(
        tr("Download the table"),
        "points-with-clauses.csv",
        "text/csv",
        partial(csv_bytes, result.table),
        key="points",
        kind="primary",
    )
    button(
        tr("The table in words, to read"),
        "points-in-words.csv",
        "text/csv",
        partial(readable, result, atlas, w),
        key="points-words",
    )
    failures(tr)
    st.dataframe(
        first_rows(result, atlas, w),
        hide_index=True,
        width="stretch",
        height=320,
        key="points-table",
        placeholder="",
        column_config=dict(heads(result.columns, result.table.schema.names, w)),
        alt=tr("Table: the first rows with what the atlas adds"),
    )
    st.caption(
        tr(
            "Shown: the first {shown} of {rows}. The download has every row and column.",
            shown=w.number(min(SHOWN, summary.rows)),
            rows=w.number(summary.rows),
        )
    )
    st.caption(tr(SOVEREIGNTY))


def first_rows(result: Placed, atlas: Atlas, w: Wording) -> pd.DataFrame:
    """The first rows with what the atlas adds, in words; the download names columns and values by their ids."""
    added = result.columns.added
    own = {result.columns.geometry, *added.values()}
    others = [name for name in result.table.schema.names if name not in own]
    table = result.table.select([*others[:8], *added.values()]).slice(0, SHOWN)
    return in_words(table, result.columns, result.problems(w.said).slice(0, SHOWN), atlas, w).to_pandas()


def readable(result: Placed, atlas: Atlas, w: Wording) -> bytes:
    """The whole table as CSV with heads and values in the language."""
    table = in_words(result.table, result.columns, result.problems(w.said), atlas, w)
    named = heads(result.columns, table.schema.names, w)
    return csv_bytes(table.rename_columns([named.get(name, name) for name in table.schema.names]))


def problem_rows(result: Placed, w: Wording) -> list[dict[str, Any]]:
    """The first rows about which there is something to say, by their number in the list (1 is the first)."""
    said = result.problems(w.said)
    rows = np.flatnonzero(np.asarray(said.is_valid()))[:SHOWN]
    return [{w.tr("Row"): int(row) + 1, w.tr("Problem"): said[int(row)].as_py()} for row in rows]


def tables(result: Placed, atlas: Atlas, w: Wording, tr: Translate) -> None:
    """Points per clause and per holder, and per month."""
    small = {tr("Points"): st.column_config.NumberColumn(width="small")}
    st.dataframe(
        by_clause(result, atlas, tr),
        hide_index=True,
        width="stretch",
        column_config=small,
        alt=tr("Table: points per clause"),
    )
    st.dataframe(
        by_controller(result, w),
        hide_index=True,
        width="stretch",
        column_config=small,
        alt=tr("Table: points per holder"),
    )
    if result.summary.placed:
        st.vega_lite_chart(
            spec=by_month(result, w),
            width="stretch",
            key="points-months",
            alt=tr("Chart: points per month"),
        )


def words(tr: Translate) -> dict[str, str]:
    """Sentences of the map's layer."""
    return {
        "every": tr("On the map: all {all} points, of whichever day."),
        "near": tr("On the map: {drawn} of {all} points, those within 30 days of the day shown."),
        "count": tr(
            "On the map: {on} points of the day shown or between the days compared (large), {before} from before (small); {all} in all."
        ),
        "none": tr(
            "No point is of the day shown or between the days compared. On the map: {before} from before (small); {all} in all."
        ),
        "hint": tr("Colour: who held the place; hollow: not certain; black: outside Armenia and Azerbaijan."),
        "all": tr("All dates"),
        "around": tr("30 days around the day shown"),
        "dates": tr("At their dates"),
        "zoom": tr("Zoom to the points"),
        "picture": tr("Picture with the points"),
        "unsure": tr("not certain"),
        "outside": tr("outside Armenia and Azerbaijan"),
    }


def controllers() -> dict[str, dict[str, str]]:
    """Colours of the holders, as the map has them."""
    found: dict[str, dict[str, str]] = styles()["controllers"]
    return found


@lru_cache(maxsize=1)
def component() -> Any:
    """The layer of points over the map, declared once per process."""
    # Streamlit takes a script of one line for the path of a file.
    script = f"// layers/map/frontend/src/points.ts\n{built('points.js')}"
    return st.components.v2.component(
        "ceasefire_atlas_points", html='<p class="atlas-own"></p><div class="atlas-own-choice"></div>', js=script
    )
