"""The pages: map, clauses, deadlines, changes, claims, sources, about."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from geodata.changes import changes
from geodata.dates import parse_day
from geodata.ground import COVERAGE_START
from geodata.model import Clause, Reading
from geodata.status import statuses
from layers.site.frame import World, page
from layers.site.html import Html, el, table
from layers.wording import SOVEREIGNTY, wording

EN = wording()
PRESS = {"press-a": "First press text", "press-b": "Second press text"}


def index(world: World) -> bytes:
    """The map in its frame, and a way in for readers without it."""
    return page(
        "index",
        "The statement of 9/10 November 2020 on the ground",
        world,
        el("p", SOVEREIGNTY, class_="sovereignty"),
        el("iframe", src="map.html", title="Map with time bar, layers and clauses", class_="map"),
        el("p", el("a", "Open the map in a window of its own", href="map.html"), " (one file; it works offline once loaded)."),
        el("h2", "What it says"),
        el("p", world.record.statement.title, ". ", world.record.statement.identity),
        el("ul", [el("li", el("a", f"{c.number}. {c.title}", href=f"clauses.html#clause-{c.number}"), f". {c.deadline_note}") for c in world.record.clauses]),
        world.sources(world.record.statement.sources),
    )  # fmt: skip


def clauses(world: World) -> bytes:
    """The nine clauses, with wordings, readings and what happened."""
    return page("clauses", "The nine clauses", world, [_clause(clause, world) for clause in world.record.clauses])


def _clause(clause: Clause, world: World) -> Html:
    readings = [reading for reading in world.record.readings if reading.clause == clause.number]
    duties = [duty for duty in world.record.obligations if duty.clause == clause.number]
    return el(
        "section",
        el("h2", f"Clause {clause.number}: {clause.title}", id=f"clause-{clause.number}"),
        el("p", clause.paraphrase),
        el("p", el("strong", "Who: "), clause.who),
        el("p", el("strong", "Where: "), clause.where),
        el("p", el("strong", "By when: "), clause.deadline_note),
        el("p", el("strong", "On the map: "), clause.map_note, " ", el("a", "Show it", href=f"map.html#clause={clause.number}")),
        el("p", el("strong", "Obligations: "), _list([el("a", duty.title, href=f"deadlines.html#{duty.id}") for duty in duties])),
        [_variant(variant, world) for variant in clause.variants],
        [_readings(topic, list(group)) for topic, group in groupby(readings, key=lambda reading: reading.topic)],
        el("h3", "What happened"),
        el("p", clause.what_happened),
        el("p", el("strong", "Left open by the text: "), clause.ambiguity) if clause.ambiguity else None,
        world.sources(clause.sources),
    )  # fmt: skip


def _list(items: list[Any]) -> list[Any]:
    return [part for number, item in enumerate(items) for part in (("; ", item) if number else (item,))]


def _variant(variant: Any, world: World) -> Html:
    titles = {witness.id: witness.title for witness in world.record.statement.witnesses}
    wordings = [el("li", f"{titles[item.witness]}: ", el("q", item.phrase)) for item in variant.wordings]
    return el(
        "div", el("h3", f"How the versions differ: {variant.point}"), el("ul", wordings), el("p", variant.consequence)
    )


def _readings(topic: str, readings: list[Reading]) -> Html:
    cards = [
        el(
            "section",
            el("h3", f"{EN.side(item.side)}: {item.title}"),
            el("p", item.text),
            el("p", EN.edtf(item.date), class_="soft"),
        )
        for item in readings
    ]
    return el("div", cards, class_="two", id=topic)


def deadlines(world: World) -> bytes:
    """Fifteen obligations at the end of the record, and the history of each deadline."""
    end = parse_day(world.record.statement.coverage_end)
    found = {row.id: row for row in statuses(world.record, end)}
    rows = [
        [
            el("a", duty.title, href=f"#{duty.id}"),
            str(duty.clause),
            EN.status(found[duty.id].status),
            _day(found[duty.id].first_due, "no date in the text"),
            _day(found[duty.id].due, "no date in the text"),
            _day(found[duty.id].done),
            EN.lateness_figures(found[duty.id]),
        ]
        for duty in world.record.obligations
    ]
    heads = ["Obligation", "Clause", "Status", "First due", "Due", "Met", "Days late (first)"]
    return page(
        "deadlines",
        "Fifteen obligations and their deadlines",
        world,
        table(heads, rows, f"As of {EN.day(end)}, the end of the record"),
        [_duty(duty, world) for duty in world.record.obligations],
    )


def _duty(duty: Any, world: World) -> Html:
    history = [el("li", f"{EN.day(item.announced)}: due {EN.day(item.due)}. {item.note}") for item in duty.deadlines]
    disputes = [
        el(
            "div",
            el("section", el("h3", EN.side(item.claim_side)), el("p", item.claim)),
            el("section", el("h3", EN.side(item.counter_side)), el("p", item.counterclaim)),
            class_="two",
        )
        for item in duty.disputes
    ]
    return el(
        "section",
        el("h2", duty.title, id=duty.id),
        el(
            "p",
            el("a", f"Clause {duty.clause}", href=f"clauses.html#clause-{duty.clause}"),
            f". Owed by: {duty.owed_by}. Owed to: {duty.owed_to}.",
        ),
        el("p", duty.duty),
        [el("h3", "The deadline"), el("ul", history)] if history else el("p", "No date in the text."),
        el("p", el("strong", "Done: "), duty.done.note) if duty.done else None,
        el("p", el("strong", "Ended: "), duty.ended.note) if duty.ended else None,
        el("p", duty.what_happened),
        disputes,
        world.sources(duty.sources),
    )


def _day(day: str | None, otherwise: str = "–") -> str:
    return EN.cell(day) if day else otherwise


def changed(world: World) -> bytes:
    """Every hand-over of the record."""
    names = {unit.id: unit.names.neutral for unit in world.record.units}
    titles = {event.id: event.title for event in world.record.events}
    rows = [
        [
            names[row["zone"]],
            _day(row["date"]),
            EN.handover(row["from"], row["to"]),
            EN.cause(row["cause"], row["clause"]),
            EN.area(row["km2"]),
            EN.doubt(disputed=row["disputed"], certain=row["certain"]),
            el("a", titles[row["event"]], href=f"map.html#on={row['date']}"),
        ]
        for row in changes(world.ground, COVERAGE_START, world.ground.coverage_end)
    ]
    heads = ["Ground", "Day", "From and to", "Clause or cause", "Area", "Doubt", "Event"]
    return page(
        "changes",
        "What changed hands",
        world,
        el("p", "Areas are geodesic and follow from the shapes; none was moved to match a published figure. A clause stands where it required the change, not where a change broke it."),
        table(heads, rows, f"Every hand-over from {EN.day(COVERAGE_START)} to {EN.day(world.ground.coverage_end)}"),
    )  # fmt: skip


def claims(world: World) -> bytes:
    """The two press texts, checked claim by claim."""
    parts = []
    for text, title in PRESS.items():
        rows = [
            [claim.said, claim.verdict, claim.finding, world.sources(claim.sources) if claim.sources else "–"]
            for claim in world.record.claims
            if claim.text_id == text
        ]
        parts.append(
            el("section", el("h2", title), table(["What it says", "Verdict", "Finding", "Sources"], rows, title))
        )
    return page("claims", "Claims of the press, checked", world, parts)


def sources(world: World) -> bytes:
    """The register of sources."""
    items = [
        el(
            "li",
            el("strong", source.id),
            f" {source.publisher}: {source.title}. {source.date or 'no date'}. {source.address or ''}",
            None if source.seen else " (general knowledge; no text was seen)",
            " (read in a repost)" if source.repost else None,
            id=source.id,
        )
        for source in world.record.sources
    ]
    return page("sources", f"{len(items)} sources", world, el("ul", items))


def about(world: World) -> bytes:
    """What this is, what it can't show, licences."""
    return page(
        "about",
        "About the atlas",
        world,
        el("p", SOVEREIGNTY, class_="sovereignty"),
        el("p", "An independent atlas. No party to the conflict, no government and no party to the statement commissioned, paid for or reviewed it. It takes no side on whose the land is."),
        el("h2", "What it can’t show"),
        el("ul", [el("li", text) for text in (
            "A route for clause 9: the text names none. What is drawn is schematic and says so.",
            "Surveyed lines: interior lines are good to about 1–2 km; every line says how good it is.",
            "Posts, heights and positions for which no coordinates were published.",
            f"Anything after {EN.day(world.record.statement.coverage_end)}.",
        )]),
        el("h2", "Errors and challenges"),
        el("p", "A challenge is decided on sources alone: a dated, citable one that contradicts the record is entered beside it, with its side named; where both stand, both are shown."),
        el("h2", "Licences"),
        el("p", "Code: MIT. Record and texts: CC BY 4.0. Shapes that derive from OpenStreetMap’s borders: ODbL 1.0. Every feature of every download names its licence."),
        el("p", world.ground.credits),
        el("h2", "Privacy"),
        el("p", "Plain files: no request leaves for another host, nothing is counted, no cookie is set."),
    )  # fmt: skip
