// The reader's own points (panels/points.py), drawn on a canvas over the map that window.atlas holds, at their dates.
// All dates are shown, or those around the day; at their dates a point is large on the day shown (or between the days
// compared) and small from before.
// Drawing again costs one pass over the points; positions are projected only when the zoom changes.

import type { State } from "./contract.ts";
import { clearOf } from "./covered.ts";
import { dayNumber, isoDay } from "./dates.ts";
import { h } from "./dom.ts";
import type { Language } from "./language.ts";
import type { AtlasHandle } from "./mount.ts";
import type { LatLng } from "./payload.ts";
import { marksOf, tellLegend } from "./points_legend.ts";
import { savePicture } from "./points_picture.ts";
import { type Mode, told, type Words } from "./points_told.ts";
import type { Camera } from "./view.ts";

const MAP_WAIT_MS = 100;
const MAP_TRIES = 300;
const pixel = (...channels: number[]): number => new Uint32Array(new Uint8Array(channels).buffer)[0] ?? 0;
const INK = pixel(20, 24, 26, 255);
const HALO = pixel(255, 255, 255, 255);
/** A large mark from below: side in pixels, colour (null: the holder's), and whether on points of a doubtful holder only. */
const LARGE: [size: number, colour: number | null, doubtful: boolean][] = [
  [12, HALO, false],
  [10, INK, false],
  [8, null, false],
  [4, HALO, true],
];
/** A small mark, likewise. */
const SMALL: [size: number, colour: number | null][] = [
  [9, HALO],
  [7, INK],
  [5, null],
];
const AROUND_DAYS = 30;
const REACH_PX = 8;
const MODES: Mode[] = ["all", "around", "dates"];
/** Its words, and its colour as #rrggbb. */
type Holder = [name: string, colour: string];

/** Points in order of their days. */
interface Points {
  /** Days since 1970-01-01. */
  day: number[];
  /** WGS84 degrees times 100 000. */
  lat: number[];
  lon: number[];
  certain: boolean[];
  /** Number of its holder, or -1. */
  holder: number[];
}
export interface PointsData {
  points: Points;
  holders: Holder[];
  words: Words;
}
interface Component {
  parentElement: HTMLElement;
  data: PointsData;
}
export interface Layer {
  handle: AtlasHandle;
  points: Points;
  /** Which points the reader chose to see. */
  mode(): Mode;
  remove(): void;
}
const layers = new WeakMap<Element, Layer>();

/** The map of the page, when it is there. */
export async function pageMap(): Promise<AtlasHandle> {
  for (let tries = 0; tries < MAP_TRIES; tries += 1) {
    if (window.atlas) {
      await window.atlas.ready;
      return window.atlas;
    }
    await new Promise((done) => setTimeout(done, MAP_WAIT_MS));
  }
  throw new Error("the map is not there");
}

/** Web Mercator, in pixels of a zoom level: x and y of every point. */
function project({ day, lat, lon }: Points, zoom: number): Float64Array {
  const scale = 256 * 2 ** zoom;
  const xy = new Float64Array(2 * day.length);
  for (let i = 0; i < day.length; i += 1) {
    const phi = Math.max(-85, Math.min(85, (lat[i] ?? 0) / 1e5)) * (Math.PI / 180);
    xy[2 * i] = scale * ((lon[i] ?? 0) / 1e5 / 360 + 0.5);
    xy[2 * i + 1] = scale * (0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI));
  }
  return xy;
}

/** Number of points dated before a day. */
function before(days: readonly number[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Writes marks as pixels: a tenth of the time of as many rectangles. */
function createStamp(canvas: HTMLCanvasElement, points: Points) {
  const pen = canvas.getContext("2d");
  let image: ImageData | null = null;
  let pixels = new Uint32Array();
  return {
    clear: () => {
      if (!image || image.width !== canvas.width || image.height !== canvas.height) {
        image = pen?.createImageData(canvas.width, canvas.height) ?? null;
        pixels = image ? new Uint32Array(image.data.buffer) : new Uint32Array();
      }
      pixels.fill(0);
    },
    show: () => image && pen?.putImageData(image, 0, 0),
    hide: () => pen?.clearRect(0, 0, canvas.width, canvas.height),
    mark: (
      xy: Float64Array,
      [from, to]: [number, number],
      size: number,
      colour: number | readonly number[],
      corner: readonly [number, number],
      ratio: number,
      doubtful = false,
    ) => {
      const { width, height } = canvas;
      const side = Math.round(size * ratio);
      for (let i = from; i < to; i += 1) {
        if (doubtful && (points.certain[i] || (points.holder[i] ?? -1) < 0)) continue;
        const x = Math.round(((xy[2 * i] ?? 0) - corner[0]) * ratio - side / 2);
        const y = Math.round(((xy[2 * i + 1] ?? 0) - corner[1]) * ratio - side / 2);
        if (x < 0 || y < 0 || x + side > width || y + side > height) continue;
        const ink = typeof colour === "number" ? colour : (colour[points.holder[i] ?? -1] ?? INK);
        for (let row = 0, at = y * width + x; row < side; row += 1, at += width) pixels.fill(ink, at, at + side);
      }
    },
  };
}

/** The nearest of some points within reach of a pixel of the whole world; null: none. */
function nearest(xy: Float64Array, [from, to]: [number, number], [x, y]: [number, number]): number | null {
  let best: number | null = null;
  let least = REACH_PX ** 2;
  for (let i = from; i < to; i += 1) {
    const away = ((xy[2 * i] ?? 0) - x) ** 2 + ((xy[2 * i + 1] ?? 0) - y) ** 2;
    if (away <= least) {
      least = away;
      best = i;
    }
  }
  return best;
}

// Streamlit's component brings no style sheet of the map's.
const TIP =
  "position:absolute;margin:0;padding:3px 7px;background:#fff;color:#26242b;border:1px solid #8b867b;" +
  "white-space:nowrap;font:13px/17px system-ui,sans-serif;pointer-events:none";
const BUTTON =
  "margin:0 8px 8px 0;padding:7px 12px;font:inherit;color:inherit;background:none;" +
  "border:1px solid currentColor;border-radius:6px;cursor:pointer";

/** Which points are of the day (or between the days compared), and which are drawn large. */
function spans(days: readonly number[], on: number, from: number | null, mode: Mode) {
  const last = before(days, on + 1);
  const first = before(days, from === null ? on : from + 1);
  const range: Record<Mode, [number, number]> = {
    all: [0, days.length],
    around: [before(days, on - AROUND_DAYS), before(days, on + AROUND_DAYS + 1)],
    dates: [first, last],
  };
  return { first, last, large: range[mode] };
}

/** The box around some points; null around none. */
function boundsOf({ lat, lon }: Points, [from, to]: [number, number]): [LatLng, LatLng] | null {
  if (from >= to) return null;
  const edges = (all: readonly number[]): [number, number] => {
    const [low, high] = [Math.min, Math.max];
    const part = all.slice(from, to);
    return [part.reduce((one, other) => low(one, other)), part.reduce((one, other) => high(one, other))];
  };
  const [[south, north], [west, east]] = [edges(lat), edges(lon)];
  return [
    [south / 1e5, west / 1e5],
    [north / 1e5, east / 1e5],
  ];
}

/** What a point is, in words. */
function sentence({ points, holders, words }: PointsData, i: number, { date }: Language): string {
  const day = date(isoDay(points.day[i] ?? 0));
  const holder = holders[points.holder[i] ?? -1];
  return `${day}: ${holder?.[0] ?? words.outside}${holder && !points.certain[i] ? `, ${words.unsure}` : ""}`;
}

/** A sentence beside the pointer about what is under it (a pixel of the whole world); returns how to end that. */
function createTip(camera: Camera, about: (pixel: [number, number]) => string): () => void {
  const tip = h("p", { class: "atlas-own-tip", hidden: true, style: TIP });
  camera.pane("atlasPointTips", 660).append(tip);
  camera.onPointer((place) => {
    if (!tip.isConnected) return;
    const [[x, y], corner, { left, top }] = [camera.pixel(place), camera.corner(), camera.frame()];
    const text = about([x - left + corner[0], y - top + corner[1]]);
    tip.hidden = !text;
    tip.textContent = text;
    tip.style.transform = `translate(${Math.round(x + 12)}px,${Math.round(y + 12)}px)`;
  });
  return () => tip.remove();
}

/** Buttons that choose which points are seen, one that goes to them, and one that makes a picture of them. */
function createChoice(
  box: HTMLElement,
  words: Words,
  now: Mode,
  choose: (mode: Mode) => void,
  zoomTo: () => void,
  picture: () => void,
): void {
  const button = (text: string, act: () => void) => h("button", { type: "button", style: BUTTON, onclick: act }, text);
  const mark = (chosen: Mode) => {
    for (const [i, one] of MODES.entries()) {
      buttons[i]?.setAttribute("aria-pressed", String(one === chosen));
      if (buttons[i]) buttons[i].style.fontWeight = one === chosen ? "700" : "400";
    }
  };
  const buttons = MODES.map((one) =>
    button(words[one], () => {
      mark(one);
      choose(one);
    }),
  );
  mark(now);
  box.replaceChildren(...buttons, button(words.zoom, zoomTo), button(words.picture, picture));
}

/** Gives a canvas a size in CSS pixels. */
function resize(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  if (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio)) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

const inkOf = ([, colour]: Holder): number =>
  pixel(...[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)), 255);

/** What stands below a picture: the day, the counts, what colours say, whose data it is. */
function captions(box: HTMLElement, counts: HTMLElement): string[] {
  const around = box.closest(".atlas");
  const said = (name: string) => around?.querySelector(name)?.textContent ?? "";
  return [`${said(".atlas-day")}. ${counts.textContent}`, said(".atlas-sovereignty"), said(".atlas-credits")];
}

/** Paints points on a canvas over what the camera sees; a picture that is there already is not painted again. */
function createPainter(camera: Camera, canvas: HTMLCanvasElement, { points, holders }: PointsData) {
  const stamp = createStamp(canvas, points);
  const inks = holders.map(inkOf);
  let [xy, zoom, ratio, seen]: [Float64Array, number, number, string] = [new Float64Array(), Number.NaN, 1, ""];
  return {
    place: () => {
      const [width, height] = camera.size();
      ratio = window.devicePixelRatio || 1;
      resize(canvas, width, height, ratio);
      camera.pin(canvas);
      if (zoom !== camera.zoom()) {
        zoom = camera.zoom();
        xy = project(points, zoom);
      }
    },
    paint: (large: [number, number], small: [number, number]) => {
      const corner = camera.corner();
      const picture = [large, small, corner, zoom, canvas.width, canvas.height].join();
      if (picture === seen) return;
      seen = picture;
      stamp.clear();
      for (const [size, ink] of SMALL) stamp.mark(xy, small, size, ink ?? inks, corner, ratio);
      for (const [size, ink, doubtful] of LARGE) stamp.mark(xy, large, size, ink ?? inks, corner, ratio, doubtful);
      stamp.show();
    },
    hide: () => {
      seen = "";
      stamp.hide();
    },
    nearest: (drawn: [number, number], pixel: [number, number]) => nearest(xy, drawn, pixel),
  };
}

/** Draws the points; the buttons go into `choice`, the counts into `text`. */
export function createLayer(
  handle: AtlasHandle,
  data: PointsData,
  choice: HTMLElement,
  text: HTMLElement,
  begin: Mode = "all",
): Layer {
  const { points, words } = data;
  const camera = handle.camera();
  const canvas = h("canvas", {
    class: "atlas-own-points",
    "aria-hidden": "true",
    style: "position:absolute;pointer-events:none",
  });
  camera.pane("atlasPoints", 450).append(canvas);
  const painter = createPainter(camera, canvas, data);
  let mode = begin;
  let drawn: [number, number] = [0, 0];
  const draw = ({ on, from }: State = handle.state()) => {
    const start = performance.now(); // for the benchmark
    const { first, last, large } = spans(points.day, dayNumber(on), from === null ? null : dayNumber(from), mode);
    drawn = mode === "dates" ? [0, last] : large;
    tellLegend(camera.box, marksOf(data, drawn));
    painter.paint(large, [0, mode === "dates" ? first : 0]);
    canvas.dataset.ms = (performance.now() - start).toFixed(2);
    const counts = { drawn: drawn[1] - drawn[0], on: Math.max(0, last - first), before: first, all: points.day.length };
    text.textContent = told(words, mode, counts);
  };
  const all = () => {
    painter.place();
    draw();
  };
  const tip = createTip(camera, (pixel) => {
    const found = painter.nearest(drawn, pixel);
    return found === null ? "" : sentence(data, found, handle.parts().language);
  });
  const zoomTo = () => {
    const bounds = boundsOf(points, drawn[1] > drawn[0] ? drawn : [0, points.day.length]);
    const root = camera.box.closest<HTMLElement>(".atlas");
    if (!bounds || !root) return;
    const { left, top, right, bottom } = clearOf(root, camera.box);
    camera.fit(bounds, { topLeft: [left, top], bottomRight: [right, bottom], pad: 0.1, maxZoom: 12 });
  };
  const choose = (next: Mode) => {
    mode = next;
    draw();
  };
  const picture = () => void savePicture(camera.box, captions(camera.box, text), `${handle.state().on}-points.png`);
  createChoice(choice, words, mode, choose, zoomTo, picture);
  const ends = [
    camera.on("moveend zoomend resize viewreset", all),
    camera.on("zoomstart", painter.hide),
    handle.follow(draw),
  ];
  all();
  return {
    handle,
    points,
    mode: () => mode,
    remove: () => {
      for (const end of ends) end();
      tellLegend(camera.box, []);
      canvas.remove();
      tip();
    },
  };
}

/** Which points the reader chose to see last: Streamlit mounts the component again with each change of its data. */
let chosen: Mode = "all";

function takeAway(text: Element): void {
  const layer = layers.get(text);
  if (!layer) return;
  chosen = layer.mode();
  layer.remove();
  layers.delete(text);
}

export default function ({ parentElement, data }: Component): (() => void) | undefined {
  const text = parentElement.querySelector<HTMLElement>(".atlas-own");
  const choice = parentElement.querySelector<HTMLElement>(".atlas-own-choice");
  if (!text || !choice) return undefined;
  let alive = true;
  pageMap().then(
    (handle) => {
      if (!alive) return;
      takeAway(text);
      layers.set(text, createLayer(handle, data, choice, text, chosen));
    },
    (error: Error) => {
      text.textContent = error.message;
    },
  );
  return () => {
    alive = false;
    takeAway(text);
  };
}
