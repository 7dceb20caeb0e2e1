// What the reader can do in more than one place: open a card, highlight a clause, go to an area.

import type { Control } from "./control.ts";
import type { Language } from "./language.ts";
import type { LatLng } from "./payload.ts";
import type { Store } from "./store.ts";
import { type Camera, union } from "./view.ts";
import type { Zones } from "./zones.ts";

/** The event by which the page around a map learns that a card was opened. */
export const CARD_OPENED = "atlas-card";

/** What a card is about; `at` is the place that was pressed. */
export interface Target {
  clause?: number;
  piece?: string;
  zone?: string;
  line?: string;
  point?: string;
  event?: string;
  /** The line between two pieces of ground, as `left~right`. */
  edge?: string;
  /** Id of a settlement. */
  place?: string;
  at?: LatLng;
}
export interface Actions {
  /** Opens a card; `from` gets the focus back when it is closed. */
  open(target: Target, from?: Element | null): void;
  /** Says something to those who don't see the map. */
  say(sentence: string): void;
  toggleLayer(id: string, on: boolean): void;
  /** Highlights the areas of a clause, or ends that; `keep` leaves the card as it is. */
  pressClause(clause: number, keep?: boolean): void;
  /** Shows zones or pieces as large as the map allows. */
  fly(target: { zones?: string[]; pieces?: string[] }): void;
}

interface Deps {
  store: Store;
  camera: Camera;
  control: Control;
  zones: Zones;
  language: Language;
  layerIds: readonly string[];
  open: Actions["open"];
  say: Actions["say"];
}

export function createActions({ store, camera, control, zones, language, layerIds, open, say }: Deps): Actions {
  const pressClause: Actions["pressClause"] = (clause, keep = false) => {
    const next = store.state.clause === clause ? null : clause;
    store.dispatch({ clause: next });
    if (next === null) return;
    if (!keep) open({ clause });
    const lit = zones.shown().some((item) => zones.clausesOf(item.layer.id).includes(clause));
    if (!lit) say(language.t("Clause {n} has nothing to draw on this day.", { n: clause }));
  };
  const fly: Actions["fly"] = ({ zones: ids = [], pieces = [] }) => {
    const found = union([
      ...zones.items.filter((item) => item.holds && ids.includes(item.layer.id)).map((item) => item.bounds()),
      ...pieces.map((id) => control.piece(id).bounds()),
    ]);
    if (!found) {
      say(language.t("Nothing of it is on the map on this day."));
      return;
    }
    const on = new Set([...store.state.layers, ...ids]);
    store.dispatch({ layers: layerIds.filter((id) => on.has(id)) });
    camera.fit(found, { pad: 0.15, maxZoom: 11 });
    camera.box.scrollIntoView({ block: "nearest" });
  };
  return {
    open,
    say,
    pressClause,
    fly,
    toggleLayer: (id, on) => {
      const { layers } = store.state;
      store.dispatch({ layers: layerIds.filter((one) => (one === id ? on : layers.includes(one))) });
    },
  };
}
