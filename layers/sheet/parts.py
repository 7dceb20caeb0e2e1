"""What stands around the maps of every page, as data: head, foot, clauses with their deadlines, events, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlencode

import segno

from geodata.changes import Change, changes, forced_until
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from geodata.status import Status
from geodata.translations import is_draft
from layers.catalogue import styles
from layers.sheet.paper import Paper
from layers.sheet.scene import Scene
from layers.view_state import State, limits, link_query
from layers.wording import Wording

Data = dict[str, Any]
EVENTS = 9
"""Most events that stand beside a map."""


def page_of(
    template: str,
    title: str,
    paper: Paper,
    state: State,
    record: Record,
    ground: Ground,
    wording: Wording,
    address: str | None,
) -> Data:
    """What every page has: its paper, its language, what heads it and what stands at its foot."""
    tr, product = wording.tr, wording.tr("Ceasefire Atlas")
    return {
        "template": template,
        "title": f"{product}: {title}",
        "lang": wording.lang,
        "made": [record.coverage_end.year, record.coverage_end.month, record.coverage_end.day],
        "product": product,
        "headline": tr(record.statement.headline),
        "paper": {
            "w": paper.w, "h": paper.h, "margin": paper.margin, "beside": paper.beside, "columns": paper.columns,
            "brief": paper.brief, "date": paper.date_pt, "text": paper.text_pt,
        },
        "foot": foot(state, record, ground, wording, address),
    }  # fmt: skip


def foot(state: State, record: Record, ground: Ground, wording: Wording, address: str | None) -> Data:
    """Control and sovereignty, boundaries, credits, data version; the address and its code only where there is one."""
    tr = wording.tr
    about = [
        tr(
            "Data to {day}, version {version}.",
            day=wording.short(record.statement.coverage_end),
            version=data_version(),
        ),
        tr("Projection: UTM 38N (EPSG:32638)."),
    ]
    if is_draft(state.lang):
        about.append(tr("Draft translation: no native speaker has read it yet."))
    link = permalink(state, record, address)
    return {
        "rule": tr("Control is not sovereignty."),
        "note": tr(
            "The map says who held the ground on a day, never whose it is. Boundaries and names imply no endorsement."
        ),
        "credits": tr(ground.credits),
        "about": " ".join(about),
        "link": link if address else tr("state: {state}", state=unquote(link.removeprefix("?"))),
        "code": qr_code(link) if address else None,
    }


def permalink(state: State, record: Record, address: str | None) -> str:
    """The address that shows the same state of the same data on a screen; without one of the atlas, its query alone."""
    base = (address or "").split("?", maxsplit=1)[0]
    return f"{base}?{urlencode(link_query(state, limits(record)), safe=',')}"


def qr_code(text: str) -> str:
    """The text as a QR code in SVG."""
    return str(segno.make(text, error="l", boost_error=False, micro=False).svg_inline(border=0, dark="#1d1b20"))


def today(scene: Scene, record: Record, wording: Wording) -> str:
    """What happened on the day, in a sentence or two; empty for a quiet one."""
    if scene.day >= record.coverage_end.isoformat():
        return wording.tr("The record ends on this day.")
    titles = [event.title for event in record.events if event.date == scene.day]
    return wording.sentences(titles[:2])


def last_told(scene: Scene, record: Record, wording: Wording, most: int) -> str:
    """The first main events that a quiet day lies within, or the last before it; with their days."""
    day = parse_day(scene.day)
    past = sorted(
        (event for event in record.events if event.stop and event.first_day <= day), key=lambda event: event.counts_from
    )
    now = [event for event in past if day <= event.counts_from]
    return wording.sentences(
        f"{wording.edtf(event.date, short=True)}: {event.title}" for event in now[:most] or past[-1:]
    )


def duty(row: Status, wording: Wording) -> Data:
    """One obligation: its clause, its name, its deadline in a sentence."""
    return {
        "badge": str(row.clause),
        "color": styles()["clauses"][row.clause],
        "title": row.title,
        "detail": wording.deadline(row),
    }


def clauses(scene: Scene, record: Record, wording: Wording) -> Data:
    """The obligations of what is shown, as known on the day; or why there are none."""
    tr, known = wording.tr, scene.state.known
    rows = [duty(row, wording) for row in scene.obligations]
    none = "" if rows else tr("No clause of the statement governs what is shown.")
    if scene.day < record.effect_day.isoformat():
        rows, none, known = [], tr("The statement was not yet in force on this day."), None
    return {
        "head": tr("Clauses and deadlines"),
        "known": tr("As announced by {day}", day=wording.day(known)) if known and rows else "",
        "rows": rows,
        "none": none,
    }


def events(scene: Scene, wording: Wording) -> Data:
    """Events around the day, the nearest first chosen, in the order of time."""
    near = sorted(scene.events[:EVENTS], key=lambda event: (event.first_day, event.counts_from, event.id))
    rank = {event.id: number for number, event in enumerate(scene.events)}
    return {
        "head": wording.tr("Around this day"),
        "rows": [
            {
                "day": wording.edtf(event.date, short=True),
                "text": event.title,
                "strong": event.first_day <= parse_day(scene.day) <= event.counts_from,
                "rank": rank[event.id],
            }
            for event in near
        ],
    }


def changed(
    before: str,
    after: str,
    record: Record,
    ground: Ground,
    wording: Wording,
    letters: Mapping[str, str] = MappingProxyType({}),
) -> Data:
    """What changed hands between two days: by holders and day, with areas, and sums by clause and by force.

    ``letters``: those that stand on the map for a name.
    """
    tr = wording.tr
    found = sorted(
        changes(ground, parse_day(before), parse_day(after)), key=lambda row: (row.from_, row.to, row.date, row.zone)
    )
    names = {unit.id: unit.names for unit in record.units}
    ranked = sorted(found, key=lambda row: -row.km2)
    groups = [
        {
            "holders": wording.handover(former, holder),
            "rows": [
                {
                    "name": (name := wording.name(names[row.zone]).split(" (")[0]),
                    "letter": letters.get(name, ""),
                    "day": wording.short(row.date),
                    "reason": wording.cause(row.cause, row.clause) + ("*" if row.disputed or not row.certain else ""),
                    "area": wording.area(row.km2),
                    "rank": ranked.index(row),
                }
                for row in rows
            ],
        }
        for (former, holder), rows in groupby(found, key=lambda row: (row.from_, row.to))
    ]
    return {
        "head": tr("What changed hands"),
        "groups": groups,
        "rest": [
            {
                "text": wording.plural("and {n} smaller area", "and {n} smaller areas", len(ranked) - most),
                "area": wording.area(sum(row.km2 for row in ranked[most:])),
            }
            for most in range(len(ranked))
        ],
        "none": "" if found else tr("No ground changed hands between these days."),
        "sums": sums(found, wording),
        "total": {"text": tr("All changes of control"), "area": wording.area(sum(row.km2 for row in found))},
        "note": tr("disputed, or day or extent uncertain")
        if any(row.disputed or not row.certain for row in found)
        else "",
        "earlier": " ".join(wording.earlier(*forced_until(ground, parse_day(before)), before)),
    }


def sums(found: list[Change], wording: Wording) -> list[Data]:
    """Areas by what brought the change about, the largest first."""
    areas: dict[tuple[str, int | None], float] = {}
    for row in found:
        areas[row.cause, row.clause] = areas.get((row.cause, row.clause), 0.0) + row.km2
    ordered = sorted(areas.items(), key=lambda item: (-item[1], str(item[0])))
    most = max(areas.values(), default=1.0)
    return [
        {
            "text": wording.cause(*cause),
            "area": wording.area(km2),
            "share": round(km2 / most, 4),
            "color": cause_hue(*cause),
        }
        for cause, km2 in ordered
    ]


HUES = {"force": "#7a5c00", "other": "#57606a"}


def cause_hue(cause: str, clause: int | None) -> str:
    """Colour of a reason: that of the clause, or of force or of what neither a clause nor force brought about."""
    return str(styles()["clauses"][clause]) if clause else HUES[cause]


def settled(state: State, record: Record) -> State:
    """A state whose layers are those that can be switched on: groups stand for their members."""
    allowed = limits(record)
    groups = dict(allowed.groups)
    layers = [member for layer in state.layers for member in groups.get(layer, (layer,))]
    return state.with_(layers=tuple(dict.fromkeys(layers)))
