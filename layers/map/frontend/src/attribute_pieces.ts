// In which piece a place lies: a raster answers for all cells that no boundary crosses, geometry for the rest.

import { OUTSIDE } from "./attribute_ground.ts";
import type { LatLng, Piece } from "./payload.ts";

/** Side of a cell, degrees: about 1 km. */
const CELL = 0.01;
/** Bands of each row of cells, for which the boundaries are listed. */
const BANDS = 8;
const MIXED = -2;
/** Cells around one that are looked at for another piece. */
const WIDEST = 64;
const HAIR = 1e-9;

export interface Pieces {
  /** Number of the piece that holds a place, on a shared edge the first of the two; -1 outside. */
  at(lat: number, lon: number): number;
  /** Degrees to each side of a place within which all is surely as there; 0 where that is not known. */
  alike(lat: number, lon: number): number;
  /** South, west, north, east. */
  bounds: [number, number, number, number];
}
/** From the lower end to the upper one. */
interface Segment {
  piece: number;
  y1: number;
  x1: number;
  y2: number;
  x2: number;
}

export function createPieces(pieces: readonly Pick<Piece, "latlngs">[]): Pieces {
  const segments = pieces.flatMap(({ latlngs }, piece) =>
    latlngs.flat().flatMap((ring) => ring.map((end, i) => segmentOf(piece, ring.at(i - 1) ?? end, end))),
  );
  const bounds: Pieces["bounds"] = [90, 180, -90, -180];
  for (const { y1, x1, y2, x2 } of segments) {
    bounds[0] = Math.min(bounds[0], y1);
    bounds[1] = Math.min(bounds[1], x1, x2);
    bounds[2] = Math.max(bounds[2], y2);
    bounds[3] = Math.max(bounds[3], x1, x2);
  }
  const [south, west] = [bounds[0] - CELL, bounds[1] - CELL];
  const rows = Math.floor((bounds[2] - south) / CELL) + 2;
  const columns = Math.floor((bounds[3] - west) / CELL) + 2;
  const bands = bandsOf(segments, south, rows * BANDS);
  const byGeometry = (lat: number, lon: number) =>
    exact(bands[Math.floor(((lat - south) / CELL) * BANDS)] ?? [], pieces.length, lat, lon);
  const code = new Int16Array(rows * columns);
  cross(code, segments, south, west, columns);
  // Cells of a row that no boundary parts are in the same piece.
  for (let row = 0; row < rows; row += 1) {
    let before = MIXED;
    for (let place = row * columns; place < (row + 1) * columns; place += 1) {
      if (code[place] !== MIXED) {
        const [lat, lon] = [south + (row + 0.5) * CELL, west + (place - row * columns + 0.5) * CELL];
        code[place] = before === MIXED ? byGeometry(lat, lon) : before;
      }
      before = code[place] as number;
    }
  }
  const cellOf = (lat: number, lon: number) => {
    const row = Math.floor((lat - south) / CELL);
    const column = Math.floor((lon - west) / CELL);
    return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : -1;
  };
  let around: Uint8Array | null = null;
  return {
    bounds,
    at: (lat, lon) => {
      const cell = cellOf(lat, lon);
      const found = cell < 0 ? OUTSIDE : (code[cell] as number);
      return found === MIXED ? byGeometry(lat, lon) : found;
    },
    alike: (lat, lon) => {
      around ??= alikeOf(code, rows, columns);
      return (around[cellOf(lat, lon)] ?? 0) * CELL;
    },
  };
}

/** How many cells around each one on all sides, in powers of two, surely have its code; beyond the raster is OUTSIDE. */
function alikeOf(code: Int16Array, rows: number, columns: number): Uint8Array {
  const found = new Uint8Array(code.length);
  let [least, most] = [code, code];
  for (let cells = 1; cells <= WIDEST; cells *= 2) {
    const step = Math.max(1, cells / 2); // from a window to the next: twice as wide
    least = widened(
      Math.min,
      widened(Math.min, least, step * columns, step, columns, false),
      step,
      step,
      columns,
      true,
    );
    most = widened(Math.max, widened(Math.max, most, step * columns, step, columns, false), step, step, columns, true);
    for (let cell = 0; cell < rows * columns; cell += 1)
      if (least[cell] === most[cell] && code[cell] !== MIXED) found[cell] = cells;
  }
  return found;
}

/** The least or most of each cell and those some steps before and after it, along a row or a column. */
function widened(
  pick: (...values: number[]) => number,
  code: Int16Array,
  stride: number,
  step: number,
  columns: number,
  within: boolean,
): Int16Array {
  const at = (cell: number, column: number) =>
    within && (column < 0 || column >= columns) ? OUTSIDE : (code[cell] ?? OUTSIDE);
  return code.map((own, cell) => {
    const column = cell % columns;
    return pick(own, at(cell - stride, column - step), at(cell + stride, column + step));
  });
}

function segmentOf(piece: number, a: LatLng, b: LatLng): Segment {
  const [[y1, x1], [y2, x2]] = a[0] <= b[0] ? [a, b] : [b, a];
  return { piece, y1, x1, y2, x2 };
}

/** The segments that reach into each band. */
function bandsOf(segments: readonly Segment[], south: number, count: number): Segment[][] {
  const bands: Segment[][] = Array.from({ length: count }, () => []);
  for (const segment of segments) {
    const last = Math.floor(((segment.y2 - south + HAIR) / CELL) * BANDS);
    const first = Math.floor(((segment.y1 - south - HAIR) / CELL) * BANDS);
    for (let band = first; band <= last; band += 1) bands[band]?.push(segment);
  }
  return bands;
}

/** Marks the cells that the boxes of segments touch: a few too many, never one too few. */
function cross(code: Int16Array, segments: readonly Segment[], south: number, west: number, columns: number): void {
  for (const { y1, x1, y2, x2 } of segments) {
    const left = Math.floor((Math.min(x1, x2) - west - HAIR) / CELL);
    const right = Math.floor((Math.max(x1, x2) - west + HAIR) / CELL);
    const top = Math.floor((y2 - south + HAIR) / CELL);
    for (let row = Math.floor((y1 - south - HAIR) / CELL); row <= top; row += 1)
      code.fill(MIXED, row * columns + left, row * columns + right + 1);
  }
}

/** The first piece that a place lies in or on, by the number of boundaries east of it. */
function exact(band: readonly Segment[], count: number, lat: number, lon: number): number {
  const odd = new Uint8Array(count);
  let touched = count;
  for (const { piece, y1, x1, y2, x2 } of band) {
    if (lat < y1 || lat > y2) continue;
    // Where the segment meets the place's latitude, times its height: no division, so that a corner is met exactly.
    const side = (x2 - x1) * (lat - y1) - (y2 - y1) * (lon - x1);
    if (side === 0 && Math.min(x1, x2) <= lon && lon <= Math.max(x1, x2)) touched = Math.min(touched, piece);
    if (side > 0 && lat < y2) odd[piece] = 1 - (odd[piece] as number);
  }
  const inside = odd.indexOf(1);
  const found = Math.min(touched, inside < 0 ? count : inside);
  return found === count ? OUTSIDE : found;
}
