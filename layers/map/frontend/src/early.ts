// The map before Streamlit: made in a place that the served page keeps for it (server/early_map.py), which then starts
// Streamlit.

import type { Wish } from "./contract.ts";
import { type Living, makeMap } from "./living_map.ts";
import { loadPanelStyle } from "./page_files.ts";
import { panelOf } from "./page_state.ts";

declare global {
  interface Window {
    /** Starts Streamlit; with `true` only fetches what its page links. */
    atlasStart?: (links?: boolean) => void;
  }
}

/** The place, while it is there. */
const place = (): HTMLElement | null => document.getElementById("atlas-early");

/** Takes the place away, once the map stands elsewhere or can't be made. */
export const endEarly = (): void => place()?.remove();

/** Makes the map in its place; null where the served page has none. */
export function beginEarly(failed: () => void): (Living & { panel: string }) | null {
  const here = place();
  if (!here) return null;
  const query = new URLSearchParams(window.location.search);
  const wish: Wish = Object.fromEntries(query);
  const panel = panelOf(query);
  const living = makeMap(wish, 1, panel);
  here.append(living.node);
  living.arrived.then(
    () => {
      window.atlasStart?.(true);
      return loadPanelStyle();
    },
    () => {},
  );
  living.ready
    .catch(() => {
      endEarly();
      failed();
    })
    .finally(() => window.atlasStart?.());
  return { ...living, panel };
}
