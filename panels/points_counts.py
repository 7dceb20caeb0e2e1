"""Counts of the reader's own points: per clause, per holder, per month."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from layers.atlas import Atlas
from layers.wording import Translate, Wording
from panels.chart_spec import Spec, chart

if TYPE_CHECKING:
    from panels.points import Placed


def _counted(column: pa.ChunkedArray) -> Counter[str]:
    return Counter(
        {
            str(item["values"]): item["counts"]
            for item in column.cast(pa.string()).drop_null().value_counts().to_pylist()
        }
    )


def by_clause(result: Placed, atlas: Atlas, tr: Translate) -> pd.DataFrame:
    """Points per clause; a point under two clauses counts for both."""
    counts: Counter[int] = Counter()
    for clauses, count in _counted(result.table[result.columns.added["clauses"]]).items():
        counts.update(dict.fromkeys(map(int, clauses.split("; ")), count))
    none = result.summary.placed - sum(_counted(result.table[result.columns.added["clauses"]]).values())
    names = [f"{number} · {atlas.clauses[number].title}" for number in sorted(counts)]
    return pd.DataFrame(
        {tr("Clause"): [*names, tr("none")], tr("Points"): [*(counts[number] for number in sorted(counts)), none]}
    )


def by_controller(result: Placed, w: Wording) -> pd.DataFrame:
    """Points per holder."""
    counts = result.summary.controllers.most_common()
    return pd.DataFrame(
        {
            w.tr("Held by"): [w.holder(name) for name, _count in counts],
            w.tr("Points"): [count for _name, count in counts],
        }
    )


def by_month(result: Placed, w: Wording) -> Spec:
    """Points per month; months are words, which no time zone moves."""
    days = result.table[result.columns.added["as_of"]].cast(pa.string()).drop_null().to_pylist()
    counts = sorted(Counter(day[:7] for day in days).items())
    values = [{"month": w.edtf(month), "points": count} for month, count in counts]
    axis = {"labelOverlap": True, "labelAngle": 0}
    bars = {
        "data": {"values": values},
        "mark": {"type": "bar", "color": "#2f5d73"},
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": axis},
            "y": {"field": "points", "type": "quantitative", "title": w.tr("Points"), "axis": {"tickMinStep": 1}},
            "tooltip": [
                {"field": "month", "type": "nominal", "title": w.tr("Month")},
                {"field": "points", "type": "quantitative", "title": w.tr("Points")},
            ],
        },
    }
    # Data at the top level Streamlit would send apart from the chart, which then draws itself empty first.
    return {**chart([bars], w.lang), "height": 160}
