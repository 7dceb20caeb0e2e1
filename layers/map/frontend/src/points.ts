// The reader's own points (panels/points.py), drawn on a canvas over the map that window.atlas holds, at their dates.
// On the day shown (or between the days compared) a point is large, from before it is small, after it there is none.
// Drawing again costs one pass over the points; positions are projected only when the zoom changes.

import type { Day, State } from "./contract.ts";
import { h } from "./dom.ts";
import type { AtlasHandle } from "./mount.ts";

const DAY_MS = 86_400_000;
const MAP_WAIT_MS = 100;
const MAP_TRIES = 300;
const pixel = (...channels: number[]): number => new Uint32Array(new Uint8Array(channels).buffer)[0] ?? 0;
const INK = pixel(20, 24, 26, 255);
const HALO = pixel(255, 255, 255, 255);
const DUST = pixel(20, 24, 26, 150);

/** Points in order of their days. */
interface Points {
  /** Days since 1970-01-01. */
  day: number[];
  /** WGS84 degrees times 100 000. */
  lat: number[];
  lon: number[];
  certain: boolean[];
}
interface Counts {
  on: number;
  before: number;
  day: Day;
  all: number;
}
interface Component {
  parentElement: HTMLElement;
  data: { points: Points; words: { count: string; hint: string } };
}
interface Layer {
  handle: AtlasHandle;
  points: Points;
  remove(): void;
}
const layers = new WeakMap<Element, Layer>();

const dayNumber = (text: Day): number => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);

async function atlas(): Promise<AtlasHandle> {
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
      colour: number,
      corner: readonly [number, number],
      ratio: number,
      doubtful = false,
    ) => {
      const { width, height } = canvas;
      const side = Math.round(size * ratio);
      for (let i = from; i < to; i += 1) {
        if (doubtful && points.certain[i]) continue;
        const x = Math.round(((xy[2 * i] ?? 0) - corner[0]) * ratio - side / 2);
        const y = Math.round(((xy[2 * i + 1] ?? 0) - corner[1]) * ratio - side / 2);
        if (x < 0 || y < 0 || x + side > width || y + side > height) continue;
        for (let row = 0, at = y * width + x; row < side; row += 1, at += width) pixels.fill(colour, at, at + side);
      }
    },
  };
}

function createLayer(handle: AtlasHandle, points: Points, tell: (counts: Counts) => void): Layer {
  const camera = handle.camera();
  const canvas = h("canvas", {
    class: "atlas-own-points",
    "aria-hidden": "true",
    style: "position:absolute;pointer-events:none",
  });
  camera.pane("atlasPoints", 450).append(canvas);
  const stamp = createStamp(canvas, points);
  let xy: Float64Array = new Float64Array();
  let zoom = Number.NaN;
  let ratio = 1;

  const place = () => {
    const [width, height] = camera.size();
    ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    camera.pin(canvas);
    if (zoom !== camera.zoom()) {
      zoom = camera.zoom();
      xy = project(points, zoom);
    }
  };
  const draw = ({ on, from }: State = handle.state()) => {
    const start = performance.now(); // for the benchmark
    const last = before(points.day, dayNumber(on) + 1);
    const first = before(points.day, from ? dayNumber(from) + 1 : dayNumber(on));
    const corner = camera.corner();
    stamp.clear();
    stamp.mark(xy, [0, first], 3, DUST, corner, ratio);
    stamp.mark(xy, [first, last], 10, HALO, corner, ratio);
    stamp.mark(xy, [first, last], 8, INK, corner, ratio);
    stamp.mark(xy, [first, last], 4, HALO, corner, ratio, true);
    stamp.show();
    canvas.dataset.ms = (performance.now() - start).toFixed(2);
    tell({ on: Math.max(0, last - first), before: first, day: on, all: points.day.length });
  };
  const all = () => {
    place();
    draw();
  };
  const ends = [
    camera.on("moveend zoomend resize viewreset", all),
    camera.on("zoomstart", stamp.hide),
    handle.follow(draw),
  ];
  all();
  return {
    handle,
    points,
    remove: () => {
      for (const end of ends) end();
      canvas.remove();
    },
  };
}

export default function ({ parentElement, data: { points, words } }: Component): (() => void) | undefined {
  const text = parentElement.querySelector<HTMLElement>(".atlas-own");
  if (!text) return undefined;
  let alive = true;
  const tell = (counts: Counts) => {
    const value = (name: string) => (name === "day" ? counts.day : (counts[name as "on"] ?? 0).toLocaleString("en"));
    text.textContent = `${words.count.replace(/\{(on|before|day|all)\}/g, (_all, name: string) => value(name))} ${words.hint}`;
  };
  const old = layers.get(text);
  atlas().then(
    (handle) => {
      if (!alive) return;
      old?.remove();
      layers.set(text, createLayer(handle, points, tell));
    },
    (error: Error) => {
      text.textContent = error.message;
    },
  );
  return () => {
    alive = false;
    layers.get(text)?.remove();
    layers.delete(text);
  };
}
