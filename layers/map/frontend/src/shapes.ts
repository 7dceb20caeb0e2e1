// The shapes on the map as things to press: by pointer, by finger and by Enter (walk.ts: from one to the next by keyboard).

import type { Target } from "./actions.ts";
import type { Control } from "./control.ts";
import type { EventPoints } from "./events.ts";
import { metresTo } from "./geometry.ts";
import type { Labels } from "./labels.ts";
import type { LatLng, Line } from "./payload.ts";
import type { Camera, Ground } from "./view.ts";
import type { Zones } from "./zones.ts";

interface Deps {
  camera: Camera;
  ground: Ground;
  control: Control;
  zones: Zones;
  events: EventPoints;
  labels: Labels;
  open(target: Target, from: Element | null): void;
  /** Takes a press first; true where it was used. */
  intercept(place: LatLng): boolean;
}
export interface MapShapes {
  /** The shapes that are seen, by kind: each kind is one stop of the Tab key. */
  kinds(): SVGPathElement[][];
  /** Marks what a card is about. */
  mark(target: Target | null): void;
}
/** How near in pixels a press has to be to a thin line or a small symbol. */
const REACH = { touch: 16, mouse: 7 };
const WORLD_M = 40_075_017;
const TILE_PX = 256;

/** What a shape represents. */
function targetOf({ dataset }: SVGElement): Target {
  const { event, controller, zone, line, point } = dataset;
  if (event) return { event };
  if (controller && zone) return { piece: zone };
  return { ...(zone ? { zone } : {}), ...(line ? { line } : {}), ...(point ? { point } : {}) };
}

export function createShapes(deps: Deps): MapShapes {
  const { camera, ground, control, zones, events, open, intercept } = deps;
  const kinds = (): SVGPathElement[][] => [
    ground.layers.get("control")?.on ? control.pieces.map((one) => one.node) : [],
    zones.shown().map((item) => item.node()),
    events.shown().map((item) => item.node),
  ];
  const seen = () => kinds().flat();
  let marked: Element[] = [];

  camera.onPress((place, event) => {
    if (intercept(place)) return;
    const pressed = event.target as Element;
    const named = pressed.closest<HTMLElement>("[data-place]")?.dataset.place;
    if (named) {
      open({ place: named }, null);
      return;
    }
    const badge = pressed.closest<HTMLElement>("[data-badge]")?.dataset.badge;
    if (badge) {
      open({ zone: badge, at: place }, null);
      return;
    }
    const hit = pressed.closest<SVGPathElement>("path[data-zone]");
    const touch = (event as PointerEvent).pointerType === "touch";
    const near = nearest(deps, place, touch ? REACH.touch : REACH.mouse);
    if (near?.place) {
      open({ place: near.place }, null);
      return;
    }
    const node = near?.node ?? hit;
    open(node ? { ...targetOf(node), at: place } : { at: place }, node);
  });
  // Before walk.ts is here too: a shape that has the focus opens.
  camera.box.addEventListener("keydown", (press) => {
    const node = (press.target as Element).closest<SVGPathElement>("path[data-zone]");
    if (!node || (press.key !== "Enter" && press.key !== " ")) return;
    press.preventDefault();
    open(targetOf(node), node);
  });
  return {
    kinds,
    mark: (target) => {
      for (const node of marked) node.classList.remove("is-open");
      marked = target ? seen().filter((node) => isAbout(targetOf(node), target)) : [];
      for (const node of marked) node.classList.add("is-open");
    },
  };
}

const isAbout = (own: Target, target: Target): boolean =>
  Boolean((target.piece && own.piece === target.piece) || (target.event && own.event === target.event)) ||
  Boolean(
    target.zone &&
      own.zone === target.zone &&
      (!target.line || own.line === target.line) &&
      (!target.point || own.point === target.point),
  );

/** What a press can mean beside the area under it: a line or a symbol, or the dot of a settlement. */
interface Near {
  node?: SVGPathElement;
  place?: string;
}

/** Thin lines, symbols and dots are hard to hit: a press close to one counts as a press on it, the nearest first. */
function nearest({ camera, zones, events, labels }: Deps, place: LatLng, reach: number): Near | null {
  const pixel = (WORLD_M * Math.cos((place[0] * Math.PI) / 180)) / (TILE_PX * 2 ** camera.zoom());
  const at = ({ lat, lon }: { lat: number; lon: number }): Line[] => [[[lat, lon]]];
  const thin: (Near & { lines: Line[] })[] = [
    // Before the dots: a symbol lies at the dot of its settlement.
    ...events.shown().map(({ node, place: where }) => ({ node, lines: at(where) })),
    ...labels.shown().map((one) => ({ place: one.id, lines: at(one) })),
    ...zones
      .shown()
      .filter((item) => item.layer.draw !== "area")
      .map((item) => ({
        node: item.node(),
        lines: item.shape.at ? [[item.shape.at]] : (item.shape.latlngs as Line[]),
      })),
  ];
  let best: Near | null = null;
  let away = reach;
  for (const { lines, ...one } of thin) {
    const pixels = metresTo(lines, place) / pixel;
    // A dot has its name beside it as a larger target, so it takes less from the line that it lies on.
    if (pixels < (one.place ? Math.min(away, reach / 2) : away)) {
      best = one;
      away = pixels;
    }
  }
  return best;
}
