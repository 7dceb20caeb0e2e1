// Names on the map: greedy by rank, none over another or over what lies on the map, and off lines where that can be, at
// any zoom. What has to be told first, such as the badges of the agreement, takes its room after the capitals.

import { h } from "./dom.ts";
import type { Language } from "./language.ts";
import type { CountryLabel, LatLng, Place, Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";

export type Box = [left: number, top: number, right: number, bottom: number];
type Style = "place" | CountryLabel["kind"];
type Entry = (Place | CountryLabel) & { style: Style; rank: number };
type Spot = [x: number, y: number, side?: string];

/** The zoom from which names of each rank are shown. */
const FROM_ZOOM: Record<number, number> = { 1: 0, 2: 7.5, 3: 9, 4: 10.25 };
/** Weight and size of a name by rank: capital, town, village; of lettering; of the other name of a place. */
export const FONTS: Record<string, string> = {
  1: "700 15px",
  2: "600 13px",
  country: "600 15px",
  neighbour: "500 14px",
};
const SMALL = "400 12px";
const OTHER = "400 11px";
const LINE = 16;
const OTHER_LINE = 13;
const DOT_PX = 9;
/** Letter spacing of lettering, as a factor of its width. */
const SPACED: Record<string, number> = { country: 1.35, neighbour: 1.2 };
/** Lettering of a country or a water may move a little where something is in its way. */
const SHIFTS: [number, number][] = [
  [0, 0],
  [0, 22],
  [0, -22],
  [-40, 0],
  [40, 0],
];

interface Deps {
  camera: Camera;
  store: Store;
  language: Language;
  texts: Pick<Texts, "labels" | "places">;
  /** What lies over the map and takes its room first. */
  furniture: () => DOMRect[];
}
/** What may be placed: the room that is left, and what is put there. */
export interface Sheet {
  room: { left: number; top: number; right: number; bottom: number };
  free(box: Box): boolean;
  take(box: Box): void;
  /** How much of lines a box would cover; 0 where it is off them, and until the late parts say where lines run. */
  covers(box: Box): number;
  put(node: HTMLElement, x: number, y: number): void;
  width(text: string, font: string): number;
}
export interface Labels {
  draw(): void;
  /** The places whose names are on the map now. */
  shown(): readonly Place[];
  /** Draws something each time: before the names, or where they leave room. */
  also(when: "before" | "after", draw: (sheet: Sheet) => void): void;
}

export function createLabels({ camera, store, language, texts, furniture }: Deps): Labels {
  const pane = camera.pane("atlasLabels", 640);
  pane.setAttribute("aria-hidden", "true");
  const entries = sorted(texts);
  const ruler = createRuler(camera.box);
  const writer = createWriter(camera, language);
  const others = { before: [], after: [] } as Record<"before" | "after", ((sheet: Sheet) => void)[]>;
  let shown: Place[] = [];

  const occupied = (): Box[] => {
    const box = camera.box.getBoundingClientRect();
    const { left, top } = camera.frame();
    const [x, y] = [left - box.left, top - box.top];
    return furniture().map((one) => [one.left + x - 4, one.top + y - 4, one.right + x + 4, one.bottom + y + 4]);
  };
  const draw = () => {
    // What comes late, such as a font, asks a map that was taken down too.
    if (!camera.box.isConnected) return;
    const zoom = camera.zoom();
    const room = camera.frame();
    const taken = occupied();
    const nodes: HTMLElement[] = [];
    const places: Place[] = [];
    const free = (box: Box) =>
      box[0] >= room.left + 2 &&
      box[2] <= room.right - 2 &&
      box[1] >= room.top &&
      box[3] <= room.bottom &&
      !taken.some((other) => overlap(box, other));
    const sheet: Sheet = {
      room,
      free,
      take: (box) => void taken.push(box),
      covers: () => 0,
      put: (node, x, y) => {
        node.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
        nodes.push(node);
      },
      width: ruler.width,
    };
    const put = (entry: Entry) => {
      if (zoom < (FROM_ZOOM[entry.rank] ?? 0)) return;
      if (entry.style === "place") {
        if (writer.name(sheet, entry)) places.push(entry);
      } else writer.letter(sheet, entry);
    };
    entries.filter(isCapital).forEach(put);
    for (const one of others.before) one(sheet);
    entries.filter((entry) => !isCapital(entry)).forEach(put);
    for (const one of others.after) one(sheet);
    pane.replaceChildren(...nodes);
    shown = places;
  };

  camera.on("zoomstart", () => pane.classList.add("is-waiting"));
  camera.on("moveend zoomend resize", () => {
    draw();
    pane.classList.remove("is-waiting");
  });
  store.subscribe("settle", ["lang", "names"], draw);
  // A font that comes later has other widths.
  document.fonts.addEventListener("loadingdone", () => {
    ruler.forget();
    draw();
  });
  return { draw, shown: () => shown, also: (when, one) => void others[when].push(one) };
}

/** Writes names where there is room for them. */
function createWriter(camera: Camera, language: Language) {
  const attributes = (entry: Entry, side = "") => ({
    class: `atlas-name is-${entry.style} rank-${entry.rank} ${side}`,
    lang: language.nameLang(entry.names),
    "data-place": entry.style === "place" && entry.id,
  });

  /** A settlement: its dot, its name beside it, and its other name, smaller, below. */
  const name = (sheet: Sheet, entry: Entry): boolean => {
    const [x, y] = camera.pixel([entry.lat, entry.lon]);
    const dot: Box = [x - 3, y - 3, x + 3, y + 3];
    if (!sheet.free(dot)) return false;
    const [main = "", other] = parts(language.name(entry.names));
    const w = Math.max(sheet.width(main, FONTS[entry.rank] ?? SMALL), other ? sheet.width(other, OTHER) : 0) + 4;
    const tall = LINE + (other ? OTHER_LINE : 0);
    const spot = clearest(sheet, beside([x, y], w, tall), w, tall);
    if (!spot) return false;
    sheet.take([spot[0], spot[1], spot[0] + w, spot[1] + tall]);
    // No other name beside this dot: it would be read as this place's.
    sheet.take([x - DOT_PX, y - DOT_PX, x + DOT_PX, y + DOT_PX]);
    sheet.put(h("span", { class: `atlas-dot rank-${entry.rank}` }), x, y);
    sheet.put(
      h("span", { ...attributes(entry, spot[2]), style: `width:${w}px` }, main, other && h("small", {}, other)),
      spot[0],
      spot[1],
    );
    return true;
  };
  /** A country or a water: at the first of its places that is in sight and free. */
  const letter = (sheet: Sheet, entry: Entry) => {
    const [main = "", whose] = language.name(entry.names).split(/ (?=\()/);
    const font = FONTS[entry.style] ?? SMALL;
    const w = Math.max(...[main, whose ?? ""].map((text) => sheet.width(text, font))) * (SPACED[entry.style] ?? 1) + 6;
    const tall = LINE + 2 + (whose ? OTHER_LINE : 0);
    const anchors: LatLng[] = [[entry.lat, entry.lon], ...((entry as CountryLabel).also ?? [])];
    for (const anchor of anchors) {
      const [x, y] = camera.pixel(anchor);
      const spots = SHIFTS.map(([dx, dy]): Spot => [x - w / 2 + dx, y - tall / 2 + dy]);
      const spot = clearest(sheet, spots, w, tall);
      if (!spot) continue;
      sheet.take([spot[0], spot[1], spot[0] + w, spot[1] + tall]);
      sheet.put(h("span", attributes(entry, "is-middle"), main, whose && h("small", {}, whose)), spot[0], spot[1]);
      return;
    }
  };
  return { name, letter };
}

const isCapital = ({ style, rank }: Entry): boolean => style === "place" && rank === 1;
const parts = (text: string): string[] => text.split(" / ");

function sorted({ labels, places }: Deps["texts"]): Entry[] {
  const entries: Entry[] = [
    ...labels.map((one) => ({ ...one, style: one.kind, rank: one.rank ?? 4 })),
    ...places.map((one) => ({ ...one, style: "place" as const, rank: one.rank ?? 4 })),
  ];
  return entries.sort((a, b) => a.rank - b.rank || Number(a.style === "place") - Number(b.style === "place"));
}

/** Widths of texts in pixels in the type of an element, measured once each. */
function createRuler(element: HTMLElement) {
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map<string, number>();
  return {
    forget: () => widths.clear(),
    width: (text: string, font: string): number => {
      const key = `${font}|${text}`;
      const known = widths.get(key);
      if (known !== undefined) return known;
      if (pen) pen.font = `${font} ${getComputedStyle(element).fontFamily}`;
      const width = (pen?.measureText(text).width ?? text.length * 8) * 1.03;
      widths.set(key, width);
      return width;
    },
  };
}

/** The free spot that covers least of lines; of equals, the first. */
function clearest(sheet: Sheet, spots: Spot[], w: number, tall: number): Spot | null {
  let best: Spot | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const box: Box = [spot[0], spot[1], spot[0] + w, spot[1] + tall];
    if (least === 0 || !sheet.free(box)) continue;
    const covered = sheet.covers(box);
    if (covered < least) [best, least] = [spot, covered];
  }
  return best;
}

/** Where the name of a settlement may be, the best first. */
function beside([x, y]: [number, number], w: number, tall: number): Spot[] {
  return [
    [x + 7, y - 9],
    [x - w - 7, y - 9, "is-left"],
    [x - w / 2, y - 6 - tall, "is-middle"],
    [x - w / 2, y + 5, "is-middle"],
    [x + 5, y - 5 - tall],
    [x + 5, y + 3],
  ];
}

export const overlap = (a: Box, b: Box) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
