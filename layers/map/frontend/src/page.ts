// The map inside the Streamlit page (panels/map.py). Streamlit calls the exported function on every rerun whose data
// changed; the map itself stays where it is. The same module runs before Streamlit where the served page holds a place
// for the map (server/early_map.py): one address, one instance.

import { CARD_OPENED } from "./actions.ts";
import { type Address, createAddress } from "./address.ts";
import type { App } from "./app.ts";
import type { State, Wish } from "./contract.ts";
import { calm } from "./dom.ts";
import { beginEarly, endEarly } from "./early.ts";
import { adopt, type Living, makeMap } from "./living_map.ts";
import { loadPanelStyle } from "./page_files.ts";
import { type PageState, readPage, showPage } from "./page_state.ts";
import { createStory, type Steps, type Story } from "./story_scroll.ts";

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
interface Component {
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
let story: Story | null = null;
early?.ready.then(
  ({ app }) => showPage(app, here()),
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

/** The story runs while its panel is open. */
function followStory(app: App, { steps, page }: Data, moved: boolean): void {
  if (!steps) {
    story?.end();
    story = null;
  } else if (!story) story = createStory(app, steps, page.step ?? null);
  else if (moved && page.step && page.step !== story.step()) story.goTo(page.step);
}

/** Keeps the address with the map, and the map with the address when the reader goes back. */
function keepAddress(app: App, ours: readonly string[]): Address {
  window.addEventListener("popstate", () => {
    const query = here();
    app.accept(app.schema.parse(query)[0], []);
    showPage(app, query);
    if (query.step) story?.goTo(query.step);
  });
  // Opening a card, choosing a tab and laying out two days change no state, but the address.
  let known = JSON.stringify(readPage(app, null));
  const look = () => {
    const next = JSON.stringify(readPage(app, null));
    if (next !== known) app.store.rest();
    known = next;
  };
  for (const event of ["click", "keyup", CARD_OPENED])
    app.map.camera.box.closest(".atlas")?.addEventListener(event, () => setTimeout(look));
  return createAddress(app.schema, ours);
}

/** Makes the map, where it is not there yet. */
function made(data: Data, place: HTMLElement): Living {
  const it = makeMap(data.state, data.rev, data.panel);
  it.ready.then(
    ({ app }) => showPage(app, data.page),
    (error: Error) => {
      if (living === it) living = null;
      place.textContent = `The map can't be loaded (${error.message}). Check the connection and reload the page.`;
    },
  );
  return it;
}

let address: Address | null = null;
let panelNow = "start";

export default function ({ parentElement, data, setStateValue, setTriggerValue }: Component): void {
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
  panelNow = data.panel;
  showPanel(it, before, data);
  it.ready.then(
    ({ app, share, update }) => {
      share.onPanel((panel) => setTriggerValue("open", panel));
      address ??= keepAddress(app, Object.keys(app.store.state));
      const { write } = address;
      it.tell(({ origin, ...report }) => {
        const page = readPage(app, story?.step() ?? null);
        write(report.state, page, panelNow, origin);
        setStateValue("report", { ...report, page });
      });
      if (moved) showPage(app, data.page);
      followStory(app, data, moved);
      void update(data.state, data.rev);
    },
    () => {},
  );
}
