// How much of a disc lies in each piece, counted on points that are spread evenly over it (geodata/attribution/disc_parts.py).

import type { Pieces } from "./attribute_pieces.ts";
import { METRES_PER_DEGREE } from "./geometry.ts";

/** Points of a disc, along a spiral: a part of a disc comes out within 0.01 of its area. */
const SAMPLE = 1024;
/** Times that the points are halved into patches that lie together; one look at the raster answers for most patches. */
const SPLITS = 6;
const ROUNDING = 1 + 1e-9;
type XY = [x: number, y: number];
/** Points of the unit disc, with the middle and half sides of their box. */
interface Patch {
  points: XY[];
  middle: XY;
  half: XY;
}

const PATCHES: Patch[] = split(spiral(), 0).map((points) => {
  const ends = ([0, 1] as const).map((axis) => {
    const values = points.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)] as const;
  }) as [readonly [number, number], readonly [number, number]];
  const middle = ends.map(([low, high]) => (low + high) / 2) as XY;
  return { points, middle, half: ends.map(([low, high]) => (high - low) / 2) as XY };
});

function spiral(): XY[] {
  return Array.from({ length: SAMPLE }, (_point, number) => {
    const out = Math.sqrt((number + 0.5) / SAMPLE);
    const turn = number * Math.PI * (3 - Math.sqrt(5));
    return [out * Math.cos(turn), out * Math.sin(turn)];
  });
}

function split(points: XY[], depth: number): XY[][] {
  if (depth === SPLITS) return [points];
  const sorted = points.toSorted((a, b) => (a[depth % 2] as number) - (b[depth % 2] as number));
  const half = sorted.length / 2;
  return [sorted.slice(0, half), sorted.slice(half)].flatMap((part) => split(part, depth + 1));
}

/** What share of a disc lies in each piece. */
export function discParts(pieces: Pieces, lat: number, lon: number, radius: number): Map<number, number> {
  const up = radius / METRES_PER_DEGREE;
  const aside = up / Math.cos((lat * Math.PI) / 180);
  const found = new Map<number, number>();
  const add = (piece: number, points: number) => found.set(piece, (found.get(piece) ?? 0) + points / SAMPLE);
  for (const { points, middle, half } of PATCHES) {
    const [y, x] = [lat + up * middle[1], lon + aside * middle[0]];
    if (Math.max(up * half[1], aside * half[0]) * ROUNDING <= pieces.alike(y, x)) add(pieces.at(y, x), points.length);
    else for (const [east, north] of points) add(pieces.at(lat + up * north, lon + aside * east), 1);
  }
  return found;
}
