// Names on the map: greedy by rank, none over another, at any zoom.

import { h } from "./dom.ts";
import type { Language } from "./language.ts";
import type { CountryLabel, Place, Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";

type Box = [left: number, top: number, right: number, bottom: number];
type Entry = (Place | CountryLabel) & { style: "place" | CountryLabel["kind"]; rank: number };

/** The zoom from which names of each rank are shown. */
const FROM_ZOOM: Record<number, number> = { 1: 0, 2: 7.5, 3: 9, 4: 10.25 };
const LINE_HEIGHT = 17;
/** Lettering of a country or a water may move a little where something is in its way. */
const SHIFTS: [number, number][] = [
  [0, 0],
  [0, 20],
  [0, -20],
  [-40, 0],
  [40, 0],
  [-40, 20],
  [40, 20],
];

interface Deps {
  camera: Camera;
  store: Store;
  language: Language;
  texts: Pick<Texts, "labels" | "places">;
  /** What lies over the map and takes its room first. */
  furniture: () => DOMRect[];
}
export interface Labels {
  draw(): void;
  /** The places whose names are on the map now. */
  shown(): readonly Place[];
}

export function createLabels({ camera, store, language, texts, furniture }: Deps): Labels {
  const pane = camera.pane("atlasLabels", 640);
  pane.setAttribute("aria-hidden", "true");
  const entries = sorted(texts);
  const width = createRuler();
  let shown: Place[] = [];

  const occupied = (): Box[] => {
    const box = camera.box.getBoundingClientRect();
    const { left, top } = camera.frame();
    const [x, y] = [left - box.left, top - box.top];
    return furniture().map((one) => [one.left + x - 4, one.top + y - 4, one.right + x + 4, one.bottom + y + 4]);
  };
  const draw = () => {
    const zoom = camera.zoom();
    const room = camera.frame();
    const taken = occupied();
    const free = (box: Box) =>
      box[0] >= room.left + 2 &&
      box[2] <= room.right - 2 &&
      box[1] >= room.top &&
      box[3] <= room.bottom &&
      !taken.some((other) => overlap(box, other));
    const nodes: HTMLElement[] = [];
    const places: Place[] = [];
    for (const entry of entries) {
      if (zoom < (FROM_ZOOM[entry.rank] ?? 0)) continue;
      const [x, y] = camera.pixel([entry.lat, entry.lon]);
      if (x < room.left - 80 || x > room.right + 80 || y < room.top - 40 || y > room.bottom + 40) continue;
      const dot: Box | null = entry.style === "place" ? [x - 3, y - 3, x + 3, y + 3] : null;
      if (dot && !free(dot)) continue;
      const text = language.name(entry.names);
      const w = width(text, entry.style);
      const spot = candidates([x, y], w, entry.style, room).find(([left, top]) =>
        free([left, top, left + w, top + LINE_HEIGHT]),
      );
      if (!spot) continue;
      taken.push([spot[0], spot[1], spot[0] + w, spot[1] + LINE_HEIGHT]);
      if (dot) {
        taken.push(dot);
        places.push(entry);
        nodes.push(placed(h("span", { class: `atlas-dot rank-${entry.rank}` }), [x, y]));
      }
      const attributes = {
        class: `atlas-name is-${entry.style} rank-${entry.rank}`,
        lang: language.nameLang(entry.names),
        "data-place": dot && entry.id,
      };
      nodes.push(placed(h("span", attributes, text), spot));
    }
    pane.replaceChildren(...nodes);
    shown = places;
  };
  camera.on("zoomstart", () => pane.classList.add("is-waiting"));
  camera.on("moveend zoomend resize", () => {
    draw();
    pane.classList.remove("is-waiting");
  });
  store.subscribe("settle", ["lang", "names"], draw);
  return { draw, shown: () => shown };
}

function sorted({ labels, places }: Deps["texts"]): Entry[] {
  const entries: Entry[] = [
    ...labels.map((one) => ({ ...one, style: one.kind, rank: one.rank ?? 4 })),
    ...places.map((one) => ({ ...one, style: "place" as const, rank: one.rank ?? 4 })),
  ];
  return entries.sort((a, b) => a.rank - b.rank || Number(a.style === "place") - Number(b.style === "place"));
}

/** Widths of names in pixels, measured once each. */
function createRuler(): (text: string, style: Entry["style"]) => number {
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map<string, number>();
  return (text, style) => {
    const key = `${style}|${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    if (pen) pen.font = style === "place" ? "500 13px system-ui, sans-serif" : "600 13px system-ui, sans-serif";
    const width = (pen?.measureText(text).width ?? text.length * 8) * (style === "country" ? 1.35 : 1.05) + 6;
    widths.set(key, width);
    return width;
  };
}

/** Where a name may be, the best first: beside its dot, or, of a country, near its middle and moved inward. */
function candidates(
  [x, y]: [number, number],
  w: number,
  style: Entry["style"],
  room: { left: number; right: number },
): [number, number][] {
  if (style === "place")
    return [
      [x + 6, y - 9],
      [x - w - 6, y - 9],
      [x - w / 2, y - 24],
      [x - w / 2, y + 6],
    ];
  const fromLeft = room.left + 6 + w / 2 - x;
  const fromRight = room.right - 6 - w / 2 - x;
  const inward = Math.max(-45, Math.min(45, Math.max(fromLeft, Math.min(0, fromRight))));
  return SHIFTS.map(([dx, dy]) => [x - w / 2 + dx + inward, y - 9 + dy]);
}

const overlap = (a: Box, b: Box) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

function placed(node: HTMLElement, [x, y]: [number, number]): HTMLElement {
  node.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
  return node;
}
