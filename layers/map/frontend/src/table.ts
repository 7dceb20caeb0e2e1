// The map as a table: the same things, on the same day.

import type { Actions, Target } from "./actions.ts";
import type { Control } from "./control.ts";
import { type Child, h } from "./dom.ts";
import type { EventPoints } from "./events.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent } from "./payload.ts";
import type { RecordTexts } from "./record_texts.ts";
import type { Store } from "./store.ts";
import type { TabContent } from "./tabs.ts";
import type { Ground } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Zones } from "./zones.ts";

interface Deps {
  ground: Ground;
  control: Control;
  zones: Zones;
  events: EventPoints;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  actions: Actions;
  record: RecordTexts;
  eventById: ReadonlyMap<string, AtlasEvent>;
  /** What touches what, and how far apart the rest is. */
  distances: () => HTMLElement;
}

/** A table that scrolls sideways where it has to, and can be reached by keyboard then. */
export function table(caption: string, heads: string[], rows: Child[][]): HTMLElement {
  const head = h(
    "tr",
    {},
    heads.map((text) => h("th", { scope: "col" }, text)),
  );
  const body = rows.map((cells) =>
    h(
      "tr",
      {},
      cells.map((cell) => h("td", {}, cell)),
    ),
  );
  const content = h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, body));
  return h("div", { class: "atlas-scroll", tabindex: "0", role: "region", "aria-label": caption }, content);
}

export function createTable(deps: Deps): TabContent {
  const { store, language } = deps;
  const node = h("div", { class: "atlas-table" });
  const update = () => {
    const { t, date } = language;
    const [layers, held, happened] = [layerRows(deps), holderRows(deps), eventRows(deps)];
    node.replaceChildren(
      h("p", { class: "atlas-kicker" }, t("The map of {day} as a table", { day: date(store.state.on) })),
      layers.length ? table(t("Layers shown"), [t("layer"), t("clauses"), t("status")], layers) : "",
      held.length ? table(t("Who holds what"), [t("ground"), t("held by"), t("since"), t("km²")], held) : "",
      happened.length ? table(t("Events of the day"), [t("day"), t("event")], happened) : "",
      deps.distances(),
    );
  };
  return { node, update };
}

const link = ({ actions }: Deps, content: Child, target: Target) =>
  h("button", { type: "button", class: "atlas-link", onclick: () => actions.open(target) }, content);

function layerRows(deps: Deps): Child[][] {
  const { zones, language, vocabulary } = deps;
  // One row for all that has the same name: a line may be in many parts.
  const named = new Map(
    zones.shown().map((item) => [[item.layer.id, item.shape.point ?? language.name(item.shape.names)].join("|"), item]),
  );
  return [...named.values()].map(({ layer, shape }) => {
    const status = zones.statusOf(layer.id);
    const obligation = zones.obligationOf(layer.id);
    const target = {
      zone: layer.id,
      ...(shape.line ? { line: shape.line } : {}),
      ...(shape.point ? { point: shape.point } : {}),
    };
    return [
      link(deps, language.layer(shape.names) || zones.nameOf(layer.id), target),
      zones.clausesOf(layer.id).join(", ") || language.t("none"),
      status && obligation ? [vocabulary.status(status.status), h("br"), language.deadline(status).deadline] : "",
    ];
  });
}

function holderRows(deps: Deps): Child[][] {
  const { ground, control, language, vocabulary, eventById } = deps;
  if (!ground.layers.get("control")?.on) return [];
  const { t, brief, number } = language;
  return control.pieces.map(({ piece, span }) => [
    link(deps, control.nameOf(piece), { piece: piece.piece }),
    vocabulary.holder(span.controller) + (span.certain ? "" : ` (${t("not certain")})`),
    span.event && eventById.has(span.event) ? brief(span.since) : t("before 1994"),
    number(piece.km2, piece.km2 < 100 ? 1 : 0),
  ]);
}

function eventRows(deps: Deps): Child[][] {
  const events = new Set(deps.events.shown().map((item) => item.event));
  return [...events].map((event) => [
    deps.language.edtf(event.date),
    link(deps, deps.record.text(event.title), { event: event.id }),
  ]);
}
