// The card of a settlement: its names, who held it at its coordinates on the day and before, and how sure that is.

import { at } from "./answers.ts";
import { holders } from "./card_holders.ts";
import { type CardDeps, clausesOrNone, eventButton, fact, head, otherNames, showOnMap } from "./card_parts.ts";
import { holder, zonesHere } from "./card_place.ts";
import { surety } from "./card_surety.ts";
import { type Child, h } from "./dom.ts";
import type { LatLng } from "./payload.ts";

export function settlementCard(deps: CardDeps, id: string): Child {
  const { texts, known, store, language, control, sources, record } = deps;
  const { t } = language;
  const place = texts.places.find((one) => one.id === id);
  if (!place) return null;
  const where: LatLng = [place.lat, place.lon];
  const found = at(known, ...where, store.state.on);
  const title = [language.name(place.names), otherNames(deps, place.names)] as const;
  if (found.piece === null)
    return [
      head(language.position(where), ...title, h("p", { class: "atlas-kicker" }, t("Outside Armenia and Azerbaijan"))),
      h("p", {}, t("The record says nothing about this place.")),
      sources.list(place.sources),
    ];
  const { piece } = control.piece(found.piece);
  const events = texts.events.filter((event) => event.places?.includes(id) && event.first <= store.state.on);
  return [
    head(language.position(where), ...title, h("p", { class: "atlas-kicker" }, language.date(store.state.on))),
    holder(deps, piece),
    h(
      "dl",
      {},
      fact(t("how sure"), surety(deps, found)),
      fact(t("lies in"), control.nameOf(piece)),
      fact(t("zones here"), zonesHere(deps, piece)),
      fact(t("clauses that apply"), clausesOrNone(deps, found.clauses)),
    ),
    holders(deps, piece),
    events.length
      ? h(
          "details",
          {},
          h("summary", {}, t("Events ({n})", { n: events.length })),
          h(
            "ul",
            {},
            events.map((event) => h("li", {}, eventButton(deps, event, `${language.edtf(event.date)}: `))),
          ),
        )
      : null,
    record.text(place.note, "p"),
    h("p", { class: "atlas-note" }, t("Control is not sovereignty.")),
    sources.list(place.sources),
    showOnMap(deps, { pieces: [piece.piece] }),
  ];
}
