// Zone layers, lines and points: shown while they hold, tinted by the status of their obligation.

import type { Day, State } from "./contract.ts";
import { holds, joined } from "./dates.ts";
import { flag } from "./dom.ts";
import { type Language, word } from "./language.ts";
import type { Patterns } from "./patterns.ts";
import type { Obligation, Texts, TimelineRow } from "./payload.ts";
import { statusOf } from "./status.ts";
import type { Store } from "./store.ts";
import type { DrawnLayer, Ground, Item } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";

interface Deps {
  ground: Ground;
  patterns: Patterns;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  texts: Pick<Texts, "zones" | "obligations">;
  root: HTMLElement;
}
/** An area, line or point with the layer that it belongs to, and whether it holds on the day painted. */
export interface ZoneItem extends Item {
  layer: DrawnLayer;
  holds: boolean;
}
export interface Zones {
  readonly items: readonly ZoneItem[];
  /** The items that hold, of the layers that are on. */
  shown(): ZoneItem[];
  nameOf(id: string): string;
  clausesOf(id: string): number[];
  /** The obligation that a zone answers to. */
  obligationOf(id: string): Obligation | undefined;
  statusOf(id: string): TimelineRow | null;
  /** The stretches of time in which a layer has anything to show; an open end is "9999", an open start "". */
  stretches(id: string): [Day, Day][];
}

const OTHER_LAYERS: Record<string, string> = { relief: word("Relief") };

export function createZones({ ground, patterns, store, language, vocabulary, texts, root }: Deps): Zones {
  const obligations = new Map(texts.obligations.map((one) => [one.id, one]));
  const layers = [...ground.layers.values()].filter((layer) => layer.draw !== "control" && layer.id !== "events");
  const items = layers.flatMap((layer) => layer.items.map((item) => prepare(item, layer)));

  const clausesOf = (id: string) => texts.zones[id]?.clauses ?? [];
  const nameOf = (id: string) => language.layer(texts.zones[id]?.names) || language.t(OTHER_LAYERS[id] ?? id);
  const obligationOf = (id: string) => obligations.get(texts.zones[id]?.obligations?.[0] ?? "");
  const statusNow = (id: string, { on, known }: State = store.state): TimelineRow | null => {
    const obligation = obligationOf(id);
    return obligation ? statusOf(obligation, on, known) : null;
  };
  const label = ({ shape, layer }: ZoneItem): string => {
    const [own, title] = [language.layer(shape.names), nameOf(layer.id)];
    const clauses = clausesOf(layer.id).join(", ");
    const status = statusNow(layer.id);
    const parts = [
      own && own !== title ? `${title}: ${own}` : title,
      clauses ? language.t("clause {n}", { n: clauses }) : language.t("no clause"),
      status ? vocabulary.status(status.status) : "",
    ];
    return parts.filter(Boolean).join(", ");
  };

  const paint = (state: State) => {
    const words = new Map(layers.map(({ id }) => [id, statusNow(id, state)?.status]));
    for (const item of items) {
      const held = holds(item.shape, state.on);
      if (held !== item.holds) for (const node of item.nodes()) node.classList.toggle("is-absent", !held);
      item.holds = held;
      if (!held) continue;
      const status = words.get(item.layer.id);
      flag(item.node(), "data-status", status ?? "none");
      if (item.layer.draw !== "area") continue;
      const { hue, tint } = patterns.zone(item.layer.style, status);
      flag(item.node(), "fill", hue);
      flag(item.node(), "fill-opacity", String(tint));
      flag(item.node(), "stroke", hue);
    }
  };
  // Shows the layers that are on; a clause that is lit shows its own as well.
  const toggle = ({ layers: chosen, clause }: State) => {
    for (const layer of ground.layers.values()) {
      layer.lit = clause !== null && layer.draw !== "control" && clausesOf(layer.id).includes(clause);
      layer.on = layer.lit || chosen.includes(layer.id);
      layer.node.classList.toggle("is-off", !layer.on);
      layer.node.classList.toggle("is-lit", layer.lit);
    }
    root.classList.toggle("has-clause", clause !== null);
  };

  store.subscribe("paint", ["layers", "clause"], toggle);
  store.subscribe("paint", ["on", "known"], paint);
  store.subscribe("settle", ["on", "known", "lang", "names"], () => {
    for (const item of items) if (item.holds) flag(item.node(), "aria-label", label(item));
  });

  return {
    items,
    nameOf,
    clausesOf,
    obligationOf,
    statusOf: statusNow,
    shown: () => items.filter((item) => item.holds && item.layer.on),
    stretches: (id) => joined(items.filter((item) => item.layer.id === id).map((item) => item.shape)),
  };
}

function prepare(item: Item, layer: DrawnLayer): ZoneItem {
  const node = item.node();
  node.setAttribute("data-zone", layer.id);
  node.setAttribute("tabindex", "-1");
  node.setAttribute("role", "button");
  if (item.shape.line) node.setAttribute("data-line", item.shape.line);
  if (item.shape.point) node.setAttribute("data-point", item.shape.point);
  for (const other of item.nodes()) if (other !== node) other.setAttribute("aria-hidden", "true");
  return { ...item, layer, holds: true };
}
