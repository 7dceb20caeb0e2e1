// Plane and ellipsoid: in or out, how far, how long. Coordinates are WGS84 degrees, distances metres.

import type { Area, LatLng, Line } from "./payload.ts";

const DEGREE = Math.PI / 180;
/** Mean length of a degree of latitude on a sphere of 6 371 km, as geodata.control uses it. */
export const METRES_PER_DEGREE = 111_195;

/** Whether a place lies in an area: even-odd rule over all rings. */
export function inside(area: Area, [lat, lng]: LatLng): boolean {
  let odd = false;
  for (const ring of area.flat()) {
    let [y2, x2] = ring.at(-1) ?? [0, 0];
    for (const [y1, x1] of ring) {
      if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd;
      [y2, x2] = [y1, x1];
    }
  }
  return odd;
}

/** Distance from one place to another, on the plane of {@link metresTo}. */
export const metresApart = ([lat, lng]: LatLng, [y, x]: LatLng): number =>
  Math.hypot((x - lng) * Math.cos(lat * DEGREE), y - lat) * METRES_PER_DEGREE;

/** Distance from a place to lines, on a plane that touches the earth there (as geodata.control measures). */
export function metresTo(lines: readonly Line[], [lat, lng]: LatLng): number {
  const stretch = Math.cos(lat * DEGREE);
  let best = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const first = line[0];
    if (!first) continue;
    let [ay, ax] = [first[0] - lat, (first[1] - lng) * stretch];
    for (const point of line) {
      const [by, bx] = [point[0] - lat, (point[1] - lng) * stretch];
      const [dx, dy] = [bx - ax, by - ay];
      // The nearest point of the segment: the foot of the perpendicular, or the nearer end.
      const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(ax + along * dx, ay + along * dy));
      [ay, ax] = [by, bx];
    }
  }
  return best * METRES_PER_DEGREE;
}

/** Length of the geodesic on the WGS84 ellipsoid by Lambert's formula of 1942: within 10 m over 1,000 km. */
export function geodesic([lat1, lng1]: LatLng, [lat2, lng2]: LatLng): number {
  const [radius, flattening] = [6378137, 1 / 298.257223563];
  // Reduced latitudes, and the central angle between the places on the sphere that they make.
  const [b1, b2] = [lat1, lat2].map((lat) => Math.atan((1 - flattening) * Math.tan(lat * DEGREE))) as [number, number];
  const half = ((lng2 - lng1) * DEGREE) / 2;
  const chord = Math.hypot(Math.sin((b2 - b1) / 2), Math.sqrt(Math.cos(b1) * Math.cos(b2)) * Math.sin(half));
  const angle = 2 * Math.asin(Math.min(1, chord));
  if (!angle) return 0;
  const [p, q] = [(b1 + b2) / 2, (b2 - b1) / 2];
  const x = (angle - Math.sin(angle)) * ((Math.sin(p) * Math.cos(q)) / Math.cos(angle / 2)) ** 2;
  const y = (angle + Math.sin(angle)) * ((Math.cos(p) * Math.sin(q)) / Math.sin(angle / 2)) ** 2;
  return radius * (angle - (flattening / 2) * (x + y));
}

/** Least distance between the outlines of two areas: 0 where they touch or cross. */
export function metresBetween(a: Area, b: Area): number {
  const [rings, others] = [a.flat(), b.flat()];
  const reach = (from: Line[], to: Line[], best: number) =>
    from.flat().reduce((least, point) => Math.min(least, metresTo(near(to, point, least), point)), best);
  return reach(others, rings, reach(rings, others, Number.POSITIVE_INFINITY));
}

/** The lines without those segments that can't be nearer than a distance: their latitudes say so. */
function near(lines: Line[], [lat]: LatLng, metres: number): Line[] {
  const reach = metres / METRES_PER_DEGREE;
  if (!Number.isFinite(reach)) return lines;
  const kept: Line[] = [];
  for (const line of lines) {
    let run: Line = [];
    for (const [i, point] of line.entries()) {
      const next = line[i + 1];
      const close = next && Math.min(point[0], next[0]) - lat < reach && lat - Math.max(point[0], next[0]) < reach;
      if (close) run.push(...(run.length ? [next] : [point, next]));
      else if (run.length) {
        kept.push(run);
        run = [];
      }
    }
    if (run.length) kept.push(run);
  }
  return kept;
}
