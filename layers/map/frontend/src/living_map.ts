// The one map of the page. The served page makes it before Streamlit is there (early.ts); Streamlit's component takes the
// living map over: same nodes, same state, with focus and scroll as they were.

import type { App } from "./app.ts";
import type { Origin, State, Wish } from "./contract.ts";
import { h } from "./dom.ts";
import { mount } from "./mount.ts";
import { cardsOf, file, found, loadLate, loadMap, site, wordsUrl } from "./page_files.ts";
import type { PageLink } from "./page_late.ts";
import { createDrawer, type Drawer, usual } from "./side_drawer.ts";
import { createSchema } from "./state.ts";

/** What the map tells when it comes to rest. */
export interface Report {
  state: State;
  rev: number;
  serial: number;
  /** Who made the last change. */
  origin: Origin;
}
/** Sends reports to a listener from now on, the last one that nobody heard included. */
export type Tell = (listener: (report: Report) => void) => void;
/** A map that is being made or is there. */
export interface Living {
  node: HTMLElement;
  /** Resolves when its files are here. */
  arrived: Promise<unknown>;
  /** Resolves when it is painted; rejects with what is wrong. */
  ready: Promise<{ app: App; drawer: Drawer; update(state: Wish, rev: number): Promise<void> }>;
  /** What ties it to the page, once the parts that come late are here. */
  link: Promise<PageLink>;
}

/** Makes the map in a node of its own. `rev` 1 is the first that Python sends, so it does not move a map that is here. */
export function makeMap(wish: Wish, rev: number, panel: string): Living {
  const node = h("div", { class: "atlas-living" });
  let listener: ((report: Report) => void) | null = null;
  let unheard: Report | null = null;
  const tell: Tell = (next) => {
    listener = next;
    if (unheard) next(unheard);
    unheard = null;
  };
  const arrived = loadMap(String(wish.lang ?? "en"));
  const ready = (async () => {
    const { texts, words } = await arrived;
    // What of an address can't be used, the page says (panels/page.py).
    const [state] = createSchema(texts.schema).fromValues(wish);
    const handle = mount(
      node,
      {
        bundle: texts,
        bundleUrl: file("text.json"),
        words,
        wordsUrl: wordsUrl(),
        cards: cardsOf,
        reliefUrl: found("relief.webp"),
        site: site(),
        chrome: "page",
        drawerOpen: usual(panel),
        state,
        rev,
        onState: (now, seen, serial, origin) => {
          const report = { state: now, rev: seen, serial, origin };
          if (listener) listener(report);
          else unheard = report;
        },
      },
      loadLate,
    );
    await handle.drawn;
    const app = handle.parts();
    const root = node.querySelector<HTMLElement>(".atlas") ?? node;
    return {
      app,
      drawer: createDrawer(root, app),
      update: (next: Wish, newer: number) => handle.update({ state: next, rev: newer }),
    };
  })();
  const link = ready.then(async ({ app }) => {
    await app.later.here;
    const { createLink } = await loadLate();
    return createLink(node.querySelector<HTMLElement>(".atlas") ?? node, app, tell);
  });
  link.catch((error: Error) => console.error(error));
  return { node, arrived, ready, link };
}

/** Puts the living map into an element: without a reload, and without losing focus or scroll. */
export function adopt(place: HTMLElement, { node }: Living): void {
  if (place.contains(node)) return;
  const focused = document.activeElement;
  const scrolled = [...node.querySelectorAll(".atlas-tabbox, .atlas-legend")].map(
    (box) => [box, box.scrollTop] as const,
  );
  if ("moveBefore" in place && node.isConnected)
    (place as unknown as { moveBefore(node: Node, before: null): void }).moveBefore(node, null);
  else place.append(node);
  for (const [box, top] of scrolled) if (box.scrollTop !== top) box.scrollTop = top;
  if (node.contains(focused) && document.activeElement !== focused)
    (focused as HTMLElement).focus({ preventScroll: true });
}
