// The ground as a worker asks it: in which piece a place lies, how far the edges are, and what holds in each state.
// Between two days on which something changes nothing changes: there are a few dozen such states.

import type { Day } from "./contract.ts";
import { dayNumber, holds, isoDay, spanOn } from "./dates.ts";
import { METRES_PER_DEGREE } from "./geometry.ts";
import type { Anchor, Dated, Edge, LatLng, Piece, PointShape } from "./payload.ts";

/** What the page hands to the worker. */
export interface GroundData {
  pieces: Pick<Piece, "piece" | "unit" | "sovereign" | "accuracy_m" | "spans" | "zones" | "latlngs">[];
  edges: Edge[];
  points: PointShape[];
  anchors: Anchor[];
  sides: Record<string, string | null>;
  coverage: [Day, Day];
}
/** What holds in a piece in a state; numbers point into the lists of {@link States}, -1 is none. */
export interface Held {
  controller: number;
  other: number;
  certain: boolean;
  zones: string;
  clauses: string;
}
export interface States {
  /** First day of each state, oldest first. */
  days: number[];
  start: number;
  end: number;
  /** The state of a day; days beyond the coverage get the nearest one. */
  at(day: number): number;
  controllers: string[];
  held(piece: number, state: number): Held;
}
export const OUTSIDE = -1;
const NOBODY: Held = { controller: -1, other: -1, certain: true, zones: "", clauses: "" };

export function createStates({ pieces, points, anchors, coverage }: GroundData): States {
  const [start, end] = [dayNumber(coverage[0]), dayNumber(coverage[1])];
  const dated: Dated[] = [...points.filter((point) => point.doubt_control), ...anchors];
  for (const piece of pieces) dated.push(...piece.spans, ...piece.zones);
  const ends = dated.flatMap(({ since, until }) => [since, until]).filter((day) => day !== undefined);
  const within = [...new Set(ends.map(dayNumber))].filter((day) => start < day && day <= end);
  const days = [start, ...within.sort((a, b) => a - b)];
  const names = new Set(pieces.flatMap((piece) => piece.spans.map((span) => span.controller)));
  const controllers = [...names].sort();
  const table = pieces.map((piece) => days.map((day) => heldOn(piece, isoDay(day), controllers)));
  return {
    days,
    start,
    end,
    at: (day) => {
      const found = days.findLastIndex((first) => first <= day);
      return found < 0 ? 0 : found;
    },
    controllers,
    held: (piece, state) => table[piece]?.[state] ?? NOBODY,
  };
}

function heldOn(piece: GroundData["pieces"][number], day: Day, controllers: string[]): Held {
  const span = spanOn(piece as Piece, day);
  const zones = piece.zones.filter((zone) => holds(zone, day));
  const clauses = [...new Set(zones.flatMap((zone) => zone.clauses ?? []))].sort((a, b) => a - b);
  return {
    controller: controllers.indexOf(span.controller),
    other: span.or === undefined ? -1 : controllers.indexOf(span.or),
    certain: Boolean(span.certain),
    zones: zones.map(({ zone }) => zone).join("; "),
    clauses: clauses.join("; "),
  };
}

/** What edges are in each state, at `edge * states + state`. */
export interface EdgeStates {
  line: Uint8Array;
  changes: Uint8Array;
  /** Bit 0: across it the answer differs; bit 1 + n: ground that controller n has or may have begins or ends there. */
  reach: Int32Array;
}

export function createEdgeStates({ pieces, edges, sides }: GroundData, states: States): EdgeStates {
  const count = states.days.length;
  const number = new Map(pieces.map((piece, at) => [piece.piece, at]));
  const found: EdgeStates = {
    line: new Uint8Array(edges.length * count),
    changes: new Uint8Array(edges.length * count),
    reach: new Int32Array(edges.length * count),
  };
  const side = (held: Held) => sides[states.controllers[held.controller] ?? ""] ?? null;
  const may = ({ controller, other }: Held, holder: number) => controller === holder || other === holder;
  for (const [at, edge] of edges.entries()) {
    const [left, right] = [edge.left, edge.right].map((id) => number.get(id ?? "") ?? OUTSIDE) as [number, number];
    for (let state = 0; state < count; state += 1) {
      const [one, two] = [states.held(left, state), states.held(right, state)];
      const place = at * count + state;
      const [ours, theirs] = [side(one), side(two)];
      found.line[place] = Number(left >= 0 && right >= 0 && ours !== null && theirs !== null && ours !== theirs);
      found.changes[place] = Number(one.controller !== two.controller);
      const keys = ["controller", "other", "zones", "clauses", "certain"] as const;
      let bits = Number(keys.some((key) => one[key] !== two[key]));
      for (let holder = 0; holder < states.controllers.length; holder += 1)
        if (may(one, holder) !== may(two, holder)) bits |= 2 << holder;
      found.reach[place] = bits;
    }
  }
  return found;
}

/** Distances from one place to edges, each measured when it is first asked for. */
export interface Distances {
  /** Looks from another place now. */
  from(lat: number, lon: number): void;
  /** Metres to an edge. */
  to(edge: number): number;
  /** Metres that an edge can't be nearer than. */
  atLeast(edge: number): number;
}
/** Some neighbouring segments, and the box around them. */
interface Run {
  /** Latitude, longitude and steps of each. */
  segments: Float64Array;
  south: number;
  west: number;
  north: number;
  east: number;
}
const RUN = 16;

export function createDistances(edges: readonly Edge[]): Distances {
  const runs = edges.map((edge) => runsOf(segmentsOf(edge.latlngs)));
  const boxes = edges.map((edge) => runOf(segmentsOf(edge.latlngs)));
  const [known, bounds] = [new Float64Array(edges.length), new Float64Array(edges.length)];
  let [lat, lon, stretch] = [0, 0, 1];
  return {
    from: (y, x) => {
      [lat, lon, stretch] = [y, x, Math.cos((y * Math.PI) / 180)];
      known.fill(-1);
      bounds.fill(-1);
    },
    atLeast: (edge) => {
      let bound = bounds[edge] as number;
      if (bound < 0) {
        bound = Math.sqrt(toBox(boxes[edge] as Run, lat, lon, stretch)) * METRES_PER_DEGREE * 0.999999;
        bounds[edge] = bound;
      }
      return bound;
    },
    to: (edge) => {
      let metres = known[edge] as number;
      if (metres < 0) {
        let best = Number.POSITIVE_INFINITY;
        for (const run of runs[edge] as Run[])
          if (toBox(run, lat, lon, stretch) * 0.999999 < best) best = nearer(run.segments, best, lat, lon, stretch);
        metres = Math.sqrt(best) * METRES_PER_DEGREE;
        known[edge] = metres;
      }
      return metres;
    },
  };
}

/** The segments of lines: latitude, longitude and steps of each. */
function segmentsOf(lines: readonly LatLng[][]): Float64Array {
  const found: number[] = [];
  for (const line of lines)
    for (let i = 1; i < line.length; i += 1) {
      const [[ay, ax], [by, bx]] = [line[i - 1], line[i]] as [LatLng, LatLng];
      if (ay !== by || ax !== bx) found.push(ay, ax, by - ay, bx - ax);
    }
  return Float64Array.from(found);
}

function runsOf(segments: Float64Array): Run[] {
  const count = Math.ceil(segments.length / (4 * RUN));
  return Array.from({ length: count }, (_run, at) => runOf(segments.slice(4 * RUN * at, 4 * RUN * (at + 1))));
}

function runOf(segments: Float64Array): Run {
  const run: Run = { segments, south: 90, west: 180, north: -90, east: -180 };
  for (let i = 0; i < segments.length; i += 4) {
    const [y, x, dy, dx] = segments.subarray(i, i + 4) as unknown as [number, number, number, number];
    run.south = Math.min(run.south, y, y + dy);
    run.west = Math.min(run.west, x, x + dx);
    run.north = Math.max(run.north, y, y + dy);
    run.east = Math.max(run.east, x, x + dx);
  }
  return run;
}

/** Square of the degrees of latitude to a box, on a plane that touches the earth at the place. */
function toBox({ south, west, north, east }: Run, lat: number, lon: number, stretch: number): number {
  const up = lat < south ? south - lat : lat > north ? lat - north : 0;
  const aside = (lon < west ? west - lon : lon > east ? lon - east : 0) * stretch;
  return up * up + aside * aside;
}

/** The same to the nearest point of some segments, where that is less than `best`. */
function nearer(segments: Float64Array, before: number, lat: number, lon: number, stretch: number): number {
  let best = before;
  for (let i = 0; i < segments.length; i += 4) {
    const ay = (segments[i] as number) - lat;
    const ax = ((segments[i + 1] as number) - lon) * stretch;
    const dy = segments[i + 2] as number;
    const dx = (segments[i + 3] as number) * stretch;
    const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    const [y, x] = [ay + along * dy, ax + along * dx];
    const square = y * y + x * x;
    if (square < best) best = square;
  }
  return best;
}
