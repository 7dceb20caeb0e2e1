"""A place and a day: who held it, which zones and clauses applied, how sure that is."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from geodata.attribution.written_place import read_position
from geodata.control import ControlAnswer, control_at
from geodata.dates import parse_day
from geodata.holdings import holdings
from geodata.parts import Piece
from layers.atlas import Atlas, atlas_data
from layers.wording import LANGUAGES, Translate, Wording, wording
from layers.wording.sorting import sort_key
from panels.certainty import certainty
from panels.session import Session, move
from panels.text import escape
from panels.widgets import day_box

CLOSE_UP = 10.0


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    names = place_names(session.state.lang)
    place_id = st.selectbox(
        tr("Place"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=tr("Type a name in any of the four languages"),
        key="governs-place",
    )
    text = st.text_input(tr("or latitude, longitude"), key="governs-coordinates", placeholder="39.641, 46.545")
    day_box(session, tr)
    if text.strip():
        try:
            lat, lon = read_position(text)
            answer(control_at(atlas.ground, lat, lon, parse_day(session.state.on)), lat, lon, None, session, atlas, tr)
        except ValueError as error:
            st.warning(escape(str(error)))
    elif place_id:
        place = atlas.places[place_id]
        assert place.lat is not None
        assert place.lon is not None
        answer(
            control_at(atlas.ground, place.lat, place.lon, parse_day(session.state.on)),
            place.lat,
            place.lon,
            place_id,
            session,
            atlas,
            tr,
        )
    else:
        st.caption(
            tr("Choose a place, or give coordinates (WGS84 decimal degrees), to see what governed it on the day shown.")
        )


@lru_cache(maxsize=len(LANGUAGES))
def place_names(lang: str) -> dict[str, str]:
    """Places with coordinates, by id, labelled with all their names, that of the language first, in its alphabet's order."""
    labels = {}
    for place in atlas_data().record.places:
        if place.lat is not None:
            forms = dict.fromkeys(
                form
                for form in (
                    wording(lang).name(place.names),
                    place.names.neutral,
                    place.names.az,
                    place.names.hy,
                    place.names.ru,
                )
                if form
            )
            labels[place.id] = " · ".join(forms)
    return dict(sorted(labels.items(), key=lambda item: sort_key(item[1], lang)))


def answer(
    found: ControlAnswer,
    lat: float,
    lon: float,
    place_id: str | None,
    session: Session,
    atlas: Atlas,
    tr: Translate,
) -> None:
    """Say it in sentences."""
    if found.controller is None or found.sovereign is None:
        st.warning(tr("This point lies outside Armenia and Azerbaijan: the atlas maps nothing there."))
        return
    w = session.wording
    st.markdown(f"### {escape(w.holder(found.controller))}")
    held = tr("held this point on {day}, since {since}.") if found.since else tr("held this point on {day}.")
    st.markdown(held.format(day=w.day(found.as_of), since=w.day(found.since)))
    if not found.certain:
        other = tr("This is not certain. Possibly: {holder}.", holder=w.holder(found.other)) if found.other else ""
        st.warning(f"{other} {certainty(found, w)}".strip())
    lines = [f"**{tr('Internationally recognised as part of')}:** {w.holder(found.sovereign)}"]
    zones = [escape(w.layer(atlas.zones[zone].names)) for zone in found.zones if zone in atlas.zones]
    lines.append(f"**{tr('Zones')}:** {', '.join(zones) or tr('none')}")
    clauses = [f"{number} ({escape(atlas.clauses[number].title)})" for number in found.clauses]
    lines.append(f"**{tr('Clauses that govern it')}:** {', '.join(clauses) or tr('none')}")
    if found.event:
        lines.append(f"**{tr('Came about by')}:** {escape(atlas.events[found.event].title)}")
    if found.certain:
        lines.append(f"**{tr('How sure')}:** {certainty(found, w)}")
    st.markdown("  \n".join(lines))
    if place_id and (known := atlas.places[place_id].known_side):
        mark = tr("inferred") if known.inferred else tr("disputed") if known.disputed else tr("as published")
        day = w.day(atlas.record.statement.sides_day)
        st.caption(tr("Held on {day} by: {holder} ({mark})", day=day, holder=w.holder(known.holder), mark=mark))
    if found.piece:
        history(atlas.ground.piece(found.piece), w, atlas)
    st.button(
        tr("Show on the map"), key="governs-show", on_click=move, kwargs={"view": [lat, lon, CLOSE_UP], "scroll": True}
    )


def history(piece: Piece, w: Wording, atlas: Atlas) -> None:
    """Who held the ground there, and from when; where a day is not certain, why the map says so."""
    held = holdings(piece)
    begin = atlas.record.statement.coverage_start
    st.markdown(f"**{w.tr('Who held it, and from when')}**")
    st.markdown("\n".join(f"1. {escape(w.holding(one, begin))}" for one in held))
    if any(not one.certain or one.turns for one in held):
        st.caption(
            w.tr("Days are those of events or announcements. Not certain: accounts differ, or the extent is not known.")
        )
