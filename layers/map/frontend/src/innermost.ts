// Where a word about an area stands.

import { inside, metresTo } from "./geometry.ts";
import type { Area, LatLng } from "./payload.ts";

/** Points tried along each side of the area's box. */
const STEPS = 13;

/** About the point of an area that is farthest from its edge: the best of a grid (WGS84 degrees). */
export function innermost(area: Area): LatLng {
  const rings = area.flat();
  const points = rings.flat();
  const lats = points.map(([lat]) => lat);
  const lngs = points.map(([, lng]) => lng);
  const [south, west] = [Math.min(...lats), Math.min(...lngs)];
  const [tall, wide] = [Math.max(...lats) - south, Math.max(...lngs) - west];
  let best: LatLng = points[0] ?? [0, 0];
  let depth = -1;
  for (let i = 0.5; i < STEPS; i += 1)
    for (let j = 0.5; j < STEPS; j += 1) {
      const at: LatLng = [south + (tall * i) / STEPS, west + (wide * j) / STEPS];
      if (!inside(area, at)) continue;
      const metres = metresTo(
        rings.map((ring) => [...ring, ...ring.slice(0, 1)]),
        at,
      );
      if (metres > depth) [best, depth] = [at, metres];
    }
  return best;
}
