// A list of the reader's own: taken, shown for what it was taken for, placed in a worker, drawn and counted. Nothing leaves
// the device. What is around it is a panel over the map of a file (attribute_panel.ts) or a part of the page (attribute_page.ts).

import { knownOf } from "./answers.ts";
import type { App } from "./app.ts";
import { createAsk, type Say } from "./attribute_ask.ts";
import { type Client, createClient } from "./attribute_client.ts";
import type { Choice } from "./attribute_columns.ts";
import { createReport } from "./attribute_report.ts";
import { InputError, type Said, tell } from "./attribute_words.ts";
import type { Opened, Result } from "./attribute_work.ts";
import { h } from "./dom.ts";
import { type Values, word } from "./language.ts";
import type { AtlasHandle } from "./mount.ts";
import { createLayer, type Layer, type PointsData } from "./points.ts";
import type { PointsKit } from "./points_drop.ts";

const LAYER_WORDS = {
  every: word("On the map: all {all} points, of whichever day."),
  near: word("On the map: {drawn} of {all} points, those within 30 days of the day shown."),
  count: word(
    "On the map: {on} points of the day shown or between the days compared (large), {before} from before (small); {all} in all.",
  ),
  none: word(
    "No point is of the day shown or between the days compared. On the map: {before} from before (small); {all} in all.",
  ),
  hint: word("Colour: who held the place; hollow: not certain; black: outside Armenia and Azerbaijan."),
  all: word("All dates"),
  around: word("30 days around the day shown"),
  dates: word("At their dates"),
  zoom: word("Zoom to the points"),
  picture: word("Picture with the points"),
  unsure: word("not certain"),
  outside: word("outside Armenia and Azerbaijan"),
};

const ENDINGS = ".csv,.tsv,.txt,.xlsx,.geojson,.json,.geojsonl,.ndjson,.geojsons,.kml,.kmz,.gpx";

const saidOf = (error: unknown): Said =>
  error instanceof InputError ? error : { english: String((error as Error).message), values: {} };

/** Everything that the panel shows follows from this. */
interface View {
  file: string;
  error?: Said;
  opened?: Opened;
  /** Share of the rows that are placed. */
  done?: number;
  result?: Result;
}

/** What a list is shown in. */
export interface Shell {
  body: HTMLElement;
  /** Changes what it holds. */
  fill(nodes: Node[]): void;
  /** Brings it into sight. */
  open(): void;
  /** Says what it is, in the reader's language. */
  title(t: Say): void;
}
/** What a page with a server behind it offers besides. */
export interface Offers {
  /** What stands below the question for a file, while there is none. */
  begin(take: (file: File) => void): Node;
  /** What stands beside the name of a list: the way to take it away. */
  end(leave: () => void): Node;
  /** What is said below an error: where the list could go instead. */
  instead(error: Said): string | null;
}
export interface OwnList {
  take(file: File | null): void;
  /** Draws it all again, as it was left. */
  show(): void;
  /** Takes the points off the map; the list stays known. */
  hide(): void;
  /** Forgets the list. */
  leave(): void;
}

export function createOwnList(handle: AtlasHandle, kit: PointsKit, shell: Shell, offers: Offers | null): OwnList {
  const app = handle.parts();
  const { store, language, map, texts } = app;
  const { pieces, edges, points } = knownOf(map.ground, texts);
  const ground = {
    pieces: [...pieces],
    edges: [...edges],
    points: [...points],
    anchors: texts.anchors,
    sides: texts.sides,
    coverage: texts.coverage,
  };
  const client = createClient(kit, ground);
  const say = (english: string, values?: Values) =>
    language.t(kit.words[store.state.lang]?.[english] ?? english, values);
  const t: Say = Object.assign(say, { said: (said: Said) => tell(said, say, (value) => language.number(value)) });
  let view: View = { file: "" };
  let layer: Layer | null = null;
  let shown: ReturnType<Layer["mode"]> | undefined;
  let turn = 0;
  const hide = () => {
    shown = layer?.mode() ?? shown;
    layer?.remove();
    layer = null;
  };
  const leave = () => {
    hide();
    shown = undefined;
    view = { file: "" };
    turn += 1;
  };
  const take = async (file: File | null) => {
    shell.open();
    leave();
    const mine = turn;
    const set = (next: Partial<View>) => {
      if (mine !== turn) return;
      view = { ...view, ...next };
      render();
    };
    set({ file: file?.name ?? "" });
    if (!file) return;
    try {
      set({ opened: await client.open(await file.arrayBuffer(), file.name) });
    } catch (error) {
      set({ error: saidOf(error) });
    }
  };
  const place = async (choice: Choice) => {
    const mine = turn;
    const tell = (done: number) => {
      const bar = shell.body.querySelector("progress");
      if (mine === turn && bar) bar.value = done;
    };
    try {
      view = { ...view, done: 0 };
      render();
      const result = await client.place(choice, tell);
      if (mine === turn) view = { file: view.file, result };
    } catch (error) {
      if (mine === turn) view = { file: view.file, error: saidOf(error) };
    }
    render();
  };
  const render = () => {
    hide();
    shell.title(t);
    shell.fill(content({ view, app, client, t, version: kit.lists.version, take, place, offers, leave }));
    if (view.result) layer = draw(handle, app, view.result, shell.body, t, shown);
  };
  store.subscribe("settle", ["lang"], () => shell.body.isConnected && render());
  return { take: (file) => void take(file), show: render, hide, leave };
}

interface ContentDeps {
  view: View;
  app: App;
  client: Client;
  t: Say;
  version: string;
  take(file: File): Promise<void>;
  place(choice: Choice): Promise<void>;
  offers: Offers | null;
  leave(): void;
}

function content({ view, app, client, t, version, take, place, offers, leave }: ContentDeps): Node[] {
  const choose = h("input", { type: "file", accept: ENDINGS });
  choose.addEventListener("change", () => choose.files?.[0] && void take(choose.files[0]));
  const nodes: Node[] = [
    h(
      "label",
      { class: "atlas-own-file" },
      h("span", {}, t("CSV, XLSX, GeoJSON, KML or GPX, up to 50,000 rows and {size} MB", { size: 10 })),
      choose,
      // The browser's own button speaks the browser's language.
      h("span", { class: "atlas-button", "aria-hidden": "true" }, t("Choose a file")),
    ),
    h("p", { class: "atlas-own-note" }, t("The list is read in this browser; nothing of it leaves this device.")),
  ];
  if (view.file) nodes.push(h("p", { class: "atlas-own-name" }, view.file, " ", offers?.end(leave)));
  else if (offers) nodes.push(offers.begin((file) => void take(file)));
  if (view.error) {
    const instead = offers?.instead(view.error);
    nodes.push(h("p", { class: "atlas-own-wrong", role: "alert" }, t.said(view.error)));
    if (instead) nodes.push(h("p", { class: "atlas-own-note" }, instead));
  }
  if (view.done !== undefined)
    nodes.push(h("label", {}, t("Placing the points …"), " ", h("progress", { max: 1, value: view.done })));
  else if (view.opened) nodes.push(createAsk(view.opened, t, client.preview, (choice) => void place(choice)));
  if (view.result) {
    nodes.push(h("p", { class: "atlas-own", "aria-live": "polite" }), h("div", { class: "atlas-own-choice" }));
    nodes.push(createReport(view.result, app, t, version));
  }
  return nodes;
}

/** The points on the map at their days, with the buttons that say which. */
function draw(
  handle: AtlasHandle,
  app: App,
  { drawn, controllers }: Result,
  body: HTMLElement,
  t: Say,
  mode: ReturnType<Layer["mode"]> | undefined,
): Layer | null {
  const text = body.querySelector<HTMLElement>(".atlas-own");
  const choice = body.querySelector<HTMLElement>(".atlas-own-choice");
  if (!text || !choice) return null;
  const words = Object.fromEntries(Object.entries(LAYER_WORDS).map(([key, english]) => [key, t(english)]));
  const { day, lat, lon, certain, holder } = drawn;
  const data: PointsData = {
    points: { day: [...day], lat: [...lat], lon: [...lon], certain: Array.from(certain, Boolean), holder: [...holder] },
    holders: controllers.map((id) => [app.vocabulary.holder(id), app.texts.styles.controllers[id]?.line ?? "#000000"]),
    words: { ...(words as PointsData["words"]), group: app.language.number(1000).slice(1, -3) },
  };
  return createLayer(handle, data, choice, text, mode);
}
