// Where lines run on the map, in a coarse grid of pixels: how many lines a name would lie on.

import type { Box } from "./labels.ts";
import type { LatLng } from "./payload.ts";

const CELL_PX = 6;
type Room = Record<"left" | "top" | "right" | "bottom", number>;

/** Counts the cells of a box that lines run through. */
export function lineGrid(
  lines: Iterable<readonly LatLng[]>,
  pixel: (place: LatLng) => [number, number],
  room: Room,
): (box: Box) => number {
  const cells = new Set<string>();
  const mark = (x: number, y: number) => cells.add(`${Math.floor(x / CELL_PX)},${Math.floor(y / CELL_PX)}`);
  const inside = ([x, y]: readonly [number, number]) =>
    x > room.left - 60 && x < room.right + 60 && y > room.top - 60 && y < room.bottom + 60;
  for (const line of lines) {
    let before: [number, number] | null = null;
    for (const place of line) {
      const now = pixel(place);
      if (before && (inside(before) || inside(now))) {
        const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
        const steps = Math.ceil(Math.hypot(dx, dy) / CELL_PX);
        for (let step = 1; step <= steps; step += 1)
          mark(before[0] + (dx * step) / steps, before[1] + (dy * step) / steps);
      }
      before = now;
    }
  }
  return ([left, top, right, bottom]) => {
    let found = 0;
    for (let x = Math.floor(left / CELL_PX); x <= Math.floor(right / CELL_PX); x += 1)
      for (let y = Math.floor(top / CELL_PX); y <= Math.floor(bottom / CELL_PX); y += 1)
        if (cells.has(`${x},${y}`)) found += 1;
    return found;
  };
}
