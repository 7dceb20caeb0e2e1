// The map inside the Streamlit page (panels/map.py). Streamlit calls the exported function on every rerun whose data
// changed; the map itself stays where it is. The same module runs before Streamlit where the served page holds a place
// for the map (server/early_map.py): one address, one instance.

import type { State, Wish } from "./contract.ts";
import { calm } from "./dom.ts";
import { beginEarly, endEarly } from "./early.ts";
import { adopt, type Living, makeMap } from "./living_map.ts";
import { loadPanelStyle } from "./page_files.ts";
import type { PageState } from "./page_state.ts";
import type { Steps } from "./story_scroll.ts";

interface Data {
  state: Wish;
  rev: number;
  /** What the address tells beside the state; counts with a higher `rev`. */
  page: PageState;
  /** Raised when a panel wants the map in sight. */
  attend: number;
  panel: string;
  /** The steps of the story, while it is open. */
  steps: Steps | null;
}
interface Report {
  state: State;
  rev: number;
  serial: number;
  page: PageState;
}
/** What Streamlit hands to a component at every rerun. */
export interface Component {
  parentElement: HTMLElement;
  data: Data;
  setStateValue(name: "report", value: Report): void;
  /** Asks Python to open a panel. */
  setTriggerValue(name: "open", panel: string): void;
}
/** What Python has asked for last. */
interface Asked {
  panel: string;
  attend: number;
  rev: number;
}

/** Says which panel is open to the page's style (css/page.css). */
const tellStyle = (panel: string): void => {
  document.documentElement.dataset.atlasPanel = panel;
};
const here = () => Object.fromEntries(new URLSearchParams(window.location.search));

const early = beginEarly(() => {
  living = null;
});
if (early) tellStyle(early.panel);
let living: Living | null = early;
let asked: Asked | null = early && { panel: early.panel, attend: 0, rev: 1 };
early?.link.then(
  (link) => link.begin(here()),
  () => {},
);

/** Follows the panel that Python has opened. */
function showPanel(it: Living, before: Asked | null, { panel, attend }: Data): void {
  tellStyle(panel);
  const sheet = document.querySelector(".st-key-atlas-sheet");
  if (before && before.panel !== panel) {
    if (sheet) sheet.scrollTop = 0;
    it.ready.then(
      ({ drawer }) => drawer.panel(panel),
      () => {},
    );
  }
  // On a phone the sheet lies over the map: bring the map into sight.
  if (before && attend > before.attend) sheet?.scrollTo({ top: 0, behavior: calm() ? "auto" : "smooth" });
}

/** Makes the map, where it is not there yet. */
function made(data: Data, place: HTMLElement): Living {
  const it = makeMap(data.state, data.rev, data.panel);
  it.ready.catch((error: Error) => {
    if (living === it) living = null;
    place.textContent = `The map can't be loaded (${error.message}). Check the connection and reload the page.`;
  });
  it.link.then(
    (link) => link.begin(data.page),
    () => {},
  );
  return it;
}

export default function (component: Component): void {
  const { parentElement, data } = component;
  const place = parentElement.querySelector<HTMLElement>(".atlas-mount");
  if (!place) return;
  void loadPanelStyle().catch(() => {});
  living ??= made(data, place);
  const it = living;
  adopt(place, it);
  endEarly();
  const before = asked;
  const moved = before !== null && data.rev > before.rev;
  asked = data;
  showPanel(it, before, data);
  it.ready.then(
    ({ update }) => update(data.state, data.rev),
    () => {},
  );
  it.link.then(
    (link) => link.follow(component, moved),
    () => {},
  );
}
