// Where the map looks at a step of the story: the ground that it tells of fills what title, legend, cards and tools leave free.

import type { App } from "./app.ts";
import { holds } from "./dates.ts";
import { fitFree, type Point, type Rectangle, rowsOf } from "./free_fit.ts";
import type { LatLng } from "./payload.ts";
import type { Steps } from "./story_scroll.ts";

/** What lies over the map; the column of cards too, where only one of them is in sight. */
const OVER = [
  ".atlas-head",
  ".atlas-legend",
  ".atlas-time",
  ".atlas-searchbox",
  ".atlas-tools",
  ".atlas-side-open",
  ".atlas-side",
  ".atlas-scale",
  ".atlas-credits",
  ".atlas-story-nav",
  ".st-key-atlas-sheet",
].join();
const GAP_PX = 8;
/** No step looks closer, however small its ground. */
const CLOSEST = 10.4;
/** A view that the record gives is meant for a map of so many pixels; it grows and shrinks with the map that there is. */
const MEANT = [900, 720] as const;

/** Place and zoom of a step; null for the whole area. */
export function viewOf({ map: { camera, ground } }: App, step: Steps[string]): [LatLng, number] | null {
  const covers = coversOf(camera.box);
  if (step.view) return given(camera, step.view, covers);
  const lines = step.ground.flatMap((id) => {
    const shapes = (ground.layers.get(id)?.items ?? []).map(({ shape }) => shape);
    const now = shapes.filter((shape) => holds(shape, step.on));
    return (now.length ? now : shapes).flatMap((shape) => linesOf(shape.at ?? shape.latlngs ?? []));
  });
  if (!lines.length) return null;
  const shape = rowsOf(lines.map((line) => line.map((place) => camera.pixel(place))));
  const fit = fitFree(shape, camera.size(), covers, 2 ** (CLOSEST - camera.zoom()));
  if (!fit) return null;
  const zoom = camera.zoom() + Math.log2(fit.scale);
  const [width, height] = camera.size();
  // The upper left corner of the shape, then so far from it to the middle of the map.
  const [x, y] = camera.pixel(camera.center());
  const corner = camera.beside(camera.center(), camera.zoom(), [shape.from[0] - x, shape.from[1] - y]);
  return [camera.beside(corner, zoom, [width / 2 - fit.corner[0], height / 2 - fit.corner[1]]), zoom];
}

/** Rectangles over the map's box, from its corner; on paper nothing covers the map. */
function coversOf(box: HTMLElement): Rectangle[] {
  if (box.closest(".is-print")) return [];
  const { left, top, right, bottom } = box.getBoundingClientRect();
  return [...document.querySelectorAll(OVER)]
    .map((node) => node.getBoundingClientRect())
    .filter((one) => one.width && one.right > left && one.left < right && one.bottom > top && one.top < bottom)
    .map((one) => [
      one.left - left - GAP_PX,
      one.top - top - GAP_PX,
      one.right - left + GAP_PX,
      one.bottom - top + GAP_PX,
    ]);
}

const isPlace = (part: unknown): part is LatLng => Array.isArray(part) && typeof part[0] === "number";
/** The lines in a place, a line, lines or areas. */
function linesOf(shape: unknown): LatLng[][] {
  if (isPlace(shape)) return [[shape]];
  if (!Array.isArray(shape)) return [];
  return shape.every(isPlace) ? [shape as LatLng[]] : shape.flatMap(linesOf);
}

/** A view of the record beside what stands at the right side. */
function given(
  camera: App["map"]["camera"],
  [lat, lng, zoom]: readonly [number, number, number],
  covers: readonly Rectangle[],
): [LatLng, number] {
  const [width, height] = camera.size() as Point;
  const beside = covers.filter(([left, , right]) => right >= width && left > width / 3);
  const right = Math.max(0, ...beside.map(([left]) => width - left));
  const more = Math.log2(Math.min((width - right) / MEANT[0], height / MEANT[1]));
  const fitting = zoom + Math.max(-1.2, Math.min(0.75, more));
  return [camera.beside([lat, lng], fitting, [right / 2, 0]), fitting];
}
