// The page's address. The browser writes it when the map comes to rest; Streamlit writes it when a panel changes something
// (panels/session.py), in the same form.

import type { Origin, State } from "./contract.ts";
import { type PageState, pairs, panelOf } from "./page_state.ts";
import type { StateSchema } from "./state.ts";

/** Steps in time that follow each other faster than this share one entry of the history. */
const ENTRY_MS = 2000;
const PAGE_KEYS = ["panel", "step", "compare", "card", "tab", "v"];

export interface Address {
  write(state: State, page: PageState, panel: string, origin: Origin): void;
}

export function createAddress(schema: StateSchema, ours: readonly string[], now = () => performance.now()): Address {
  const known = new Set([...ours, ...PAGE_KEYS]);
  let last = Number.NEGATIVE_INFINITY;
  const textOf = (state: State, page: PageState, panel: string): string => {
    const own = [...new URLSearchParams(schema.toHash(state))];
    if (panel !== "start") own.push(["panel", panel]);
    own.push(...pairs(page));
    const [only] = own;
    if (!only) own.push(["panel", "start"]);
    else if (own.length === 1 && only[0] === "panel" && only[1] === "story") own.pop();
    const others = [...new URLSearchParams(window.location.search)].filter(([key]) => !known.has(key));
    return new URLSearchParams([...others, ...own]).toString();
  };
  // What differs between two addresses, by key.
  const changed = (a: URLSearchParams, b: URLSearchParams) =>
    [...new Set([...a.keys(), ...b.keys(), "panel"])].filter((key) =>
      key === "panel" ? panelOf(a) !== panelOf(b) : a.get(key) !== b.get(key),
    );
  return {
    write: (state, page, panel, origin) => {
      const next = textOf(state, page, panel);
      // What the address means now, in the form that is written: it may name what is usual.
      const here = new URLSearchParams(window.location.search);
      const query = Object.fromEntries(here);
      const before = new URLSearchParams(textOf(schema.parse(query)[0], query, panelOf(here)));
      const keys = changed(before, new URLSearchParams(next));
      if (!keys.length) return;
      const stepping =
        origin !== "host" && (keys.includes("step") || keys.every((key) => key === "on" || key === "view"));
      const replace = keys.every((key) => key === "view") || (stepping && now() - last < ENTRY_MS);
      if (stepping) last = now();
      window.history[replace ? "replaceState" : "pushState"]({}, "", next ? `?${next}` : window.location.pathname);
    },
  };
}
