// The cards of what is on the map: a piece of ground, any place, a settlement, a zone, a line or a point, an event.

import type { Target } from "./actions.ts";
import { at } from "./answers.ts";
import { certainty } from "./card_certainty.ts";
import { obligationPart } from "./card_clause.ts";
import { halves, quoted, voice } from "./card_evidence.ts";
import { holders } from "./card_holders.ts";
import {
  type CardDeps,
  clauseButton,
  clausesOrNone,
  eventButton,
  eventList,
  eventsKnown,
  fact,
  head,
  otherNames,
  showOnMap,
  sideSays,
  statusLine,
} from "./card_parts.ts";
import { holds, spanOn } from "./dates.ts";
import { type Child, h } from "./dom.ts";
import type { LatLng, Piece, Place, Zone } from "./payload.ts";
import type { ZoneItem } from "./zones.ts";

const unique = (clauses: number[]) => [...new Set(clauses)].sort((a, b) => a - b);

/** Who holds a piece, since when, and by what. */
function holder(deps: CardDeps, piece: Piece): HTMLElement {
  const { store, language, vocabulary, eventById } = deps;
  const { t, edtf } = language;
  const span = spanOn(piece, store.state.on);
  const event = span.event ? eventById.get(span.event) : undefined;
  const other = span.or ? `: ${t("or {holder}", { holder: vocabulary.holder(span.or) })}` : "";
  return h(
    "dl",
    {},
    fact(t("held by"), vocabulary.holder(span.controller), span.certain ? "" : ` (${t("not certain")}${other})`),
    fact(t("since"), event ? [`${edtf(event.date)}: `, eventButton(deps, event)] : t("before the record begins")),
    span.event && fact(t("clause that required it"), span.clause ? clauseButton(deps, span.clause) : t("none")),
    span.cause && fact(t("cause"), vocabulary.cause(span.cause) + (span.disputed ? `, ${t("disputed")}` : "")),
    fact(t("by international recognition"), vocabulary.holder(piece.sovereign)),
  );
}

/** The zones of a place, each with the status and the deadline of the obligation that rules it. */
function zonesHere(deps: CardDeps, piece: Piece): Child {
  const { zones, actions, language, store } = deps;
  const lines = piece.zones
    .filter((zone) => holds(zone, store.state.on))
    .map(({ zone }) => {
      const [status, obligation] = [zones.statusOf(zone), zones.obligationOf(zone)];
      const button = h(
        "button",
        { type: "button", class: "atlas-link", onclick: () => actions.open({ zone }) },
        zones.nameOf(zone),
      );
      return h("div", {}, button, status && obligation ? [" ", statusLine(deps, status)] : null);
    });
  return lines.length ? lines : language.t("none");
}

/** The card of a piece; with `place`, of a place in it. */
export function pieceCard(deps: CardDeps, id: string, place?: LatLng): Child {
  const { control, texts, store, known, language, vocabulary, sources, record } = deps;
  const { t } = language;
  const { piece } = control.piece(id);
  const found = place && at(known, ...place, store.state.on);
  const unit = texts.units[piece.unit];
  const zones = piece.zones.filter((zone) => holds(zone, store.state.on));
  return [
    head(place ? language.position(place) : t("Ground"), control.nameOf(piece), otherNames(deps, unit?.names)),
    holder(deps, piece),
    h(
      "dl",
      {},
      fact(t("zones here"), zonesHere(deps, piece)),
      fact(t("clauses that apply"), clausesOrNone(deps, unique(zones.flatMap((zone) => zone.clauses ?? [])))),
      fact(t("area"), language.area(piece.km2)),
      fact(t("accuracy of its outline"), vocabulary.accuracy(piece.accuracy_m, piece.basis)),
      fact(t("touches"), neighbours(deps, piece)),
      found && !found.outside && fact(t("how sure"), certainty(deps, found)),
    ),
    record.text(unit?.note, "p"),
    holders(deps, piece),
    h("p", { class: "atlas-note" }, t("Control is not sovereignty.")),
    sources.list(unit?.sources),
    showOnMap(deps, { pieces: [id] }),
  ];
}

/** The ground that a piece touches, as text. */
function neighbours({ control, known }: CardDeps, { piece }: Piece): string {
  const ids = known.edges.flatMap(({ left, right }) => (left === piece ? [right] : right === piece ? [left] : []));
  const names = ids.flatMap((id) => (id ? [control.nameOf(control.piece(id).piece)] : []));
  return [...new Set(names)].join(", ");
}

/** What is known of any place: a card of its own, or the end of a zone's card; of a settlement, its names and its past too. */
export function placeCard(deps: CardDeps, where: LatLng, settlement?: Place): Child {
  const { language, control, known, store, sources, record } = deps;
  const { t } = language;
  const found = at(known, ...where, store.state.on);
  const [position, kicker] = [language.position(where), (text: string) => h("p", { class: "atlas-kicker" }, text)];
  const name = settlement && language.name(settlement.names);
  const names = otherNames(deps, settlement?.names);
  const outside = t("Outside Armenia and Azerbaijan");
  if (found.piece === null)
    return [
      name ? head(position, name, names, kicker(outside)) : head(position, outside),
      h("p", {}, t("The record says nothing about this place.")),
      sources.list(settlement?.sources),
    ];
  const { piece } = control.piece(found.piece);
  const happened = (id: string) =>
    eventList(
      deps,
      eventsKnown(deps, (event) => Boolean(event.places?.includes(id))),
    );
  return [
    head(position, name ?? control.nameOf(piece), names, kicker(language.date(store.state.on))),
    holder(deps, piece),
    h(
      "dl",
      {},
      fact(t("how sure"), certainty(deps, found)),
      name && fact(t("lies in"), control.nameOf(piece)),
      fact(t("zones here"), zonesHere(deps, piece)),
      fact(t("clauses that apply"), clausesOrNone(deps, found.clauses)),
    ),
    settlement && [holders(deps, piece), happened(settlement.id), record.text(settlement.note, "p")],
    h("p", { class: "atlas-note" }, t("Control is not sovereignty.")),
    settlement && [sources.list(settlement.sources), showOnMap(deps, { pieces: [piece.piece] })],
  ];
}

export function zoneCard(deps: CardDeps, id: string, target: Target): Child {
  const { texts, zones, language, sources, record } = deps;
  const { t } = language;
  const zone: Zone = texts.zones[id] ?? { names: { neutral: id } };
  const shape = zones.items.find((item) => item.layer.id === id && isMeant(item, target))?.shape;
  const own = language.layer(shape?.names);
  const named = own && own !== zones.nameOf(id);
  const [status, obligation] = [zones.statusOf(id), zones.obligationOf(id)];
  const clauses = zone.clauses ?? [];
  const governed = clauses.length
    ? t("Governed by clause {n}", { n: clauses.join(", ") })
    : t("No clause governs this");
  const told = (text: string | undefined) => text && (texts.shapes?.[text] ?? text);
  const obligations = texts.obligations.filter((one) => zone.obligations?.includes(one.id));
  return [
    head(
      governed,
      own || zones.nameOf(id),
      named ? h("p", {}, zones.nameOf(id)) : otherNames(deps, zone.names, language.layer(zone.names)),
    ),
    status && obligation && h("p", {}, statusLine(deps, status)),
    record.text(zone.text, "p"),
    record.text(told(shape?.text), "p"),
    record.text(told(shape?.note), "p"),
    zoneFacts(deps, zone, shape, told(shape?.guards)),
    obligations.map((one) => obligationPart(deps, one)),
    eventList(
      deps,
      eventsKnown(deps, (event) => Boolean(event.zones?.includes(id))),
    ),
    sources.list(zone.sources),
    showOnMap(deps, { zones: [id] }),
  ];
}

const isMeant = ({ shape, holds: held }: ZoneItem, { line, point }: Target) =>
  line ? shape.line === line : point ? shape.point === point : held;

function zoneFacts(deps: CardDeps, zone: Zone, shape: ZoneItem["shape"] | undefined, guards = ""): HTMLElement {
  const { language, vocabulary, record } = deps;
  const { t } = language;
  const areas = (zone.published_areas ?? []).map((one) =>
    h("div", {}, record.text(one.what), `: ${language.area(one.km2, 1)}`),
  );
  return h(
    "dl",
    {},
    fact(t("clauses that apply"), clausesOrNone(deps, zone.clauses)),
    shape?.accuracy_m && fact(t("accuracy"), vocabulary.accuracy(shape.accuracy_m, shape.basis)),
    shape?.km && fact(t("length"), language.length(shape.km * 1000, 0)),
    fact(t("guarded by"), record.text(guards)),
    fact(t("edition of the boundary"), record.text(zone.edition)),
    fact(t("published areas"), areas),
  );
}

export function eventCard(deps: CardDeps, id: string): Child {
  const { eventById, texts, store, language, sources, record } = deps;
  const { t, edtf } = language;
  const event = eventById.get(id);
  if (!event) return null;
  const go = () => store.dispatch({ on: event.day < texts.coverage[0] ? texts.coverage[0] : event.day });
  const views = (event.views ?? []).map((view) =>
    h(
      "div",
      { class: "atlas-views" },
      sideSays(deps, view.side, view.text),
      voice(deps, view),
      quoted(deps, view.evidence),
      sources.list(view.sources),
    ),
  );
  return [
    head(edtf(event.date), record.text(event.title)),
    record.text(event.text, "p"),
    quoted(deps, event.evidence),
    halves(deps, event),
    event.disputed && h("p", { class: "atlas-note" }, t("The sides' accounts differ.")),
    views,
    h("dl", {}, fact(t("clauses concerned"), clausesOrNone(deps, event.clauses))),
    h(
      "div",
      { class: "atlas-row" },
      h("button", { type: "button", class: "atlas-button", onclick: go }, t("Go to this day")),
    ),
    sources.list(event.sources),
  ];
}
