// The frame of the legend; what it holds comes after the first paint (legend.ts).

import { h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Store } from "./store.ts";

export interface LegendFrame {
  node: HTMLDetailsElement;
  list: HTMLElement;
}

export function createLegendFrame(store: Store, { t }: Language): LegendFrame {
  const list = h("ul", { class: "atlas-legend-list" });
  const title = h("summary");
  store.subscribe("settle", ["lang"], () => write(title, t("Legend")));
  return { node: h("details", { class: "atlas-legend" }, title, list), list };
}
