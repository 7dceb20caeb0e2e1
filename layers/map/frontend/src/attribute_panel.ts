// The panel of the reader's own points over the map of a file (dist/attribute_panel.js): takes a list, shows what it was taken
// for, places it in a worker, draws it and counts it. Nothing leaves the device.

import { knownOf } from "./answers.ts";
import type { App } from "./app.ts";
import { createAsk, type Say } from "./attribute_ask.ts";
import { type Client, createClient } from "./attribute_client.ts";
import type { Choice } from "./attribute_columns.ts";
import { createReport } from "./attribute_report.ts";
import { InputError, type Said } from "./attribute_words.ts";
import type { Opened, Result } from "./attribute_work.ts";
import { h, label } from "./dom.ts";
import { closeIcon, icon } from "./icons.ts";
import { word } from "./language.ts";
import type { AtlasHandle } from "./mount.ts";
import { createLayer, type Layer, type PointsData } from "./points.ts";
import type { PointsKit, PointsPanel } from "./points_drop.ts";

const LAYER_WORDS = {
  count: word(
    "On the map: {on} points of the day shown or between the days compared, {before} from before; {all} in all.",
  ),
  hint: word(
    "Colour: who held the place; hollow: not certain; black: outside Armenia and Azerbaijan. All dates are shown, or those chosen here:",
  ),
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

function createPanel(handle: AtlasHandle, root: HTMLElement, kit: PointsKit, opener: HTMLElement): PointsPanel {
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
  const t: Say = (english, values) => {
    const said = kit.words[store.state.lang]?.[english];
    const what = typeof values?.what === "string" ? { what: t(values.what) } : {};
    return language.t(said ?? english, { ...values, ...what });
  };
  const shell = createShell(root, () => {
    leave();
    opener.focus();
  });
  let view: View = { file: "" };
  let layer: Layer | null = null;
  let turn = 0;
  const leave = () => {
    layer?.remove();
    layer = null;
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
    const mode = layer?.mode();
    layer?.remove();
    layer = null;
    shell.title(t("Your own points"), t("Close"));
    shell.fill(content({ view, app, client, t, version: kit.lists.version, take, place }));
    if (view.result) layer = draw(handle, app, view.result, shell.body, t, mode);
  };
  store.subscribe("settle", ["lang"], render);
  return { take: (file) => void take(file) };
}

interface ContentDeps {
  view: View;
  app: App;
  client: Client;
  t: Say;
  version: string;
  take(file: File): Promise<void>;
  place(choice: Choice): Promise<void>;
}

function content({ view, app, client, t, version, take, place }: ContentDeps): Node[] {
  const choose = h("input", { type: "file", accept: ENDINGS });
  choose.addEventListener("change", () => choose.files?.[0] && void take(choose.files[0]));
  const nodes: Node[] = [
    h(
      "label",
      { class: "atlas-own-file" },
      h("span", {}, t("CSV, XLSX, GeoJSON, KML or GPX, up to 50,000 rows and {size} MB", { size: 10 })),
      choose,
    ),
    h("p", { class: "atlas-own-note" }, t("The list is read in this browser; nothing of it leaves this device.")),
  ];
  if (view.file) nodes.push(h("p", { class: "atlas-own-name" }, view.file));
  if (view.error)
    nodes.push(h("p", { class: "atlas-own-wrong", role: "alert" }, t(view.error.english, view.error.values)));
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

/** A box over the map that does not block it; Escape closes it. */
function createShell(root: HTMLElement, closed: () => void) {
  const heading = h("h3", { id: "atlas-own-title", tabindex: "-1" });
  const close = h("button", { type: "button", class: "atlas-tool" }, icon(closeIcon));
  const body = h("div", { class: "atlas-own-body" });
  const box = h(
    "section",
    { class: "atlas-own-panel", role: "dialog", "aria-labelledby": "atlas-own-title", hidden: true },
    h("header", {}, heading, close),
    body,
  );
  const shut = () => {
    box.hidden = true;
    body.replaceChildren();
    closed();
  };
  close.addEventListener("click", shut);
  box.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    press.stopPropagation();
    shut();
  });
  root.append(box);
  return {
    body,
    /** Changes what it holds; a focus that would be lost goes to the heading. */
    fill: (nodes: Node[]) => {
      const within = body.contains(document.activeElement);
      body.replaceChildren(...nodes);
      if (within) heading.focus();
    },
    title: (text: string, closing: string) => {
      heading.textContent = text;
      label(close, closing);
    },
    open: () => {
      box.hidden = false;
      heading.focus();
    },
  };
}

window.atlasPoints = createPanel;
