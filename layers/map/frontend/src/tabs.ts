// The tabs beside the map: layers, the card, what changed, the table.

import { flag, h, write } from "./dom.ts";
import { type Language, word } from "./language.ts";
import type { Store } from "./store.ts";

const NAMES = { layers: word("Layers"), card: word("Card"), compare: word("Two days"), table: word("Table") };
export type Tab = keyof typeof NAMES;
const ORDER = Object.keys(NAMES) as Tab[];

/** What is in a tab: `choose` is called when it comes into sight, `update` while it is there. */
export interface TabContent {
  node: HTMLElement;
  choose?(): void;
  update?(): void;
}
export interface Tabs {
  /** Fills the tab that is in sight. */
  refresh(): void;
  bar: HTMLElement;
  box: HTMLElement;
  choose(tab: Tab): void;
  /** The tab in sight. */
  now(): Tab;
  focus(): void;
}

export function createTabs(store: Store, language: Language, uid: number, contents: Record<Tab, TabContent>): Tabs {
  let now: Tab = "layers";
  const made = ORDER.map((tab) => {
    const [id, panelId] = [`atlas${uid}-tab-${tab}`, `atlas${uid}-panel-${tab}`];
    const button = h("button", {
      type: "button",
      role: "tab",
      id,
      "aria-controls": panelId,
      onclick: () => choose(tab),
    });
    const panel = h(
      "div",
      { role: "tabpanel", id: panelId, "aria-labelledby": id, class: "atlas-tabpanel", tabindex: "-1" },
      contents[tab].node,
    );
    return { tab, button, panel };
  });
  const bar = h(
    "div",
    { class: "atlas-tabs", role: "tablist" },
    made.map((one) => one.button),
  );
  const box = h(
    "div",
    { class: "atlas-tabbox" },
    made.map((one) => one.panel),
  );

  const mark = () => {
    for (const { tab, button, panel } of made) {
      flag(button, "aria-selected", String(tab === now));
      button.tabIndex = tab === now ? 0 : -1;
      panel.hidden = tab !== now;
    }
  };
  const choose = (tab: Tab) => {
    now = tab;
    mark();
    contents[tab].choose?.();
  };
  const focus = () => made.find((one) => one.tab === now)?.button.focus();
  bar.addEventListener("keydown", ({ key }) => {
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    const next = ORDER[(ORDER.indexOf(now) + step + ORDER.length) % ORDER.length];
    if (!step || !next) return;
    choose(next);
    focus();
  });
  store.subscribe("settle", ["lang"], () => {
    for (const { tab, button } of made) write(button, language.t(NAMES[tab]));
  });
  store.subscribe("settle", ["on", "known", "layers", "clause", "from", "lang", "names"], () =>
    contents[now].update?.(),
  );
  mark();
  return { bar, box, choose, now: () => now, focus, refresh: () => contents[now].choose?.() };
}
