// The map inside the Streamlit page (panels/map.py). Streamlit calls the exported function on every rerun whose data
// changed; the map itself stays where it is. The same module runs before Streamlit where the served page holds a place
// for the map (server/early_map.py): one address, one instance.

import type { Wish } from "./contract.ts";
import { calm } from "./dom.ts";
import { beginEarly, endEarly } from "./early.ts";
import { adopt, type Living, makeMap, type Report } from "./living_map.ts";
import { loadPanelStyle } from "./page_files.ts";

interface Data {
  state: Wish;
  rev: number;
  /** Raised when a panel wants the map in sight. */
  attend: number;
  panel: string;
}
interface Component {
  parentElement: HTMLElement;
  data: Data;
  setStateValue(name: "report", value: Report): void;
}

/** Says which panel is open to the page's style (css/page.css). */
const tellStyle = (panel: string): void => {
  document.documentElement.dataset.atlasPanel = panel;
};

const early = beginEarly(() => {
  living = null;
});
if (early) tellStyle(early.panel);
let living: Living | null = early;
let shown: { panel: string; attend: number } | null = early && { panel: early.panel, attend: 0 };

/** Follows the panel that Python has opened. */
function showPanel(it: Living, { panel, attend }: Data): void {
  const before = shown;
  shown = { panel, attend };
  tellStyle(panel);
  const dock = document.querySelector(".st-key-atlas-sheet");
  if (before && before.panel !== panel) {
    if (dock) dock.scrollTop = 0;
    it.ready.then(
      ({ drawer }) => drawer.panel(panel),
      () => {},
    );
  }
  // On a phone the sheet lies over the map: bring the map into sight.
  if (before && attend > before.attend) dock?.scrollTo({ top: 0, behavior: calm() ? "auto" : "smooth" });
}

export default function ({ parentElement, data, setStateValue }: Component): void {
  const place = parentElement.querySelector<HTMLElement>(".atlas-mount");
  if (!place) return;
  void loadPanelStyle().catch(() => {});
  if (!living) {
    const made = makeMap(data.state, data.rev, data.panel);
    made.ready.catch((error: Error) => {
      if (living === made) living = null;
      place.textContent = `The map can't be loaded (${error.message}). Check the connection and reload the page.`;
    });
    living = made;
  }
  const it = living;
  adopt(place, it);
  endEarly();
  it.tell((report) => setStateValue("report", report));
  showPanel(it, data);
  it.ready.then(
    ({ update }) => update(data.state, data.rev),
    () => {},
  );
}
